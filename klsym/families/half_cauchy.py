"""Half-Cauchy distribution: the absolute value of a Cauchy variate about 0.

p(x) = 2*gamma/(pi*(x**2 + gamma**2)),  x > 0

Parameters
    gamma          scale: the median
    scale=...      another name for gamma
    log_scale=...  for gamma: log(gamma)

Moments
    no mean
    E[log(x)] = log(gamma)

Elsewhere
    torch      scale
    TFP        loc, scale
    scipy      halfcauchy(scale)
    Stan       cauchy(0, sigma) with a bound
    Wikipedia  scale sigma, beside location mu

>>> from klsym import derive
>>> print(derive("E(HalfCauchy(g), log(x))"))
log(g)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 16.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="HalfCauchy",
    parameters=(Parameter("gamma", POSITIVE, "scale: the median"),),
    density="2*gamma/(pi*(x**2 + gamma**2))",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "gamma", "scale", "scale"),
        Alternative("log_scale", REAL, "gamma", "exp(log_scale)", "log(gamma)"),
    ),
)
