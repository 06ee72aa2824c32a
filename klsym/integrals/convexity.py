"""Convexity: the divergence of mixtures is at most the weighted sum of the divergences.

0 <= KL(sum w_i p_i || sum v_j q_j) <= sum w_i v_j KL(p_i || q_j)

KL is convex in both arguments.  Between mixtures it has no closed form, and this bound has one
wherever the divergences of the components do.

>>> from klsym import derive
>>> derive("KL(1/2*Normal(-1, 1) + 1/2*Normal(1, 1) || Normal(m, 1))").notes
('by convexity it lies between 0 and (m - 1)**2/4 + (m + 1)**2/4',)

Reference: Cover and Thomas, Elements of Information Theory (2006), theorem 2.7.2.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy

from klsym.density import Mixture
from klsym.expectation import DivergenceValue, Law
from klsym.integrals.rule import Rule

RULE = Rule("convexity", "a divergence is convex in both arguments")


def convexity_bound(statement: Any) -> Any:
    """The weighted sum of the divergences of the components, or None of anything else."""
    if not isinstance(statement, DivergenceValue) or statement.name != "KL":
        return None
    p, q = (law.density for law in statement.laws)
    if not (isinstance(p, Mixture) or isinstance(q, Mixture)):
        return None
    terms = []
    for i, (weight, left) in enumerate(p.components, 1):
        for j, (share, right) in enumerate(q.components, 1):
            laws = (Law(replace(left, name=f"p_{i}")), Law(replace(right, name=f"q_{j}")))
            terms.append(weight * share * DivergenceValue.of("KL", laws, {}))
    return sympy.Add(*terms)
