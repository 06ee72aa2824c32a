"""A ring of polynomials whose letters have ranges: coefficients after each becomes a slack.

A symbol in ``(l, oo)`` is ``l + t`` and one in ``(l, u)`` is ``(l + u t)/(1 + t)`` with ``t > 0``,
where an end may be an expression over other symbols (``a < b`` makes ``b = a + t``).  A polynomial
whose coefficients then have one sign has that sign on the whole domain.  Parts that are not
rational (``exp(x)``, ``sqrt(x)``, ``pi``) take part as letters with the range that is known of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import flint
import sympy

from klsym.domain.interval import Domain
from klsym.domain.lattice import ANY, NEGATIVE, POSITIVE, ZERO
from klsym.domain.ranges import Bound

LARGEST = 3000
"""Polynomials with more terms are left alone: nobody reads a proof that long."""
DEEPEST = 3
"""Letters of which a polynomial is taken as a quadratic, one after the other."""


class TooLarge(Exception):
    """The polynomial grew past what is worth a try, or has a part of unknown range."""


class Ring:
    """A polynomial ring whose letters are the symbols and irrational parts of some expressions."""

    def __init__(
        self,
        interval: Callable[[Any], Domain | None],
        known: dict[Any, Domain],
        expressions: Sequence[Any],
    ) -> None:
        self._letters: dict[Any, int] = {}
        for expr in expressions:
            self._collect(expr)
        names = tuple(f"t{i}" for i in range(len(self._letters)))
        self._context = flint.fmpq_mpoly_ctx.get(names or ("t0",))
        self._generators = self._context.gens()
        self._domains: list[Domain | None] = [
            known[letter] if letter in known else interval(letter) for letter in self._letters
        ]
        if any(domain is None for domain in self._domains):
            raise TooLarge
        self._one = self._context.constant(1)

    def _collect(self, expr: Any) -> None:
        if expr.is_Add or expr.is_Mul:
            for part in expr.args:
                self._collect(part)
        elif expr.is_Rational:
            return
        else:
            base, _ = self._power(expr)
            if base.is_Add or base.is_Mul or base.is_Rational:
                self._collect(base)
            else:
                self._letters.setdefault(base, len(self._letters))

    def _power(self, expr: Any) -> tuple[Any, int]:
        """``expr`` as a letter to an integer power."""
        if isinstance(expr, sympy.exp):
            coefficient, rest = expr.args[0].as_coeff_Mul()
            if coefficient.is_Integer and abs(coefficient) < 20:
                return sympy.exp(rest), int(coefficient)
        elif expr.is_Pow:
            base, exponent = expr.as_base_exp()
            if exponent.is_Integer:
                return base, int(exponent)
            if exponent.is_Rational and base.is_nonnegative:
                return base ** sympy.Rational(1, exponent.q), int(exponent.p)
            if exponent.could_extract_minus_sign():
                return base ** (-exponent), -1
        return expr, 1

    def fraction(self, expr: Any) -> tuple[Any, Any]:
        """Numerator and denominator; raises TooLarge past a bound."""
        one = self._one
        if expr.is_Rational:
            return one * int(expr.p), one * int(expr.q)
        if expr.is_Add:
            top, bottom = one * 0, one
            for term in expr.args:
                n, d = self.fraction(term)
                if d == bottom:
                    top = top + n
                else:
                    top, bottom = top * d + n * bottom, bottom * d
                self._check(top, bottom)
            return top, bottom
        if expr.is_Mul:
            top, bottom = one, one
            for factor in expr.args:
                n, d = self.fraction(factor)
                top, bottom = top * n, bottom * d
                self._check(top, bottom)
            return top, bottom
        base, exponent = self._power(expr)
        if base.is_Add or base.is_Mul or base.is_Rational:
            top, bottom = self.fraction(base)
        elif base in self._letters:
            top, bottom = self._generators[self._letters[base]], one
        else:
            raise TooLarge
        if abs(exponent) > 60 or (len(top) > 1 and abs(exponent) * len(top) > 200):
            raise TooLarge
        if exponent < 0:
            top, bottom, exponent = bottom, top, -exponent
        return top**exponent, bottom**exponent

    def _check(self, *polynomials: Any) -> None:
        if any(len(p) > LARGEST for p in polynomials):
            raise TooLarge

    def signs(self, polynomial: Any, chart: Sequence[tuple[Any, Any, Any]]) -> int:
        """What can happen to a polynomial where the letters run through the chart."""
        weak, whole = False, list(range(len(self._domains)))
        strict = [False] * len(whole)
        free = [False] * len(whole)
        for symbol, lower, upper in chart:
            index = self._letters.get(symbol)
            if index is None:
                continue
            whole.remove(index)
            if not polynomial.degrees()[index]:
                continue
            domain = self._domains[index]
            assert domain is not None
            if lower is upper:
                polynomial = self._replace(polynomial, index, *self.fraction(lower.expr))
                continue
            low = self._end(lower, domain.lower)
            high = self._end(upper, domain.upper)
            closed = lower.closed if lower else domain.lower_closed
            other = upper.closed if upper else domain.upper_closed
            polynomial, strict[index], free[index], lossy = self._slack(
                polynomial, index, low, high, closed, other
            )
            weak |= lossy
        for index in whole:
            if not polynomial.degrees()[index]:
                continue
            domain = self._domains[index]
            assert domain is not None
            low, high = self._end(None, domain.lower), self._end(None, domain.upper)
            polynomial, strict[index], free[index], lossy = self._slack(
                polynomial, index, low, high, domain.lower_closed, domain.upper_closed
            )
            weak |= lossy
        signs = self._coefficients(polynomial, strict, free)
        return signs | ZERO if weak and signs in (POSITIVE, NEGATIVE) else signs

    def _end(self, bound: Bound | None, number: Any) -> tuple[Any, Any] | None:
        if bound is not None:
            top, bottom = self.fraction(bound.expr)
            if not bottom.is_constant():
                signs = self.signs(bottom, ())
                if signs not in (NEGATIVE, POSITIVE):
                    raise TooLarge
                if signs == NEGATIVE:
                    top, bottom = -top, -bottom
            return top, bottom
        if number is None:
            return None
        return self._one * number.numerator, self._one * number.denominator

    def _slack(
        self,
        polynomial: Any,
        index: int,
        low: tuple[Any, Any] | None,
        high: tuple[Any, Any] | None,
        closed: bool,
        other: bool,
    ) -> tuple[Any, bool, bool, bool]:
        """Write a letter by a slack; says whether that is positive, free, and misses an end."""
        letter = self._generators[index]
        if low is None and high is None:
            return polynomial, False, True, False
        if high is None:
            assert low is not None
            n, d = low
            return self._replace(polynomial, index, n + d * letter, d), not closed, False, False
        if low is None:
            n, d = high
            return self._replace(polynomial, index, n - d * letter, d), not other, False, False
        (n, d), (m, e) = low, high
        if other and not closed:  # the slack 0 is the end that belongs to the domain
            n, d, m, e, closed, other = m, e, n, d, other, closed
        top = n * e + m * d * letter
        bottom = d * e * (1 + letter)
        return self._replace(polynomial, index, top, bottom), not closed, False, other

    def _replace(self, polynomial: Any, index: int, top: Any, bottom: Any) -> Any:
        """The numerator after a letter becomes ``top/bottom``, where bottom is positive."""
        degree = polynomial.degrees()[index]
        if degree <= 0:
            return polynomial
        parts = [self._one * 0 for _ in range(degree + 1)]
        for monomial, coefficient in polynomial.to_dict().items():
            power = monomial[index]
            rest = (*monomial[:index], 0, *monomial[index + 1 :])
            parts[power] += self._context.from_dict({rest: coefficient})
        result = parts[degree]
        scale = self._one
        for power in range(degree - 1, -1, -1):  # Horner, made homogeneous
            scale = scale * bottom
            result = result * top + parts[power] * scale
            self._check(result)
        return result

    def _coefficients(
        self, polynomial: Any, strict: list[bool], free: list[bool], depth: int = DEEPEST
    ) -> int:
        if polynomial.is_zero():
            return ZERO
        signs, definite = 0, False
        for monomial, coefficient in polynomial.to_dict().items():
            if any(free[i] and power % 2 for i, power in enumerate(monomial)):
                return self._square(polynomial, strict, free, depth)
            signs |= POSITIVE if coefficient > 0 else NEGATIVE
            if all(strict[i] for i, power in enumerate(monomial) if power):
                definite = True
        if signs == POSITIVE | NEGATIVE:
            return self._square(polynomial, strict, free, depth)
        return signs if definite else signs | ZERO

    def _square(self, polynomial: Any, strict: list[bool], free: list[bool], depth: int) -> int:
        """A quadratic in a free letter has the sign of its head if its discriminant is negative."""
        if depth == 0:
            return ANY
        degrees = polynomial.degrees()
        for index, degree in enumerate(degrees):
            if degree != 2:
                continue
            parts = list(self._parts(polynomial, index, 2))
            if len(parts[2]) * len(parts[0]) + len(parts[1]) ** 2 > LARGEST:
                continue
            head = self._coefficients(parts[2], strict, free, depth - 1)
            if head not in (POSITIVE, NEGATIVE):
                continue
            gap = 4 * parts[2] * parts[0] - parts[1] * parts[1]
            rest = self._coefficients(gap, strict, free, depth - 1)
            if rest | POSITIVE | ZERO == POSITIVE | ZERO:
                return head | (rest & ZERO)
        return ANY

    def _parts(self, polynomial: Any, index: int, degree: int) -> Iterator[Any]:
        terms = polynomial.to_dict()
        for wanted in range(degree + 1):
            yield self._context.from_dict(
                {
                    (*m[:index], 0, *m[index + 1 :]): c
                    for m, c in terms.items()
                    if m[index] == wanted
                }
            )
