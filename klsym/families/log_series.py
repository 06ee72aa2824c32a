"""Logarithmic series distribution, also Fisher's.

p(x) = -p**x/(x*log(1 - p)),  x in {1, 2, 3, ...}

Parameters
    p          ratio of the series

Moments
    mean -p/((1 - p)*log(1 - p))

Elsewhere
    torch      none
    TFP        none
    scipy      logser(p)
    Stan       none
    Wikipedia  p

>>> from klsym import derive
>>> print(derive("E(LogSeries(c), x)"))
-c/((1 - c)*log(1 - c))

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 7.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import UNIT

FAMILY = Family(
    name="LogSeries",
    parameters=(Parameter("p", UNIT, "ratio of the series"),),
    density="-p**x/(x*log(1 - p))",
    support="{1..oo}",
    aliases=("Logarithmic",),
)
