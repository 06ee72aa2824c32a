"""Bernoulli distribution: one trial with success probability p.

p(x) = p**x * (1 - p)**(1 - x),  x in {0, 1}

Parameters
    p            probability of 1
    logit=...    for p: log(p/(1 - p))
    failure=...  for p: 1 - p
    probs=...    another name for p

Moments
    mean p
    variance p*(1 - p)

Elsewhere
    torch      Bernoulli(probs) or Bernoulli(logits=...)
    TFP        probs or logits
    scipy      bernoulli(p)
    Stan       bernoulli(theta), bernoulli_logit(alpha)
    Wikipedia  p

>>> from klsym import derive
>>> print(derive("E(Bernoulli(c), x)"))
c

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), ch. 3.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import REAL, UNIT

FAMILY = Family(
    name="Bernoulli",
    parameters=(Parameter("p", UNIT, "probability of 1"),),
    density="p**x*(1 - p)**(1 - x)",
    support="{0..1}",
    alternatives=(
        Alternative("logit", REAL, "p", "1/(1 + exp(-logit))", "log(p/(1 - p))"),
        Alternative("failure", UNIT, "p", "1 - failure", "probability of 0, 1 - p"),
        Alternative("probs", UNIT, "p", "probs", "probability of 1"),
    ),
    aliases=("Bern",),
)
