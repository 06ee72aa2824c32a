"""Power-function distribution on the unit interval: Beta(a, 1).

p(x) = a*x**(a - 1),  0 < x < 1

Parameters
    a  shape

Moments
    mean a/(a + 1)
    E[log(x)] = -1/a

Elsewhere
    torch      not there
    TFP        not there
    scipy      powerlaw(a)
    Stan       not there
    Wikipedia  Beta(alpha, 1)

>>> from klsym import derive
>>> print(derive("E(PowerFunction(a), log(x))"))
-1/a

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="PowerFunction",
    parameters=(Parameter("a", POSITIVE, "shape"),),
    density="a*x**(a - 1)",
    support="(0, 1)",
)
