"""Log-uniform distribution, also called reciprocal: log(x) is uniform.

p(x) = 1/(x*log(b/a)),  a < x < b

Parameters
    a         left end
    b         right end
    low=...   another name for a
    high=...  another name for b

Moments
    mean (b - a)/log(b/a)
    E[log(x)] = (log(a) + log(b))/2

Elsewhere
    torch      not there
    TFP        not there
    scipy      loguniform(a, b)
    Stan       not there
    Wikipedia  a, b

>>> from klsym import derive
>>> print(derive("E(LogUniform(1, b), log(x))"))
log(b)/2

Reference: Hamming (1970), On the distribution of numbers.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="LogUniform",
    parameters=(
        Parameter("a", POSITIVE, "left end"),
        Parameter("b", POSITIVE, "right end"),
    ),
    density="1/(x*log(b/a))",
    support="(a, b)",
    alternatives=(
        Alternative("low", POSITIVE, "a", "low", "a"),
        Alternative("high", POSITIVE, "b", "high", "b"),
    ),
    constraints=("a < b",),
    aliases=("Reciprocal",),
)
