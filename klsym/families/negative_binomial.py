"""Negative binomial distribution: failures before the r-th success; r need not be an integer.

p(x) = gamma(x + r)/(x!*gamma(r)) * p**r * (1 - p)**x,  x in {0, 1, 2, ...}

Mean r*(1 - p)/p, variance r*(1 - p)/p**2.  ``p`` is the probability of success, as in scipy; torch
and TFP give that of what is counted, ``NegativeBinomial(r, failure=1 - p)``.  By its mean it is
``NegativeBinomial(r, mean=m)``, with variance m + m**2/r: r is Stan's ``phi`` and R's ``size``, and
its inverse is TFP's ``dispersion``, ``NegativeBinomial(dispersion=d, mean=m)``.  Distributions
with different r have no closed form.

>>> from klsym import derive
>>> print(derive("E(NegativeBinomial(r, mean=m), x)"))
m

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 5.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL, UNIT

FAMILY = Family(
    name="NegativeBinomial",
    parameters=(
        Parameter("r", POSITIVE, "number of successes, the size"),
        Parameter("p", UNIT, "probability of success"),
    ),
    density="gamma(x + r)/(factorial(x)*gamma(r))*p**r*(1 - p)**x",
    support="{0..oo}",
    alternatives=(
        Alternative("failure", UNIT, "p", "1 - failure", "probability of failure, 1 - p"),
        Alternative("logit", REAL, "p", "1/(1 + exp(-logit))", "log(p/(1 - p))"),
        Alternative("mean", POSITIVE, "p", "r/(r + mean)", "mean, r*(1 - p)/p"),
        Alternative("size", POSITIVE, "r", "size", "r"),
        Alternative("dispersion", POSITIVE, "r", "1/dispersion", "1/r"),
    ),
    aliases=("NegBinomial", "NegBin", "Pascal"),
)
