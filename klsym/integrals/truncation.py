"""Truncation: a density on a part of its support, divided by the mass of that part.

p(x) = f(x)/Z  on (a, b),  Z = integral of f over (a, b)

by the master integral that knows f between two points.

>>> from klsym import derive
>>> print(derive("KL(Truncated(Poisson(a), lower=1) || Poisson(a))"))
a - log(exp(a) - 1)

Reference: the definition of a conditional density.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy

from klsym.canonical import parts_of, replaced
from klsym.density import Density, Mixture, Product
from klsym.domain import Context
from klsym.expectation import Expectation, Law, in_order
from klsym.integrals.conditions import settle
from klsym.integrals.kernel import exp_of_logs, reduced
from klsym.integrals.recognition import kernel_of
from klsym.integrals.rule import Rule
from klsym.integrals.tilting import as_powers

DEEPEST = 8
"""A truncation of a truncation, and so on, up to this depth."""

RULE = Rule("truncation", "a part of a distribution, renormalised")


def renormalised(expr: Any, context: Context) -> Any:
    """The expression with the masses of truncated distributions in closed form, where it is."""
    laws = {law: Law(filled(law.density, context)) for law in expr.atoms(Law)}
    changed = replaced(expr, {law: new for law, new in laws.items() if law != new})
    return _filled(changed, context)


def filled(law: Any, context: Context) -> Any:
    """The distribution with its masses in closed form, where they have one."""
    match law:
        case Product():
            return replace(law, component=filled(law.component, context))
        case Mixture():
            parts = ((_filled(w, context), filled(d, context)) for w, d in law.components)
            return replace(law, components=tuple(parts))
    expression = _filled(law.expression, context)
    return law if expression == law.expression else replace(law, expression=expression)


def unknown_mass(expr: Any) -> Density | None:
    """A part of a distribution whose mass stands in a density for want of a closed form."""
    unknown: dict[Law, Density] = {}
    for law in parts_of(expr, Law):
        for weight, density in law.density.components:
            for mean in (
                *parts_of(weight, Expectation),
                *parts_of(density.expression, Expectation),
            ):
                unknown.setdefault(law, mean.density)
    return unknown[in_order(unknown)[0]] if unknown else None


def _filled(expr: Any, context: Context) -> Any:
    """An expression whose masses have their values, the innermost first."""
    for _ in range(DEEPEST):
        masses = {head: _mass(head, context) for head in expr.atoms(Expectation) if _is_mass(head)}
        known = {head: mass for head, mass in masses.items() if mass is not None}
        if not known:
            break
        expr = replaced(expr, known)
    return expr


def _is_mass(head: Expectation) -> bool:
    return bool(head.integrand == 1 and not head.density.whole)


def _mass(head: Expectation, context: Context) -> Any:
    part = filled(head.density, context)
    if part.expression.has(Expectation):
        return None
    kernel = kernel_of(part, context)
    if kernel is None:
        return None
    conditions, failing = settle(kernel.conditions, kernel.integrand.context)
    if conditions or failing is not None:
        return None
    constant = exp_of_logs(sympy.expand(kernel.integrand.constant, log=False))
    return as_powers(reduced(sympy.powsimp(constant * kernel.normaliser)))
