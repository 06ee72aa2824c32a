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

from klsym.canonical.making import scaled
from klsym.canonical.nodes import exp_of, power_of, product_of, sum_of
from klsym.canonical.parts import parts

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
        letters = [(self._letter(base), base) for base in self._roots]
        letters.sort(key=_rank)
        self.letters = [letter for letter, _ in letters]
        names = [f"t{i}" for i in range(len(letters))] or ["t"]
        self.context = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.lex)
        bases = [base for _, base in letters]
        self._generators = dict(zip(bases, self.context.gens(), strict=False))

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
            elif base not in self._roots:
                self._roots[base] = exponent.q
            elif self._roots[base] != exponent.q:
                self._roots[base] = math.lcm(self._roots[base], exponent.q)

    def constant(self, value: int) -> Any:
        """A number as a polynomial."""
        return self.context.constant(value)

    def fraction(self, expr: Any) -> tuple[Any, Any]:
        """Numerator and denominator."""
        if expr.is_Rational:
            return self.constant(expr.p), self.constant(expr.q)
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
        if base in self._generators:
            power = exponent.p * self._roots[base] // exponent.q
            top, bottom = self._generators[base], self.constant(1)
        else:
            power = exponent.p
            top, bottom = self.fraction(base)
        if power == 1:
            return top, bottom
        if abs(power) > HIGHEST or len(top) ** abs(power) > LARGEST:
            raise Foreign
        if power < 0:
            top, bottom, power = bottom, top, -power
        return top**power, bottom**power

    def written(self, polynomial: Any) -> Any:
        """A polynomial as sympy's sum of products."""
        return sum_of(*[self._monomial(m, int(c)) for m, c in polynomial.to_dict().items()])

    def _monomial(self, powers: tuple[int, ...], number: int) -> Any:
        factors = [
            letter if n == 1 else power_of(letter, sympy.Integer(n))
            for letter, n in zip(self.letters, powers, strict=False)
            if n
        ]
        if number == 1 and len(factors) == 1:
            return factors[0]
        return product_of(sympy.Integer(number), *factors)


def _rank(letter: tuple[Any, Any]) -> tuple[int, str, int]:
    """Where sympy puts a letter among others: by its name, then by its index."""
    text = letter[0].name if letter[0].is_Symbol else str(letter[0])
    name = text.rstrip("0123456789")
    return _gens_order.get(name, _max_order), name, int(text[len(name) :] or 0)


def _as_power(expr: Any) -> tuple[Any, Any]:
    """An expression as a letter to a rational power."""
    if expr.is_Symbol:
        return expr, S.One
    base, exponent = (S.Exp1, expr.args[0]) if type(expr) is sympy.exp else (expr, S.One)
    if expr.is_Pow:
        base, exponent = expr.args
    if exponent.is_Rational:
        return base, exponent
    number, rest = exponent.as_coeff_Mul()
    return (exp_of(rest) if base is S.Exp1 else power_of(base, rest)), number


def _checked(polynomial: Any) -> Any:
    if len(polynomial) > LARGEST:
        raise Foreign
    return polynomial


class Lowest:
    """A rational function in lowest terms, to be written out or in factors."""

    def __init__(self, expr: Any) -> None:
        nodes = parts(expr)
        if not any(n.is_Symbol for n in nodes) or sympy.Piecewise in map(type, nodes):
            raise Foreign
        self._letters = Letters(expr)
        top, bottom = self._letters.fraction(expr)
        if bottom.is_zero():
            raise Foreign
        common = top.gcd(bottom)
        if bottom.leading_coefficient() < 0:
            common = -common
        self._top, self._bottom = top / common, bottom / common

    def written(self) -> Any:
        """A quotient of two sums."""
        below = power_of(self._letters.written(self._bottom), S.NegativeOne)
        return product_of(self._letters.written(self._top), below)

    def factored(self) -> Any:
        """A quotient of two products."""
        if self._top.is_zero():
            return S.Zero
        above, numerator = self._top.factor()
        below, denominator = self._bottom.factor()
        powers = [*numerator, *((factor, -power) for factor, power in denominator)]
        write = self._letters.written
        product = product_of(*[power_of(write(f), sympy.Integer(int(n))) for f, n in powers])
        number = sympy.Rational(int(above), int(below))
        if number is S.NegativeOne or not product.is_Add:
            return product_of(number, product)
        return scaled(number, product)

    def divided(self) -> tuple[Any, Any] | None:
        """A polynomial with whole coefficients and the fraction that is left, of one symbol.

        None where there is no such polynomial, or more than one symbol below the line.
        """
        degrees = self._bottom.degrees()
        places = [place for place, degree in enumerate(degrees) if degree]
        if len(places) != 1 or len(self._bottom) == 1:
            return None
        (place,) = places
        whole, rest = divmod(self._top, self._bottom)
        if whole.is_zero() or rest.is_zero() or not self._letters.letters[place].is_Symbol:
            return None
        others = sum(whole.degrees()) - whole.degrees()[place]
        if others or rest.degrees()[place] >= degrees[place]:
            return None
        write = self._letters.written
        return write(whole), product_of(write(rest), power_of(write(self._bottom), S.NegativeOne))


def divided(expr: Any) -> tuple[Any, ...]:
    """A rational function of one symbol as a polynomial with whole coefficients and a fraction.

    >>> n = sympy.Symbol("n")
    >>> divided(n / (n - 1)), divided(n / 2)
    ((1, 1/(n - 1)), (n/2,))
    """
    try:
        return Lowest(expr).divided() or (expr,)
    except Foreign:
        return (expr,)


def cancelled(expr: Any) -> Any:
    """A rational function in lowest terms, as ``sympy.cancel`` has it."""
    try:
        return Lowest(expr).written()
    except Foreign:
        return sympy.cancel(expr)


def lowest_forms(expr: Any) -> tuple[Any, Any]:
    """A rational function in lowest terms, and in factors."""
    try:
        lowest = Lowest(expr)
    except Foreign:
        return sympy.cancel(expr), sympy.factor(expr)
    return lowest.written(), lowest.factored()


def factored(expr: Any) -> Any:
    """A rational function in factors, as ``sympy.factor`` has it."""
    try:
        return Lowest(expr).factored()
    except Foreign:
        return sympy.factor(expr)
