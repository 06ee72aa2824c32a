"""Convexity: the divergence of mixtures lies between bounds that have closed forms.

sum w_i*(KL(p_i || q) + log(w_i)) <= KL(sum w_i p_i || q) <= sum w_i*KL(p_i || q)
-H(p) - log(sum v_j*E_p[q_j(x)]) <= KL(p || sum v_j q_j) <= -log(sum v_j*exp(-KL(p || q_j)))

KL is convex in p, and what it loses is at most the entropy of the weights, since the mixture is at
least w_i*p_i everywhere.  For a mixture q, E_p[log(q(x))] is at most log(E_p[q(x)]) and at least
log(sum v_j*exp(E_p[log(q_j(x))])): Jensen's inequality for log, and for log(sum v_j*exp(t_j)).
Between mixtures KL itself has no closed form.

>>> from klsym import derive
>>> derive("KL(1/2*Normal(-2, 1) + 1/2*Normal(2, 1) || Normal(0, 1))").notes
('by convexity it lies between 2 - log(2) and 2',)

Reference: Cover and Thomas, Elements of Information Theory (2006), theorem 2.7.2; Hershey and
Olsen, Approximating the Kullback Leibler Divergence Between Gaussian Mixture Models (2007).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sympy import Expr, S

from klsym.canonical import exp_of, log_of, sum_of
from klsym.density import Mixture
from klsym.expectation import DivergenceValue, Expectation, Law
from klsym.integrals.rule import Rule

RULE = Rule("convexity", "a divergence is convex in both arguments")

Closed = Callable[[Any], Expr | None]
"""The closed form of a statement where it is finite without conditions, else None."""


def convexity_bounds(statement: Any, closed: Closed) -> tuple[Any, Any] | None:
    """A lower and an upper bound in closed form; None of what is no KL of mixtures."""
    if not isinstance(statement, DivergenceValue) or statement.name != "KL":
        return None
    p, q = (law.density for law in statement.laws)
    if not (isinstance(p, Mixture) or isinstance(q, Mixture)):
        return None
    lower, upper = S.Zero, S.Zero
    for i, (weight, left) in enumerate(p.components, 1):
        part = replace(left, name=f"p_{i}")
        below, above = _of_component(part, q, closed)
        lower = None if lower is None or below is None else lower + weight * below
        if above is None:
            return None
        lower = None if lower is None else lower + weight * log_of(weight)
        upper += weight * above
    return (S.Zero if lower is None else lower), upper


def _of_component(part: Any, q: Any, closed: Closed) -> tuple[Any, Any]:
    """Bounds of the divergence of q from one component of p."""
    law = Law(part)
    each = [
        (share, Law(replace(right, name=f"q_{j}")))
        for j, (share, right) in enumerate(q.components, 1)
    ]
    values: list[Any] = [closed(DivergenceValue.of("KL", (law, other), {})) for _, other in each]
    if any(value is None for value in values):
        return None, None
    if len(each) == 1:
        return values[0], values[0]
    shares = [share for share, _ in each]
    upper = -log_of(sum_of(*(v * exp_of(-d) for v, d in zip(shares, values, strict=True))))
    entropy: Any = closed(DivergenceValue.of("Entropy", (law,), {}))
    overlaps: list[Any] = [
        closed(Expectation(law, other.density.at(part.variate))) for _, other in each
    ]
    if entropy is None or any(overlap is None for overlap in overlaps):
        return None, upper
    total = sum_of(*(v * z for v, z in zip(shares, overlaps, strict=True)))
    return -entropy - log_of(total), upper
