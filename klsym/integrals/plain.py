"""Integral of a function that is no density: its exponential part becomes one.

The integral of h(x)*w(x), where w is a kernel of mass Z that a master integral knows, is Z times
the mean of h under w/Z.  On a bounded interval w may be 1.

>>> from sympy import Integral, Symbol, exp, oo
>>> from klsym.domain import POSITIVE, Context
>>> context = Context().declare("a", POSITIVE)
>>> x, a = Symbol("x", positive=True), context.symbol("a")
>>> without_integrals(Integral(x * exp(-a * x), (x, 0, oo)), context)
(a**(-2), ())

Reference: the pages of the master integrals.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, Integral, S

from klsym.density import Density, Support
from klsym.domain import Context
from klsym.integrals.moments import kernel_of, mean, settle
from klsym.integrals.rule import Rule

RULE = Rule("plain", "mean under the exponential part of the integrand")


def without_integrals(expr: Expr, context: Context) -> tuple[Expr, tuple[Any, ...]] | None:
    """The expression with its integrals taken, and the conditions under which they converge.

    None where one of them diverges or no rule reaches it.
    """
    values: dict[Any, Any] = {}
    conditions: list[Any] = []
    for head in sorted(expr.atoms(Integral), key=str):
        value = _integrated(head, context, conditions)
        if value is None:
            return None
        values[head] = value
    return expr.xreplace(values), tuple(dict.fromkeys(conditions))


def _integrated(head: Integral, context: Context, conditions: list[Any]) -> Expr | None:
    integrand, (x, lower, upper) = head.args
    if integrand.has(Integral):
        return None
    parts = []
    for term in sympy.Add.make_args(sympy.expand_mul(integrand)):
        factors = [f for f in sympy.Mul.make_args(term) if f.has(x)]
        weight = sympy.Mul(*(f for f in factors if isinstance(f, sympy.exp)))
        rest = sympy.Mul(*(f for f in factors if not isinstance(f, sympy.exp)))
        coefficient = term.as_independent(x, as_Add=False)[0]
        density = Density(x, Support(lower, upper), weight, str(weight))
        kernel = kernel_of(density, context)
        moment = None if kernel is None else mean(rest, kernel)
        if kernel is None or moment is None:
            return None
        needed = (*kernel.conditions, *moment.conditions)
        found, failing = settle(needed, kernel)
        if failing is not None or moment.diverges is not None:
            return None
        conditions += found
        mass = sympy.exp(kernel.integrand.constant) * kernel.normaliser
        parts.append(coefficient * mass * moment.value)
    return sympy.Add(*parts) if parts else S.Zero
