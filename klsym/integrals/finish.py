"""Finish: what makes a closed form read like a printed one, once its terms are collected.

Gamma functions that make up a beta are written as one, a denominator known to be negative changes
its sign, x - 2*sqrt(x*y) + y is the square of a difference, and in a sum within other expressions
a letter that several terms share is written once.

>>> from sympy import gamma, symbols
>>> from klsym.domain import Context
>>> from klsym.writing.plain import plain
>>> a, b, k = symbols("a b k", positive=True)
>>> plain(finished(gamma(a) * gamma(b) / gamma(a + b), Context()))
'beta(a, b)'
>>> plain(finished(1 / (1 - b), Context().assume(b > 1)))
'-1/(b - 1)'
>>> plain(finished(gamma(a * k - b * k + b), Context()))
'gamma(b + k*(a - b))'
>>> plain(finished(a**2 - 2 * a * b + b**2 + k, Context()))
'k + (a - b)**2'

Reference: the printed forms in the references of each family.
"""

from __future__ import annotations

from itertools import combinations
from operator import is_not
from typing import Any

import sympy
from flint import fmpq
from sympy import Expr, S

from klsym.canonical import (
    counted,
    factored,
    log_of,
    multiplied_out,
    power_of,
    product_of,
    rebuilt,
    shared_out,
    sum_of,
)
from klsym.domain import Context
from klsym.expectation import Expectation
from klsym.integrals.collection import joined_powers
from klsym.integrals.joined_fractions import joined_fractions
from klsym.integrals.lengths import gathered, length, shortest
from klsym.integrals.recurrences import beta_factors

MOST_TERMS = 10
"""A longer sum is left as it is."""


def finished(expr: Any, context: Context) -> Any:
    """The same value in the form a textbook prints."""

    def visit(node: Any, *, outermost: bool) -> Any:
        if not isinstance(node, Expr) or type(node) is Expectation:
            return node
        arguments = [visit(a, outermost=False) if a.args else a for a in node.args]
        changed = any(map(is_not, arguments, node.args))
        if changed and outermost and node.is_Add:
            node = sum_of(*joined_fractions(arguments))
        elif changed:
            node = rebuilt(node, arguments)
        if node.is_Mul:
            return beta_factors(_without_inverses(_cancelled(node)))
        if type(node) is sympy.log:
            inside = _without_minus(node.args[0])
            return node if inside is node.args[0] else log_of(inside)
        if node.is_Pow and node.base.is_Add and node.exp.is_Integer:
            return _with_positive_base(node, context)
        if node.is_Add and len(node.args) <= MOST_TERMS:
            node = _with_squares(_as_complement(node))
            if not node.is_Add:
                return node
            return node if outermost else gathered(node)
        return node

    return visit(expr, outermost=True) if expr.args else expr


def _cancelled(product: Expr) -> Any:
    """A product in which a sum does not stand beside a power of its negative, or of its factor."""
    bases = {f.base for f in product.args if f.is_Pow and f.base.is_Add}
    sums = [f for f in product.args if f.is_Add] if bases else []
    for one in sums:
        negative = product_of(-1, one)
        if negative in bases:
            return product_of(*(negative if f == one else f for f in product.args), -1)
        primitive = shared_out(one)
        if primitive.is_Mul and any(f in bases or -f in bases for f in primitive.args):
            return _cancelled(product / one * primitive)
    return product


def _without_inverses(product: Expr) -> Any:
    """``1/(a**(-k) + b**(-k))`` as ``(a*b)**k/(a**k + b**k)``, where that is shorter."""
    for factor in product.args:
        if not (factor.is_Pow and factor.exp == -1 and factor.base.is_Add):
            continue
        terms = factor.base.args
        if all(t.is_Pow and t.base.is_positive and t.exp.could_extract_minus_sign() for t in terms):
            scale = product_of(*(1 / term for term in terms))
            below = sum_of(*(term * scale for term in terms))
            above = joined_powers(sympy.expand_power_base(product / factor) * scale)
            return shortest((product, above / below))
    return product


def _without_minus(product: Expr) -> Any:
    """``-a/(b - c)`` as ``a/(c - b)``."""
    if product.is_Mul and product.args[0].is_Rational and product.args[0].p < 0:
        for factor in product.args:
            base, exponent = factor.as_base_exp()
            if base.is_Add and exponent in (1, -1):
                return product_of(-1, product / factor, (-base) ** exponent)
    return product


def _as_complement(total: Expr) -> Any:
    """``1 - erf(x)`` as ``erfc(x)``."""
    if len(total.args) == 2 and S.One in total.args:
        (rest,) = (term for term in total.args if term != 1)
        if isinstance(-rest, sympy.erf):
            return sympy.erfc((-rest).args[0])
    return total


def _with_positive_base(power: Expr, context: Context) -> Any:
    base, exponent = power.as_base_exp()
    if context.sign(base) == -1 and base.is_polynomial():
        negative = power_of(gathered(multiplied_out(product_of(-1, base))), exponent)
        return negative if exponent.p % 2 == 0 else product_of(-1, negative)
    return power


def _with_squares(total: Expr) -> Any:
    """``x + y - 2*sqrt(x*y)`` as the square of a difference, where that is shorter."""
    firsts = [term.args[0] if term.is_Mul else term for term in total.args]
    numbers = [fmpq(first.p, first.q) if first.is_Rational else 1 for first in firsts]
    terms = list(zip(total.args, numbers, strict=True))
    for middle, number in terms:
        for (first, one), (last, other) in combinations(terms, 2):
            if number * number != 4 * one * other or middle is first or middle is last:
                continue
            pair = (first, last)
            if not _bases(first) ^ _bases(last) <= _bases(middle):
                continue
            if product_of(middle, middle) != product_of(4, *pair):
                continue
            square = -_square(-middle, (-first, -last)) if one < 0 else _square(middle, pair)
            form = sum_of(square, *(t for t in total.args if t not in (middle, *pair)))
            if length(form) < length(total):
                return _with_squares(form) if form.is_Add else form
    return total


def _bases(term: Expr) -> set[Any]:
    """What stands to a power in a product; one in one of two stands in the root of both too."""
    factors = term.args if term.is_Mul else (term,)
    powers = [f.as_base_exp()[0] if type(f) is sympy.exp else f for f in factors]
    return {f.base if f.is_Pow else f for f in powers if not f.is_Rational}


def _square(middle: Expr, pair: tuple[Any, ...]) -> Any:
    whole = sum_of(middle, *pair)
    forms = [whole]
    if whole.is_rational_function():
        forms.append(factored(whole))
    if all(term.is_positive for term in pair):
        content = whole.primitive()[0]
        first, last = (power_of(product_of(1 / content, term), S.Half) for term in pair)
        negative = counted(middle)[0].p < 0
        root = sum_of(first, product_of(-1, last) if negative else last)
        root = product_of(-1, root) if root.could_extract_minus_sign() else root
        forms.append(product_of(content, power_of(root, 2)))
    return shortest(forms)
