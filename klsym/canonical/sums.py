"""Products of sums multiplied out, and what all terms of a sum share taken out of it.

>>> from sympy import exp, symbols
>>> a, b, x = symbols("a b x", positive=True)
>>> multiplied_out(a * (x - b) ** 2), multiplied_out(exp(-b * (x - a)))
(a*b**2 - 2*a*b*x + a*x**2, exp(a*b)*exp(-b*x))
>>> shared_out(a * b / 2 - a * x / 2), shared_out(-a / b - x / b)
(a*(b - x)/2, -(a + x)/b)
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import sympy
from sympy import Rational, S

from klsym.canonical.making import counted, scaled
from klsym.canonical.nodes import power_of, product_of, sum_of
from klsym.canonical.parts import contains
from klsym.canonical.replacing import rebuilt

LONGEST = 2000
"""A product with more terms is left as it is."""


@lru_cache(maxsize=10_000)
def multiplied_out(expr: Any) -> Any:
    """The sum of products an expression stands for; logs and what is below a line stay whole."""
    if not expr.args or (expr.is_Pow and expr.base.is_Symbol and not expr.exp.args):
        return expr
    if type(expr) is sympy.exp or expr.is_Pow:
        return _power(*((S.Exp1, expr.args[0]) if type(expr) is sympy.exp else expr.args))
    arguments = [multiplied_out(argument) for argument in expr.args]
    if expr.is_Mul:
        return multiplied(arguments)
    if any(new is not old for new, old in zip(arguments, expr.args, strict=True)):
        return rebuilt(expr, arguments)
    return expr


def apart(product: Any, symbol: Any) -> tuple[Any, Any]:
    """The factors that are free of a symbol, and those that are not."""
    if not product.is_Mul:
        return (S.One, product) if contains(product, symbol) else (product, S.One)
    free: list[Any] = []
    bound: list[Any] = []
    for factor in product.args:
        (bound if contains(factor, symbol) else free).append(factor)
    if not free or not bound:
        return (S.One, product) if bound else (product, S.One)
    return product_of(*free), product_of(*bound)


def multiplied(factors: list[Any]) -> Any:
    """The product of sums and other factors as a sum of products."""
    sums = [factor for factor in factors if factor.is_Add]
    if not sums or math.prod(len(each.args) for each in sums) > LONGEST:
        return product_of(*factors)
    terms = [product_of(*(factor for factor in factors if not factor.is_Add))]
    for each in sums:
        more = (product_of(term, part) for term in terms for part in each.args)
        terms = list(sympy.Add.make_args(sum_of(*more)))
    return sum_of(*terms)


def _power(base: Any, exponent: Any) -> Any:
    base, exponent = multiplied_out(base), multiplied_out(exponent)
    if exponent.is_Add:
        return product_of(*(power_of(base, term) for term in exponent.args))
    if (
        base.is_Add
        and exponent.is_Integer
        and exponent > 1
        and len(base.args) ** exponent < LONGEST
    ):
        return multiplied([base] * int(exponent))
    if base.is_Mul and not exponent.is_Integer:
        return sympy.expand_power_base(power_of(base, exponent))
    return power_of(base, exponent)


def shared_out(expr: Any) -> Any:
    """A sum as the product of what its terms share, a number included, and of the rest."""
    if not expr.is_Add:
        return expr
    terms = [counted(_shared_within(term)) for term in expr.args]
    number = _content([count for count, _ in terms])
    powers = [_powers(rest) for _, rest in terms]
    shared = {
        key: min(counts) if min(counts) > 0 else max(counts)
        for key in powers[0]
        if all(key in each for each in powers[1:])
        and (min(counts := [each[key] for each in powers]) > 0 or max(counts) < 0)
    }
    if number is S.One and not shared:
        return sum_of(*(scaled(count, rest) for count, rest in terms))
    taken = [_written(key, count) for key, count in shared.items()]
    left = [
        product_of(count / number, *(_written(k, n - shared.get(k, 0)) for k, n in each.items()))
        for (count, _), each in zip(terms, powers, strict=True)
    ]
    inside = sum_of(*left)
    return product_of(number, *taken, inside) if taken else scaled(number, inside)


def _shared_within(term: Any) -> Any:
    if not (term.is_Mul and any(factor.is_Add for factor in term.args)):
        return term
    return product_of(*map(shared_out, term.args))


def _content(counts: list[Any]) -> Any:
    """The largest number that all are whole multiples of; below zero if all are.

    It is no fraction where one of them is none.
    """
    below = 1 if any(c.q == 1 for c in counts) else math.lcm(*(int(c.q) for c in counts))
    size = Rational(math.gcd(*(int(c.p) for c in counts)), below)
    return -size if all(count.p < 0 for count in counts) else size


def _powers(product: Any) -> dict[tuple[Any, Any], Any]:
    """The count of each power with a base and an exponent up to its number."""
    found = {}
    for factor in sympy.Mul.make_args(product):
        if type(factor) is sympy.exp:
            base, exponent = S.Exp1, factor.args[0]
        else:
            base, exponent = factor.args if factor.is_Pow else (factor, S.One)
        count, rest = counted(exponent)
        found[base, rest] = count
    found.pop((S.One, S.One), None)
    return found


def _written(key: tuple[Any, Any], count: Any) -> Any:
    base, rest = key
    return S.One if count == 0 else power_of(base, product_of(count, rest))
