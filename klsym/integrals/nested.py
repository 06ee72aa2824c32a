"""Means within means: the inner ones are numbers, and are taken first.

In the mean of ``(x - E(p, x))**2`` the inner mean binds the same letter as the outer one, so it is
taken before any rule looks at the outer integrand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Expr

from klsym.canonical import has_any, parts_of, replaced
from klsym.derivation import Derivation
from klsym.expectation import DivergenceValue, Expectation


def inner_means(expr: Expr) -> set[Any]:
    """The means and divergences that stand inside a mean and hold none themselves."""
    inner: set[Any] = set()
    for head in parts_of(expr, Expectation):
        inner.update(parts_of(head.integrand, Expectation, DivergenceValue))
    return inner - inner_means_of_each(inner)


def inner_means_of_each(heads: set[Any]) -> set[Any]:
    """Those of some means that hold another one."""
    return {
        head
        for head in heads
        if isinstance(head, Expectation) and has_any(head.integrand, Expectation, DivergenceValue)
    }


def without_inner(
    expr: Expr, derive: Callable[[Any], Derivation]
) -> tuple[Expr, tuple[Any, ...], str | None]:
    """The expression with its inner means taken, the conditions, and what could not be taken."""
    conditions: list[Any] = []
    while inner := inner_means(expr):
        values = {}
        for head in sorted(inner, key=str):
            derivation = derive(head)
            if derivation.closed_form is None or derivation.infinite:
                return expr, (), f"{head} inside a mean has no closed form"
            values[head] = derivation.closed_form
            conditions += derivation.conditions
        expr = replaced(expr, values)
    return expr, tuple(dict.fromkeys(conditions)), None
