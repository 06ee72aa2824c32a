"""Geometric distribution: failures before the first success.

p(x) = p*(1 - p)**x,  x in {0, 1, 2, ...}

It counts failures, from 0, as torch does; scipy and sympy count trials, from 1.  Divergences
between two geometric distributions are the same for both.

Parameters
    p  probability of success

Moments
    mean (1 - p)/p
    variance (1 - p)/p**2

Elsewhere
    torch      probs, from 0
    TFP        probs, from 0
    scipy      geom(p), from 1
    Stan       not there
    Wikipedia  p, both conventions

>>> from klsym import derive
>>> print(derive("E(Geometric(c), x)"))
(1 - c)/c

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 5.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import UNIT

FAMILY = Family(
    name="Geometric",
    parameters=(Parameter("p", UNIT, "probability of success"),),
    density="p*(1 - p)**x",
    support="{0..oo}",
    aliases=("Geom",),
)
