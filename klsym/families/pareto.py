"""Pareto distribution (of type I), with a power tail.

p(x) = alpha*m**alpha*x**(-alpha - 1),  x > m

Parameters
    m            minimum
    alpha        shape: the power of the tail
    scale=...    another name for m
    shape=...    another name for alpha
    minimum=...  another name for m

Moments
    mean alpha*m/(alpha - 1), for alpha > 1
    E[log(x)] = log(m) + 1/alpha

Elsewhere
    torch      scale, alpha
    TFP        concentration, scale
    scipy      pareto(b, scale)
    Stan       y_min, alpha
    Wikipedia  x_m, alpha

>>> from klsym import derive
>>> print(derive("E(Pareto(m, a), log(x/m))"))
1/a

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Pareto",
    parameters=(
        Parameter("m", POSITIVE, "minimum"),
        Parameter("alpha", POSITIVE, "shape: the power of the tail"),
    ),
    density="alpha*m**alpha*x**(-alpha - 1)",
    support="(m, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "m", "scale", "scale: the minimum"),
        Alternative("shape", POSITIVE, "alpha", "shape", "shape"),
        Alternative("minimum", POSITIVE, "m", "minimum", "m"),
    ),
)
