"""Discrete Laplace distribution: the difference of two geometric variates.

p(x) = (1 - p)/(1 + p)*p**|x|,  x in {..., -1, 0, 1, ...}

Parameters
    p  ratio

Moments
    mean 0
    variance 2*p/(1 - p)**2

Elsewhere
    torch      not there
    TFP        not there
    scipy      dlaplace(-log(p))
    Stan       not there
    Wikipedia  not there

Reference: Inusah and Kozubowski (2006), A discrete analogue of the Laplace distribution.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import UNIT

FAMILY = Family(
    name="DiscreteLaplace",
    parameters=(Parameter("p", UNIT, "ratio"),),
    density="(1 - p)/(1 + p)*p**abs(x)",
    support="{-oo..oo}",
)
