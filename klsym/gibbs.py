"""Inequalities that hold for all distributions: Gibbs' and what else bounds a divergence.

A sum of divergences, each with a weight of known sign, lies between the sums of their bounds, which
each file of :mod:`klsym.divergences` gives: no divergence is negative, the total variation is at
most 1, and so on.  ``H(p, q) >= H(p)`` and the like are the same sum of means as a divergence.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from klsym.divergences import divergences
from klsym.domain import POSITIVE, REAL, Context
from klsym.equality.components import is_sum
from klsym.equality.prove import prove
from klsym.expectation import DivergenceValue, Expectation, Law
from klsym.integrals.engine import sum_of_means
from klsym.verdict import Decision, Proof, Question, Verdict

BY_GIBBS = "a divergence is not negative"
BY_BOUNDS = "bounds of divergences"


def has_means(value: Any) -> bool:
    """Whether a value holds means or divergences."""
    return bool(value.has(Expectation, DivergenceValue))


def linearly(left: Any, right: Any, context: Context) -> Decision | None:
    """The proof that both sides are the same sum of means, whatever these are; else None."""
    if not (has_means(left) or has_means(right)):
        return None
    sums: list[Any] = [sum_of_means(side, context) for side in (left, right)]
    if None in sums or is_sum(*sums):
        return None  # a mean under one of many components is no single unknown
    unknown: dict[Any, Any] = {}
    for domain, kind in ((REAL, Expectation), (POSITIVE, AppliedUndef)):
        heads = set().union(*(side.xreplace(unknown).atoms(kind) for side in sums))
        for head in sorted(heads, key=str):
            name = f"unknown_{len(unknown)}"
            context = context.declare(name, domain)
            unknown[head] = context.symbol(name)
    a, b = (side.xreplace(unknown) for side in sums)
    if not (a.free_symbols | b.free_symbols) <= set(context.symbols):
        return None
    proof = prove(a, b, context)
    if not isinstance(proof, Proof):
        return None
    return Decision(Verdict.PROVED, proof=proof, question=Question(a, b, context))


def ordered_whatever(smaller: Any, larger: Any, context: Context) -> Decision | None:
    """The proof of ``smaller <= larger`` by the bounds of the divergences in it, or None."""
    difference = larger - smaller
    if not has_means(difference):
        return None
    question = Question(smaller, larger, context, relation="<=")
    least = _least(difference, context)
    if least is not None and context.nonnegative(least):
        rule = BY_GIBBS if least == 0 else BY_BOUNDS
        return Decision(Verdict.PROVED, proof=Proof((rule,)), question=question)
    if _is_a_divergence(difference, context):
        return Decision(Verdict.PROVED, proof=Proof((BY_GIBBS,)), question=question)
    return None


def _least(difference: Any, context: Context) -> Any:
    """The sum of the lower bounds of all terms; None if one has none."""
    total = sympy.S.Zero
    for term in sympy.Add.make_args(sympy.expand_mul(difference)):
        weight, rest = term.as_independent(DivergenceValue, Expectation, as_Add=False)
        if rest == 1:
            total += weight
            continue
        if not isinstance(rest, DivergenceValue):
            return None
        rising = context.nonnegative(weight)
        if not rising and not context.nonnegative(-weight):
            return None
        lower, upper = divergences()[rest.name].bounds
        bound = lower if rising else upper
        if not bound:
            return None
        total += weight * _NUMBERS[bound]
    return total


_NUMBERS = {"0": sympy.S.Zero, "1": sympy.S.One, "log(2)": sympy.log(2)}


def _is_a_divergence(difference: Any, context: Context) -> bool:
    laws = difference.atoms(Law)
    for head in difference.atoms(DivergenceValue):
        laws |= set(head.laws)
    for p in sorted(laws, key=str):
        for q in sorted(laws, key=str):
            if p != q and p.density.support.discrete == q.density.support.discrete:
                gap = DivergenceValue.of("KL", (p, q), {})
                if linearly(difference, gap, context) is not None:
                    return True
    return False
