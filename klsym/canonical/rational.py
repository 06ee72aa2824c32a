"""Rational functions by FLINT: in lowest terms, and in factors, as sympy writes them.

What is not rational (a log, a power with a letter above) takes part as one more letter.

>>> from sympy import log, symbols
>>> a, b = symbols("a b", positive=True)
>>> cancelled(a / (a - b) - b / (a - b)), factored(a**2 * log(b) - b**2 * log(b))
(1, (a - b)*(a + b)*log(b))
"""

from __future__ import annotations

import math
from typing import Any

import flint
import sympy
from sympy import S
from sympy.polys.polyutils import _gens_order, _max_order

from klsym.canonical.nodes import exp_of, power_of, product_of, scaled, sum_of

LARGEST = 2000
"""Polynomials with more terms are left to sympy."""
HIGHEST = 60


class Foreign(Exception):
    """An expression that is no rational function of letters, or too large a one."""


class Letters:
    """The letters of an expression, in sympy's order, and the polynomials over them."""

    def __init__(self, expr: Any) -> None:
        self._roots: dict[Any, int] = {}
        self._collect(expr)
        if any(base.is_Pow and base.base in self._roots for base in self._roots):
            raise Foreign  # x**a and x are not independent
        letters = [self._letter(base) for base in self._roots]
        self.letters = order = sorted(letters, key=_rank)
        self._place = {
            base: order.index(letter) for base, letter in zip(self._roots, letters, strict=True)
        }
        names = [f"t{i}" for i in range(len(letters))] or ["t"]
        self.context = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.lex)
        self._generators = self.context.gens()

    def _letter(self, base: Any) -> Any:
        root = self._roots[base]
        return base if root == 1 else power_of(base, sympy.Rational(1, root))

    def _collect(self, expr: Any) -> None:
        if expr.is_Add or expr.is_Mul:
            for part in expr.args:
                self._collect(part)
        elif not expr.is_Rational:
            base, exponent = _as_power(expr)
            if exponent.is_Integer and (base.is_Add or base.is_Mul or base.is_Rational):
                self._collect(base)
            elif not base.is_commutative or base.is_Number or base is S.ImaginaryUnit:
                raise Foreign
            else:
                self._roots[base] = math.lcm(self._roots.get(base, 1), int(exponent.q))

    def constant(self, value: int) -> Any:
        """A number as a polynomial."""
        return self.context.constant(value)

    def fraction(self, expr: Any) -> tuple[Any, Any]:
        """Numerator and denominator."""
        if expr.is_Rational:
            return self.constant(int(expr.p)), self.constant(int(expr.q))
        if expr.is_Add:
            top, bottom = self.constant(0), self.constant(1)
            for term in expr.args:
                n, d = self.fraction(term)
                if d == bottom:
                    top = top + n
                else:
                    top, bottom = _checked(top * d + n * bottom), _checked(bottom * d)
            return top, bottom
        if expr.is_Mul:
            top, bottom = self.constant(1), self.constant(1)
            for factor in expr.args:
                n, d = self.fraction(factor)
                top, bottom = _checked(top * n), _checked(bottom * d)
            return top, bottom
        base, exponent = _as_power(expr)
        if base in self._place:
            power = int(exponent * self._roots[base])
            top, bottom = self._generators[self._place[base]], self.constant(1)
        else:
            power = int(exponent)
            top, bottom = self.fraction(base)
        if abs(power) > HIGHEST or len(top) ** abs(power) > LARGEST:
            raise Foreign
        if power < 0:
            top, bottom, power = bottom, top, -power
        return top**power, bottom**power

    def written(self, polynomial: Any) -> Any:
        """A polynomial as sympy's sum of products."""
        return sum_of(*(self._monomial(m, int(c)) for m, c in polynomial.to_dict().items()))

    def _monomial(self, powers: tuple[int, ...], number: int) -> Any:
        factors = (power_of(self.letters[i], sympy.Integer(n)) for i, n in enumerate(powers) if n)
        return product_of(sympy.Integer(number), *factors)


def _rank(letter: Any) -> tuple[int, str, int]:
    """Where sympy puts a letter among others: by its name, then by its index."""
    text = letter.name if letter.is_Symbol else str(letter)
    name = text.rstrip("0123456789")
    return _gens_order.get(name, _max_order), name, int(text[len(name) :] or 0)


def _as_power(expr: Any) -> tuple[Any, Any]:
    """An expression as a letter to a rational power."""
    base, exponent = (S.Exp1, expr.args[0]) if type(expr) is sympy.exp else (expr, S.One)
    if expr.is_Pow:
        base, exponent = expr.args
    number, rest = exponent.as_coeff_Mul()
    if rest is S.One:
        return base, number
    return (exp_of(rest) if base is S.Exp1 else power_of(base, rest)), number


def _checked(polynomial: Any) -> Any:
    if len(polynomial) > LARGEST:
        raise Foreign
    return polynomial


def _lowest(expr: Any) -> tuple[Letters, Any, Any]:
    """An expression as a quotient of polynomials without a common factor."""
    if not expr.free_symbols or expr.has(sympy.Piecewise):
        raise Foreign
    letters = Letters(expr)
    top, bottom = letters.fraction(expr)
    if bottom.is_zero():
        raise Foreign
    common = top.gcd(bottom)
    if bottom.leading_coefficient() < 0:
        common = -common
    return letters, top / common, bottom / common


def cancelled(expr: Any) -> Any:
    """A rational function in lowest terms, as ``sympy.cancel`` has it."""
    try:
        letters, top, bottom = _lowest(expr)
    except Foreign:
        return sympy.cancel(expr)
    return product_of(letters.written(top), power_of(letters.written(bottom), S.NegativeOne))


def factored(expr: Any) -> Any:
    """A rational function in factors, as ``sympy.factor`` has it."""
    try:
        letters, top, bottom = _lowest(expr)
    except Foreign:
        return sympy.factor(expr)
    if top.is_zero():
        return S.Zero
    above, numerator = top.factor()
    below, denominator = bottom.factor()
    powers = [*numerator, *((factor, -power) for factor, power in denominator)]
    product = product_of(*(power_of(letters.written(f), sympy.Integer(int(n))) for f, n in powers))
    number = sympy.Rational(int(above), int(below))
    if number is S.NegativeOne or not product.is_Add:
        return product_of(number, product)
    return scaled(number, product)
