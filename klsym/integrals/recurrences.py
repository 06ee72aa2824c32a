"""Recurrences: gamma and digamma functions at arguments an integer apart are written by one.

loggamma(z + 1) = loggamma(z) + log(z),  digamma(z + 1) = digamma(z) + 1/z

and loggamma(a) + loggamma(b) - loggamma(a + b) = log(beta(a, b)).

>>> from sympy import symbols, digamma
>>> a, b = symbols("a b", positive=True)
>>> by_recurrence(b * digamma(a + 1) - digamma(a))
b*(polygamma(0, a) + 1/a) - polygamma(0, a)

Reference: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.15 and 6.3.5.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, S

from klsym.canonical import (
    log_of,
    multiplied_out,
    operations,
    parts,
    product_of,
    replaced,
    sum_of,
)

_GAMMAS = (sympy.loggamma, sympy.polygamma, sympy.gamma)

FARTHEST = 12
"""Arguments farther apart than this are left as they are."""


def by_recurrence(expr: Expr) -> Any:
    """The expression with its gamma and digamma functions at as few arguments as may be."""
    found = {f for f in parts(expr) if type(f) in _GAMMAS and _shiftable(f)}
    if not found:
        return expr
    plain = {f: _at_shorter(f) for f in found}
    changed = {f: g for f, g in plain.items() if f is not g}
    shifted = _by_lower(set(plain.values())) if len(found) > 1 else {}
    changed |= {f: shifted[g] for f, g in plain.items() if g in shifted}
    return replaced(expr, changed)


def _by_lower(functions: Iterable[Any]) -> dict[Any, Any]:
    """Functions at a whole number above another one, by that."""
    families: dict[Any, dict[Any, Any]] = {}
    for function in functions:
        if not isinstance(function, sympy.gamma):
            number, rest = _told_apart(multiplied_out(function.args[-1]))
            key = type(function), number - number.floor(), rest
            families.setdefault(key, {})[number] = function
    found = {}
    for family in families.values():
        for number, function in family.items() if len(family) > 1 else ():
            low = min(n for n in family if number - n <= FARTHEST)
            if low != number:
                found[function] = _shifted(family[low], int(number - low))
    return found


def _shiftable(function: Expr) -> bool:
    return not isinstance(function, sympy.polygamma) or function.args[0] is S.Zero


def _at_shorter(function: Any) -> Any:
    """The function with its argument multiplied out, unless that is longer."""
    argument = function.args[-1]
    if not any(node.is_Add for node in parts(argument)[1:]):
        return function
    expanded = multiplied_out(argument)
    if expanded is argument or operations(expanded) > operations(argument):
        return function
    return function.func(*function.args[:-1], expanded)


def _told_apart(argument: Any) -> tuple[Any, Any]:
    """The number in a sum, and the rest of it."""
    number, rest = argument.as_coeff_Add(rational=True)
    return fmpq(number.p, number.q), rest


def _shifted(low: Any, distance: int) -> Any:
    z = low.args[-1]
    if isinstance(low, sympy.loggamma):
        return low + sum_of(*(log_of(z + i) for i in range(distance)))
    return low + sum_of(*(1 / (z + i) for i in range(distance)))


def as_betas(coefficients: dict[Any, Any]) -> dict[Any, Any]:
    """Coefficients by function, with three log-gammas that make up a beta joined to one log.

    ``coefficients`` maps functions to their factors; those of log-gammas are numbers.
    """
    gammas = [f for f in coefficients if isinstance(f, sympy.loggamma)]
    if len(gammas) < 3:
        return coefficients
    found = dict(coefficients)
    for total in gammas:
        factor = found.get(total)
        if factor is None or total.args[0].is_Number:
            continue
        pair = _summands(total, factor, found, gammas)
        if pair is not None:
            for gone in (total, *pair):
                del found[gone]
            beta = sympy.beta(*(f.args[0] for f in pair))
            log = log_of(beta)
            found[log] = found.get(log, S.Zero) - factor
    return found


def _summands(
    total: Expr, factor: Expr, found: dict[Any, Any], gammas: Iterable[Expr]
) -> tuple[Expr, Expr] | None:
    opposite = -factor
    usable = [f for f in gammas if f is not total and found.get(f) == opposite]
    negative = product_of(-1, total.args[0])
    pairs = [
        (left, right)
        for left, right in combinations(usable, 2)
        if multiplied_out(sum_of(left.args[0], right.args[0], negative)) == 0
    ]
    return min(pairs, key=str, default=None)


def beta_factors(product: Expr) -> Any:
    """A product with gammas of a, b and a + b, to opposite powers, as the power of a beta."""
    bases = [f.base if f.is_Pow else f for f in product.args]
    if [type(base) for base in bases].count(sympy.gamma) < 3:
        return product
    powers = dict(f.as_base_exp() for f in product.args)
    gammas = {base: e for base, e in powers.items() if isinstance(base, sympy.gamma)}
    betas = []
    for total in sorted(gammas, key=operations, reverse=True):
        factor = gammas.get(total)
        if factor is None or total.args[0].is_Number:
            continue
        pair = _summands(total, factor, gammas, gammas)
        if pair is not None:
            betas.append(sympy.beta(*(f.args[0] for f in pair)) ** -factor)
            for gone in (total, *pair):
                del gammas[gone]
    if not betas:
        return product
    rest = (f for f in product.args if not isinstance(f.as_base_exp()[0], sympy.gamma))
    return product_of(*rest, *betas, *(base**e for base, e in gammas.items()))
