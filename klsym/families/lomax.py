"""Lomax distribution: a Pareto variate moved to start at 0.

p(x) = alpha/lambda * (1 + x/lambda)**(-alpha - 1),  x > 0

Parameters
    alpha      shape: the power of the tail
    lambda     scale
    scale=...  another name for lambda
    shape=...  another name for alpha

Moments
    mean lambda/(alpha - 1), for alpha > 1

Elsewhere
    torch      GeneralizedPareto(0, lambda/alpha, 1/alpha)
    TFP        GeneralizedPareto(0, lambda/alpha, 1/alpha)
    scipy      lomax(c, scale)
    Stan       pareto_type_2(0, lambda, alpha)
    Wikipedia  alpha, lambda

>>> from klsym import derive
>>> print(derive("E(Lomax(a, 1), log(1 + x))"))
1/a

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Lomax",
    parameters=(
        Parameter("alpha", POSITIVE, "shape: the power of the tail"),
        Parameter("lambda", POSITIVE, "scale"),
    ),
    density="alpha/lambda*(1 + x/lambda)**(-alpha - 1)",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "lambda", "scale", "scale"),
        Alternative("shape", POSITIVE, "alpha", "shape", "shape"),
    ),
    aliases=("ParetoII",),
)
