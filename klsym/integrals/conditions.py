"""Conditions: when an integral converges, settled by what is known of the parameters.

>>> from sympy import symbols
>>> from klsym.domain import POSITIVE, Context
>>> context = Context().declare("a", POSITIVE).declare("b", POSITIVE)
>>> a, b = context.symbols
>>> settle((positive(a), positive(a / b - 1)), context)
((b < a,), None)
"""

from __future__ import annotations

import math
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical import counted, factored, multiplied_out, product_of, shared_out, sum_of
from klsym.domain import Context
from klsym.integrals.tilting import as_powers, is_fraction


def positive(expr: Expr) -> Any:
    """The condition that an expression is positive; whether it is so, a context decides."""
    return (
        less(S.Zero, expr)
        if expr.is_number
        else sympy.StrictGreaterThan(expr, S.Zero, evaluate=False)
    )


def less(left: Expr, right: Expr) -> Any:
    """The condition ``left < right``; whether it is so, a context decides."""
    if left.is_number and right.is_number:
        return left < right
    return sympy.StrictLessThan(left, right, evaluate=False)


def settle(conditions: tuple[Any, ...], context: Context) -> tuple[tuple[Any, ...], str | None]:
    """The conditions that are not known to hold, and one that is known to fail, if any."""
    unsettled: dict[Any, None] = {}
    for condition in conditions:
        condition = as_powers(condition)
        holds = _holds(condition, context)
        if holds is None:
            condition = _plain(condition, context)
            holds = _holds(condition, context)
        if holds is False:
            return (), "convergence" if condition == sympy.false else str(condition)
        if holds is None:
            unsettled[readable(condition)] = None
    return tuple(unsettled), None


def readable(condition: Any) -> Any:
    """A condition with what is known on the right: a > 1 for 1 - a < 0, a < b for 1/b < 1/a."""
    if not isinstance(condition, (sympy.StrictGreaterThan, sympy.StrictLessThan)):
        return condition
    if condition.lhs.is_Symbol and condition.rhs.is_number:
        return condition
    greater, smaller = multiplied_out(condition.gts), multiplied_out(condition.lts)
    below_all = sympy.Add.make_args(smaller)
    shared = sum_of(*(t for t in sympy.Add.make_args(greater) if t in below_all))
    if shared != 0 and not condition.lts.is_number:
        greater, smaller = _difference(greater, shared), _difference(smaller, shared)
        condition = less(smaller, greater) if smaller != 0 else positive(greater)
    above, below = _over_one_line(_difference(greater, smaller))
    if not below.is_positive:
        return condition
    factors = sympy.Mul.make_args(factored(above))
    above = sympy.expand(product_of(*(f for f in factors if not f.is_positive)))
    terms = sympy.Add.make_args(above)
    letters = [counted(term)[0] for term in terms if not term.is_number]
    if len(letters) == 1:
        terms = [product_of(term, abs(1 / letters[0])) for term in terms]
    negative = [product_of(-1, term) for term in terms if counted(term)[0].is_negative]
    if len(terms) == 2 and len(negative) == 1 and not any(term.is_number for term in terms):
        return less(negative[0], sum_of(above, negative[0]))
    numbers = [term for term in terms if term.is_number]
    plus = [term for term in terms if term.is_Symbol]
    minus = [term for term in negative if term.is_Symbol]
    if len(numbers) + len(plus) + len(minus) != len(terms) or len(plus) > 1 or len(minus) > 1:
        return condition
    number = sum_of(*numbers)
    if plus and not minus:
        return sympy.StrictGreaterThan(plus[0], -number, evaluate=False)
    if minus and not plus:
        return less(minus[0], number)
    return less(minus[0], plus[0]) if plus and number == 0 else condition


def _difference(left: Expr, right: Expr) -> Any:
    return sum_of(left, product_of(-1, right))


def _over_one_line(total: Expr) -> tuple[Any, Any]:
    """Numerator, multiplied out, and denominator of a sum."""
    terms = [counted(term) for term in sympy.Add.make_args(total)]
    if any(map(_has_denominator, (rest for _, rest in terms))):
        above, below = sympy.fraction(sympy.together(total))
        return sympy.expand(above), below
    line = math.lcm(*(int(count.q) for count, _ in terms))
    return sum_of(*(product_of(count * line, rest) for count, rest in terms)), sympy.Integer(line)


def _has_denominator(expr: Expr) -> bool:
    """Whether something to a power that is not a natural number stands in an expression."""
    pending: list[Any] = [expr]
    for node in pending:
        if node.is_Pow and not (node.exp.is_Integer and node.exp.p > 0):
            return True
        pending += node.args
    return False


def _plain(condition: Any, context: Context) -> Any:
    """A condition on a fraction as one on its numerator, where the denominator is positive."""
    if not isinstance(condition, sympy.StrictGreaterThan) or condition.rhs != 0:
        return condition
    if not is_fraction(condition.lhs):
        return condition
    above, below = _over_one_line(condition.lhs)
    if context.sign(below) != 1:
        return condition
    number, rest = shared_out(multiplied_out(above)).as_coeff_Mul()
    return positive(rest if number.is_positive else product_of(-1, rest))


def _holds(condition: Any, context: Context) -> bool | None:
    if condition in (True, sympy.true):
        return True
    if condition in (False, sympy.false):
        return False
    share = isinstance(condition, sympy.StrictLessThan) and condition.rhs == 1
    if share and all(_is_share(factor, context) for factor in sympy.Mul.make_args(condition.lhs)):
        return True
    return context.holds(condition)


def _is_share(factor: Expr, context: Context) -> bool:
    """Whether a power is certain to lie between 0 and 1."""
    base, exponent = factor.as_base_exp()
    above = context.sign(base) == 1 and context.sign(exponent) == 1
    return above and context.holds(base < 1) is True
