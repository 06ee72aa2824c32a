"""How many operations an expression is written with, by sympy's own count.

>>> from sympy import log, symbols
>>> a, b = symbols("a b", positive=True)
>>> operations(-a * log(b) / 2 - b), operations(1 / (2 * a + 2 * b))
(5, 4)
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical.nodes import power_of, product_of

_LATTICE = (sympy.Max, sympy.Min)


@lru_cache(maxsize=10_000)
def operations(expr: Any) -> int:
    """As ``sympy.count_ops`` has it: a sign, a fraction and a function count as one each."""
    if expr.is_Symbol:
        return 0
    if expr.is_Rational:
        return int(expr.p < 0) + int(expr.q != 1)
    if expr.is_Mul:
        return _of_product(expr)
    if expr.is_Add:
        negative = [_is_negative(term) for term in expr.args]
        signed = zip(expr.args, negative, strict=True)
        terms = (_without_sign(t) if minus else operations(t) for t, minus in signed)
        return len(negative) - 1 + int(all(negative)) + sum(terms)
    if not isinstance(expr, Expr) or expr.is_Relational:
        return int(sympy.count_ops(expr))
    inside = sum(map(operations, expr.args))
    if isinstance(expr, _LATTICE):
        return inside + len(expr.args) - 1
    if expr.is_Pow and expr.exp is S.NegativeOne:
        return 1 + operations(expr.base)
    counted = (expr.args and (expr.is_Pow or expr.is_Function)) or expr is S.Exp1
    return inside + int(bool(counted or isinstance(expr, (sympy.Integral, sympy.Sum))))


def _is_negative(term: Any) -> bool:
    number = term.args[0] if term.is_Mul else term
    return bool(number.is_Rational and number.p < 0)


def _without_sign(term: Any) -> int:
    """The operations of the negative of a term with a minus before it."""
    return (_of_product(term) if term.is_Mul else operations(term)) - 1


def _of_product(expr: Any) -> int:
    above: list[Any] = []
    below: list[Any] = []
    minus = 0
    for factor in expr.args:
        if factor.is_Rational:
            minus = int(factor.p < 0)
            above += [sympy.Integer(abs(factor.p))] if abs(factor.p) != 1 else []
            below += [sympy.Integer(factor.q)] if factor.q != 1 else []
            continue
        inverse = _inverse(factor)
        if inverse is None:
            above.append(factor)
        else:
            below.append(inverse)
    if not below:
        return minus + _of_factors(above)
    under = 0 if len(below) == 1 and below[0].is_Integer else _of_factors(below)
    return minus + 1 + under + (_of_factors(above) if above else 0)


def _of_factors(factors: list[Any]) -> int:
    """A number times a sum is written as a sum."""
    if len(factors) == 2 and factors[0].is_Integer and factors[1].is_Add:
        return operations(product_of(*factors))
    return len(factors) - 1 + sum(map(operations, factors))


def _inverse(factor: Any) -> Any:
    """What a factor is divided by if it is written below the line, else None."""
    if type(factor) is sympy.exp:
        minus = starts_with_minus(factor.args[0])
        return sympy.exp(-factor.args[0]) if minus else None
    if factor.is_Pow and starts_with_minus(factor.exp):
        return power_of(factor.base, product_of(-1, factor.exp))
    return None


def starts_with_minus(exponent: Any) -> bool:
    """Whether an exponent is a number below zero, times something or all terms of it are."""
    if exponent.is_Add:
        return all(map(_is_negative, exponent.args))
    return _is_negative(exponent)
