"""Terms over the same denominator as one fraction, where that is shorter.

>>> from sympy import symbols
>>> a, b, c = symbols("a b c", positive=True)
>>> joined_fractions([a / c, b, -b / c])
[(a - b)/c, b]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sympy
from sympy import Expr, S

from klsym.canonical import power_of, product_of, scaled, shared_out, sum_of
from klsym.integrals.lengths import length, shortest
from klsym.integrals.terms import is_transcendental


def joined_fractions(terms: Iterable[Expr]) -> list[Any]:
    """Terms over the same denominator as one fraction, where that is shorter."""
    groups: dict[Any, list[Any]] = {}
    for term in terms:
        numerator, denominator = _fraction(term)
        groups.setdefault(denominator, []).append((numerator, term))
    joined: list[Any] = []
    shortened = False
    for denominator, several in groups.items():
        if len(several) == 1 and not several[0][0].is_Add:
            joined.append(several[0][1])
            continue
        numerators = joined_factors([numerator for numerator, _ in several])
        if denominator is S.One:
            joined += numerators
            continue
        below = power_of(denominator, S.NegativeOne)
        apart = [product_of(n, below) for n in numerators]
        if len(numerators) == 1 or denominator.is_number:
            joined += apart
            continue
        together = product_of(_factored(sum_of(*numerators)), below)
        best = shortest((together, sum_of(*apart)))
        under = None if best.is_Add else _fraction(best)[1]
        shortened = shortened or (under != denominator and under in groups)
        joined.append(best)
    return joined_fractions(joined) if shortened else joined


def joined_factors(terms: list[Any]) -> list[Any]:
    """Terms with a sum as a common factor, up to sign, as one product where that is shorter.

    >>> from sympy import digamma, symbols
    >>> k, l = symbols("k l", positive=True)
    >>> joined_factors([(k - l) * digamma(k), (l - k) * digamma(l)])
    [(k - l)*(polygamma(0, k) - polygamma(0, l))]
    """
    sums = {i: each for i, each in enumerate(map(_rational_sum, terms)) if each is not None}
    if len(sums) < 2:
        return terms
    groups: dict[Any, list[int]] = {}
    cofactors: dict[tuple[Any, int], Any] = {}
    for i, factor in sums.items():
        sign = -1 if product_of(-1, factor) in groups else 1
        signed = product_of(sign, factor)
        groups.setdefault(signed, []).append(i)
        cofactors[signed, i] = product_of(sign, terms[i], power_of(factor, S.NegativeOne))
    for factor, places in groups.items():
        if len(places) < 2:
            continue
        inside = sum_of(*(cofactors[factor, i] for i in places))
        sign = -1 if inside.could_extract_minus_sign() else 1
        product = product_of(product_of(sign, factor), product_of(sign, inside))
        if length(product) < length(sum_of(*(terms[i] for i in places))):
            rest = [term for i, term in enumerate(terms) if i not in places]
            return joined_factors([*rest, product])
    return terms


def _rational_sum(term: Expr) -> Any:
    """The first sum without functions among the factors of a product."""
    sums = (f for f in (term.args if term.is_Mul else ()) if f.is_Add)
    return next((f for f in sums if not is_transcendental(f)), None)


def _fraction(term: Expr) -> tuple[Any, Any]:
    """Numerator and denominator; an exponential stays above."""
    number: Any = S.One
    above: list[Any] = []
    below: list[Any] = []
    for factor in term.args if term.is_Mul else (term,):
        if factor.is_Rational:
            number = factor
        elif factor.is_Pow and factor.exp.is_Rational and factor.exp.p < 0:
            below.append(power_of(factor, S.NegativeOne))
        else:
            above.append(factor)
    if not below and number.q == 1:
        return term, S.One
    denominator = below[0] if len(below) == 1 and number.q == 1 else product_of(*below, number.q)
    if denominator.is_Add and number.q != 1:
        return product_of(term, denominator), denominator
    numerator = above[0] if len(above) == 1 else product_of(*above)
    if number.p != 1:
        times = product_of if below else scaled
        numerator = times(sympy.Integer(number.p), numerator)
    return numerator, denominator


def _factored(numerator: Expr) -> Any:
    return shortest((numerator, shared_out(numerator)))
