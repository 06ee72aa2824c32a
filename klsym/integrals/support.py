"""Supports: a divergence is infinite where p has mass and q has none.

log(p(x)/q(x)) is infinite wherever p(x) > 0 = q(x), so KL(p || q) is finite only if the support of
p lies within that of q.  Where the ends depend on parameters, the inequalities between them are
conditions of the closed form.

>>> from klsym import derive
>>> derive("KL(Exponential(a) || Uniform(0, 1))").reason
'p(x) > 0 = q(x) for x > 1: the support of p is not within that of q'

Reference: Kullback and Leibler (1951), section 2: absolute continuity.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import Expr, S

from klsym.density import Density, Mixture
from klsym.domain import Context
from klsym.integrals.rule import Rule

RULE = Rule("support", "the support of p must lie within that of q")


@dataclass(frozen=True)
class Nesting:
    """Whether one support lies within another.

    ``outside`` says where it does not, if that is certain; ``conditions`` are what must hold if
    it depends on parameters.
    """

    conditions: tuple[Any, ...] = ()
    outside: str | None = None


def nesting(p: Density | Mixture, q: Density | Mixture, context: Context) -> Nesting:
    """How the support of p lies to that of q."""
    if p.support.discrete != q.support.discrete:
        kinds = ("discrete", "continuous") if p.support.discrete else ("continuous", "discrete")
        return Nesting(outside=f"{p.name} is {kinds[0]} and {q.name} is {kinds[1]}")
    conditions: list[Any] = []
    ends = (
        (q.support.lower, p.support.lower, q.support.lower, "<"),
        (p.support.upper, q.support.upper, q.support.upper, ">"),
    )
    for small, large, end, side in ends:
        within = _at_most(small, large, context)
        if within is False:
            place = f"{p.variate} {side} {end}"
            return Nesting(
                outside=f"{p.name}({p.variate}) > 0 = {q.name}({p.variate}) for {place}: "
                f"the support of {p.name} is not within that of {q.name}"
            )
        if within is None:
            conditions.append(small <= large)
    return Nesting(tuple(conditions))


def _at_most(small: Expr, large: Expr, context: Context) -> bool | None:
    if small == large or small is S.NegativeInfinity or large is S.Infinity:
        return True
    if large is S.NegativeInfinity or small is S.Infinity:
        return False
    relation = small <= large
    if relation in (S.true, S.false):
        return bool(relation)
    return context.holds(relation)
