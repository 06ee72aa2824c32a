"""Maxwell-Boltzmann distribution of speeds.

p(x) = sqrt(2/pi)*x**2*exp(-x**2/(2*a**2))/a**3,  x > 0

Parameters
    a              scale
    scale=...      another name for a
    log_scale=...  for a: log(a)
    mean=...       for a: 2*a*sqrt(2/pi)

Moments
    mean 2*a*sqrt(2/pi)
    E[x**2] = 3*a**2

Elsewhere
    torch      not there
    TFP        not there
    scipy      maxwell(scale)
    Stan       not there
    Wikipedia  a

>>> from klsym import derive
>>> print(derive("E(Maxwell(a), x**2)"))
3*a**2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 18.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Maxwell",
    parameters=(Parameter("a", POSITIVE, "scale"),),
    density="sqrt(2/pi)*x**2*exp(-x**2/(2*a**2))/a**3",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "a", "scale", "scale"),
        Alternative("log_scale", REAL, "a", "exp(log_scale)", "log(a)"),
        Alternative("mean", POSITIVE, "a", "mean*sqrt(pi/8)", "mean"),
    ),
    aliases=("MaxwellBoltzmann",),
)
