"""Pareto distribution truncated to an interval.

p(x) = alpha*L**alpha*x**(-alpha - 1)/(1 - (L/H)**alpha),  L < x < H

Parameters
    L          left end
    H          right end
    alpha      shape: the power of the tail
    low=...    another name for L
    high=...   another name for H
    shape=...  another name for alpha

Moments
    E[log(x)] = (H**alpha*log(L) - L**alpha*log(H))/(H**alpha - L**alpha) + 1/alpha

Elsewhere
    torch      not there
    TFP        not there
    scipy      truncpareto(alpha, H/L, scale=L)
    Stan       pareto(L, alpha) T[, H]
    Wikipedia  L, H, alpha

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 20.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="BoundedPareto",
    parameters=(
        Parameter("L", POSITIVE, "left end"),
        Parameter("H", POSITIVE, "right end"),
        Parameter("alpha", POSITIVE, "shape: the power of the tail"),
    ),
    density="alpha*L**alpha*x**(-alpha - 1)/(1 - (L/H)**alpha)",
    support="(L, H)",
    alternatives=(
        Alternative("low", POSITIVE, "L", "low", "L"),
        Alternative("high", POSITIVE, "H", "high", "H"),
        Alternative("shape", POSITIVE, "alpha", "shape", "alpha"),
    ),
    constraints=("L < H",),
    aliases=("TruncatedPareto",),
)
