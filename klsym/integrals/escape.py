"""Escape: a mean diverges if its integrand grows beyond every bound towards an infinite end.

integral of exp(c_1*T_1(x) + ... + c_n*T_n(x)) = oo  if the leading c_i*T_i(x) tends to oo

as x grows: exp(x) outgrows every power, a power the lower ones and every power of log(x).  So the
mean of exp(x) is infinite under every density with a tail like a power of x, or exp(-sqrt(x)).

>>> from klsym import derive
>>> derive("KL(LogNormal(m, s) || Gompertz(e, b))").reason
'the mean E_p[exp(b*x)] diverges'

Reference: Hardy, Orders of Infinity (1910).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Expr, Integer, S, Symbol

from klsym.canonical import sum_of
from klsym.domain import Context
from klsym.integrals.integrand import Integrand
from klsym.integrals.rule import Rule

RULE = Rule("escape", "the integrand grows beyond every bound")


@dataclass(frozen=True)
class Order:
    """``factor * exp(exponent) * y**power * log(y)**logs`` as y grows.

    The exponent is known to its leading term alone, so beside one only the sign of the factor is.
    """

    factor: Any
    power: Any = S.Zero
    logs: Any = S.Zero
    exponent: Order | None = None


def escapes(integrand: Integrand) -> bool:
    """Whether the integrand is certain to grow beyond every bound at an infinite end."""
    if integrand.discrete:
        return False
    x, context = integrand.variate, integrand.context
    exponent = sum_of(*(c * t for t, c in integrand.carrier.items()))
    for end, side in ((integrand.upper, 1), (integrand.lower, -1)):
        if end.is_infinite:
            order = leading(exponent, x, side, context)
            if order is not None and _grows(order, context) and context.sign(order.factor) == 1:
                return True
    return False


def leading(expr: Expr, x: Symbol, side: int, context: Context) -> Order | None:
    """The order of an expression as ``side*x`` grows, or None if it is not certain."""
    if not expr.has(x):
        return Order(expr)
    if expr == x:
        return Order(Integer(side), S.One)
    if expr.is_Add:
        return _of_sum([leading(term, x, side, context) for term in expr.args], context)
    if expr.is_Mul:
        orders = [leading(factor, x, side, context) for factor in expr.args]
        return _of_product(orders)
    if expr.is_Pow and not expr.exp.has(x):
        return _of_power(leading(expr.base, x, side, context), expr.exp, context)
    if not isinstance(expr, (sympy.exp, sympy.log, sympy.Abs)):
        return None
    inner = leading(expr.args[0], x, side, context)
    if inner is None or context.sign(inner.factor) is None:
        return None
    if isinstance(expr, sympy.Abs):
        return Order(sympy.Abs(inner.factor), inner.power, inner.logs, inner.exponent)
    if isinstance(expr, sympy.exp):
        return Order(S.One, exponent=inner) if _grows(inner, context) else None
    if inner.exponent is not None:
        return inner.exponent
    return Order(inner.power, logs=S.One) if context.sign(inner.power) in (1, -1) else None


def _grows(order: Order, context: Context) -> bool:
    """Whether it is a positive power of y or more, so that its size outgrows log(y)."""
    if order.exponent is not None:
        return context.sign(order.exponent.factor) == 1
    return context.sign(order.power) == 1


def _of_product(orders: Sequence[Order | None]) -> Order | None:
    factor, power, logs, exponents = S.One, S.Zero, S.Zero, []
    for order in orders:
        if order is None:
            return None
        factor, power, logs = factor * order.factor, power + order.power, logs + order.logs
        exponents += [order.exponent] if order.exponent is not None else []
    if len(exponents) > 1:
        return None
    return Order(factor, power, logs, exponents[0] if exponents else None)


def _of_power(base: Order | None, exponent: Expr, context: Context) -> Order | None:
    if base is None or base.exponent is not None:
        return None
    if context.sign(base.factor) != 1 and not exponent.is_Integer:
        return None
    return Order(base.factor**exponent, base.power * exponent, base.logs * exponent)


def _of_sum(orders: Sequence[Order | None], context: Context) -> Order | None:
    """The largest of them; orders that are equal add, if they do not cancel."""
    largest: Order | None = None
    for order in orders:
        if order is None:
            return None
        compared = 1 if largest is None else _compared(order, largest, context)
        if compared is None:
            return None
        if compared == 1:
            largest = order
        elif compared == 0 and largest is not None:
            total = largest.factor + order.factor
            signs = {context.sign(order.factor), context.sign(largest.factor)}
            if context.sign(total) in (None, 0) or (order.exponent is not None and len(signs) > 1):
                return None
            largest = Order(total, largest.power, largest.logs, largest.exponent)
    return largest


def _compared(one: Order, other: Order, context: Context) -> int | None:
    """1, 0 or -1 as one outgrows the other, is as large, or is outgrown; None if not known."""
    if one.exponent != other.exponent:
        less = other.exponent
        if less is not None:
            less = replace(less, factor=-less.factor)
        total = _of_sum([e for e in (one.exponent, less) if e is not None], context)
        return context.sign(total.factor) if total is not None and _grows(total, context) else None
    for difference in (one.power - other.power, one.logs - other.logs):
        sign = context.sign(difference) if difference != 0 else 0
        if sign != 0:
            return sign
    return 0
