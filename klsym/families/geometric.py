"""Geometric distribution: failures before the first success.

p(x) = p*(1 - p)**x,  x in {0, 1, 2, ...}

Parameters
    p            probability of success
    failure=...  for p: 1 - p
    mean=...     for p: (1 - p)/p
    probs=...    another name for p

Moments
    mean (1 - p)/p
    variance (1 - p)/p**2

Elsewhere
    torch      Geometric(probs) or Geometric(logits=...)
    TFP        probs or logits
    scipy      geom counts trials, from 1: GeometricTrials
    Stan       neg_binomial(1, p/(1 - p))
    Wikipedia  p, both conventions

>>> from klsym import derive
>>> print(derive("E(Geometric(c), x)"))
(1 - c)/c

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 5.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, UNIT

FAMILY = Family(
    name="Geometric",
    parameters=(Parameter("p", UNIT, "probability of success"),),
    density="p*(1 - p)**x",
    support="{0..oo}",
    alternatives=(
        Alternative("failure", UNIT, "p", "1 - failure", "probability of failure, 1 - p"),
        Alternative("mean", POSITIVE, "p", "1/(1 + mean)", "mean, (1 - p)/p"),
        Alternative("probs", UNIT, "p", "probs", "p"),
    ),
    aliases=("Geom",),
)
