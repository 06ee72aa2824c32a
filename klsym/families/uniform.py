"""Uniform distribution on an interval.

p(x) = 1/(b - a),  a < x < b

Parameters
    a  left end
    b  right end

Moments
    mean (a + b)/2
    variance (b - a)**2/12

Elsewhere
    torch      low, high
    TFP        low, high
    scipy      uniform(a, b - a)
    Stan       alpha, beta
    Wikipedia  a, b

>>> from klsym import derive
>>> print(derive("H(Uniform(a, b))"))
log(b - a)

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 26.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import REAL

FAMILY = Family(
    name="Uniform",
    parameters=(
        Parameter("a", REAL, "left end"),
        Parameter("b", REAL, "right end"),
    ),
    density="1/(b - a)",
    support="(a, b)",
    constraints=("a < b",),
    aliases=("ContinuousUniform",),
)
