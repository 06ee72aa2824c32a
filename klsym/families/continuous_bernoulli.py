"""Continuous Bernoulli distribution on the unit interval.

p(x) = 2*atanh(1 - 2*p)/(1 - 2*p) * p**x * (1 - p)**(1 - x),  0 < x < 1

Parameters
    p          shape; 1/2 is the uniform distribution, as a limit
    logit=...  for p: log(p/(1 - p))
    probs=...  another name for p

Moments
    mean p/(2*p - 1) + 1/(2*atanh(1 - 2*p))

Elsewhere
    torch      probs, logits
    TFP        probs, logits
    scipy      not there
    Stan       not there
    Wikipedia  lambda

Reference: Loaiza-Ganem and Cunningham, The continuous Bernoulli, arXiv:1907.06845.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import REAL, UNIT

FAMILY = Family(
    name="ContinuousBernoulli",
    parameters=(Parameter("p", UNIT, "shape; 1/2 is the uniform distribution, as a limit"),),
    density="2*atanh(1 - 2*p)/(1 - 2*p)*p**x*(1 - p)**(1 - x)",
    support="(0, 1)",
    alternatives=(
        Alternative("logit", REAL, "p", "1/(1 + exp(-logit))", "log(p/(1 - p))"),
        Alternative("probs", UNIT, "p", "probs", "p"),
    ),
)
