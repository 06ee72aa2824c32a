"""Triangular distribution.

p(x) = 2*min((x - a)/(c - a), (b - x)/(b - c))/(b - a),  a < x < b

Parameters
    a         left end
    b         right end
    c         mode
    mode=...  another name for c
    low=...   another name for a
    high=...  another name for b
    peak=...  another name for c

Moments
    mean (a + b + c)/3

Elsewhere
    torch      not there
    TFP        low, high, peak
    scipy      triang((c - a)/(b - a), a, b - a)
    Stan       not there
    Wikipedia  a, b, c

>>> from klsym import derive
>>> print(derive("E(Triangular(0, b, c), x)"))
b/3 + c/3

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 26.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import REAL

FAMILY = Family(
    name="Triangular",
    parameters=(
        Parameter("a", REAL, "left end"),
        Parameter("b", REAL, "right end"),
        Parameter("c", REAL, "mode"),
    ),
    density="2*min((x - a)/(c - a), (b - x)/(b - c))/(b - a)",
    support="(a, b)",
    alternatives=(
        Alternative("mode", REAL, "c", "mode", "mode"),
        Alternative("low", REAL, "a", "low", "left end"),
        Alternative("high", REAL, "b", "high", "right end"),
        Alternative("peak", REAL, "c", "peak", "mode"),
    ),
    constraints=("a < c < b",),
)
