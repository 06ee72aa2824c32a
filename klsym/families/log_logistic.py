"""Log-logistic distribution: the exponential of a logistic variate; also called Fisk.

p(x) = beta/alpha * (x/alpha)**(beta - 1) / (1 + (x/alpha)**beta)**2,  x > 0

Parameters
    alpha      scale: the median
    beta       shape
    scale=...  another name for alpha
    shape=...  another name for beta
    mu=...     for alpha: log(alpha)
    s=...      for beta: 1/beta

Moments
    mean alpha*(pi/beta)/sin(pi/beta), for beta > 1
    E[log(x)] = log(alpha)

Elsewhere
    torch      not there
    TFP        loc, scale of log(x)
    scipy      fisk(c, scale)
    Stan       loglogistic(alpha, beta)
    Wikipedia  alpha, beta

>>> from klsym import derive
>>> print(derive("E(LogLogistic(a, b), log(x))"))
log(a)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 23.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="LogLogistic",
    parameters=(
        Parameter("alpha", POSITIVE, "scale: the median"),
        Parameter("beta", POSITIVE, "shape"),
    ),
    density="beta/alpha*(x/alpha)**(beta - 1)/(1 + (x/alpha)**beta)**2",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "alpha", "scale", "scale"),
        Alternative("shape", POSITIVE, "beta", "shape", "shape"),
        Alternative("mu", REAL, "alpha", "exp(mu)", "mean of log(x)"),
        Alternative("s", POSITIVE, "beta", "1/s", "scale of log(x)"),
    ),
    aliases=("Fisk",),
)
