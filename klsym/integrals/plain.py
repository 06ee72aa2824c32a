"""Integral or sum of a function that is no density: its exponential part becomes one.

The integral of h(x)*w(x), where w is a kernel of mass Z that a master integral knows, is Z times
the mean of h under w/Z.  On a bounded interval w may be 1.  In a sum the factorials and whatever
has the index in an exponent belong to w.

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
from sympy import Expr, Integral, S, Sum

from klsym.canonical import exp_of, product_of, replaced, sum_of
from klsym.density import Density, Support
from klsym.domain import POSITIVE, REAL, Context
from klsym.integrals.conditions import settle
from klsym.integrals.moments import mean
from klsym.integrals.recognition import kernel_of
from klsym.integrals.rule import Rule

RULE = Rule("plain", "mean under the exponential part of the integrand")

_FACTORIALS = (sympy.factorial, sympy.binomial, sympy.gamma)


def without_integrals(expr: Expr, context: Context) -> tuple[Expr, tuple[Any, ...]] | None:
    """The expression with its integrals and sums taken, and when they converge.

    None where one of them diverges or no rule reaches it.
    """
    values: dict[Any, Any] = {}
    conditions: list[Any] = []
    for head in sorted(expr.atoms(Integral, Sum), key=str):
        value = _integrated(head, context, conditions)
        if value is None:
            return None
        values[head] = value
    return replaced(expr, values), tuple(dict.fromkeys(conditions))


def _integrated(head: Integral | Sum, context: Context, conditions: list[Any]) -> Expr | None:
    integrand, (x, lower, upper), *outer = head.args
    if outer:
        inner = _integrated(head.func(integrand, head.args[1]), _with(context, outer), conditions)
        if inner is None or any(c.has(*(limits[0] for limits in outer)) for c in conditions):
            return None
        return _integrated(head.func(inner, *outer), context, conditions)
    if integrand.has(Integral, Sum):
        return None
    discrete = isinstance(head, Sum)
    parts = []
    for term in sympy.Add.make_args(sympy.expand_mul(sympy.expand_log(integrand))):
        factors = [f for f in sympy.Mul.make_args(term) if f.has(x)]
        weighing = [f for f in factors if _weighs(f, x, discrete)]
        weight = product_of(*weighing)
        rest = product_of(*(f for f in factors if f not in weighing))
        coefficient = term.as_independent(x, as_Add=False)[0]
        density = Density(x, Support(lower, upper, discrete), weight, str(weight))
        kernel = kernel_of(density, context)
        moment = None if kernel is None else mean(rest, kernel)
        if kernel is None or moment is None:
            return None
        needed = (*kernel.conditions, *moment.conditions)
        found, failing = settle(needed, kernel.integrand.context)
        if failing is not None or moment.diverges is not None:
            return None
        conditions += found
        mass = exp_of(kernel.integrand.constant) * kernel.normaliser
        parts.append(coefficient * mass * moment.value)
    return sum_of(*parts) if parts else S.Zero


def _with(context: Context, limits: Any) -> Context:
    """The context with the variables of outer integrals."""
    for x, *_ in limits:
        if x.name not in context.domains:
            context = context.declare(x.name, POSITIVE if x.is_positive else REAL)
    return context


def _weighs(factor: Expr, x: Any, discrete: bool) -> bool:
    """Whether a factor belongs to the kernel rather than to what its mean is taken of."""
    if isinstance(factor, sympy.exp):
        return True
    base, exponent = factor.as_base_exp()
    return discrete and (exponent.has(x) or isinstance(base, _FACTORIALS))
