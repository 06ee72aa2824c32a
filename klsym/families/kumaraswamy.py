"""Kumaraswamy distribution on the unit interval: a power of x is a beta variate.

p(x) = a*b*x**(a - 1)*(1 - x**a)**(b - 1),  0 < x < 1

Parameters
    a                   first shape
    b                   second shape
    concentration1=...  another name for a
    concentration0=...  another name for b

Moments
    mean b*beta(1 + 1/a, b)
    E[log(1 - x**a)] = -1/b

Elsewhere
    torch      concentration1, concentration0
    TFP        concentration1, concentration0
    scipy      not there
    Stan       not there
    Wikipedia  a, b

>>> from klsym import derive
>>> print(derive("E(Kumaraswamy(a, b), log(1 - x**a))"))
-1/b

Reference: Kumaraswamy (1980), A generalized probability density function for double-bounded
random processes.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Kumaraswamy",
    parameters=(
        Parameter("a", POSITIVE, "first shape"),
        Parameter("b", POSITIVE, "second shape"),
    ),
    density="a*b*x**(a - 1)*(1 - x**a)**(b - 1)",
    support="(0, 1)",
    alternatives=(
        Alternative("concentration1", POSITIVE, "a", "concentration1", "a"),
        Alternative("concentration0", POSITIVE, "b", "concentration0", "b"),
    ),
)
