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
from sympy import Expr, S

from klsym.canonical import log_of, operations, product_of, replaced, sum_of

FARTHEST = 12
"""Arguments farther apart than this are left as they are."""


def by_recurrence(expr: Expr) -> Any:
    """The expression with its gamma and digamma functions at as few arguments as may be."""
    found = [f for f in expr.atoms(sympy.loggamma, sympy.polygamma, sympy.gamma) if _shiftable(f)]
    if not found:
        return expr
    plain = {f: f.func(*f.args[:-1], _shorter(f.args[-1])) for f in found}
    changed: dict[Any, Any] = {f: g for f, g in plain.items() if f != g}
    for kind in (sympy.loggamma, sympy.polygamma):
        functions = sorted({g for g in plain.values() if isinstance(g, kind)}, key=str)
        for left, right in combinations(functions, 2):
            if left.args[:-1] != right.args[:-1]:
                continue
            distance = sympy.expand(left.args[-1] - right.args[-1])
            if distance.is_Integer and 0 < abs(distance) <= FARTHEST:
                low, high = (right, left) if distance > 0 else (left, right)
                value = _shifted(low, abs(int(distance)))
                changed.update({f: value for f, g in plain.items() if g == high})
    return replaced(expr, changed) if changed else expr


def _shiftable(function: Expr) -> bool:
    return not isinstance(function, sympy.polygamma) or function.args[0] == 0


def _shorter(argument: Expr) -> Any:
    if not argument.has(sympy.Add):
        return argument
    expanded = sympy.expand(argument)
    return min((expanded, argument), key=operations)


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
    usable = sorted((f for f in gammas if found.get(f) == -factor and f != total), key=str)
    for left, right in combinations(usable, 2):
        if sympy.expand(left.args[0] + right.args[0] - total.args[0]) == 0:
            return left, right
    return None


def beta_factors(product: Expr) -> Any:
    """A product with gammas of a, b and a + b, to opposite powers, as the power of a beta."""
    if not product.has(sympy.gamma):
        return product
    powers = dict(f.as_base_exp() for f in product.args)
    gammas = {base: e for base, e in powers.items() if isinstance(base, sympy.gamma)}
    if len(gammas) < 3:
        return product
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
