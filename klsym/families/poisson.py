"""Poisson distribution: counts with a given mean.

p(x) = rate**x * exp(-rate) / x!,  x in {0, 1, 2, ...}

Parameters
    rate       mean and variance

Moments
    mean rate
    variance rate

Elsewhere
    torch      Poisson(rate)
    TFP        rate or log_rate
    scipy      poisson(mu)
    Stan       poisson(lambda), poisson_log(alpha)
    Wikipedia  lambda

>>> from klsym import derive
>>> print(derive("E(Poisson(a), x**2)"))
a**2 + a

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 4.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Poisson",
    parameters=(Parameter("rate", POSITIVE, "mean and variance"),),
    density="rate**x*exp(-rate)/factorial(x)",
    support="{0..oo}",
    aliases=("Poiss", "Pois"),
)
