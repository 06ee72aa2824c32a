"""Signs: proofs that an expression is positive, negative or zero on the whole of a Context.

The structure is tried first (a sum of positive things is positive, an even power is not
negative); what it leaves open goes to :mod:`klsym.domain.polynomials`.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy
from sympy import S

from klsym.canonical import product_of, sum_of
from klsym.canonical.making import INFINITE
from klsym.domain.context import domain_of, symbol_in
from klsym.domain.functions import INCREASING, of_constant, of_function
from klsym.domain.interval import NEGATIVE as BELOW_ZERO
from klsym.domain.interval import NONNEGATIVE, REAL, Domain
from klsym.domain.interval import POSITIVE as ABOVE_ZERO
from klsym.domain.lattice import (
    ANY,
    NEGATIVE,
    POSITIVE,
    UNDEFINED,
    UNKNOWN,
    ZERO,
    product,
    signs_of,
    total,
)
from klsym.domain.linear import of_sum
from klsym.domain.ordered import Ordered
from klsym.domain.polynomials import Polynomials

if TYPE_CHECKING:
    from klsym.domain.context import Context

_PROVED = (NEGATIVE, ZERO, POSITIVE)
_WANTED = {
    sympy.StrictGreaterThan: POSITIVE,
    sympy.GreaterThan: POSITIVE | ZERO,
    sympy.StrictLessThan: NEGATIVE,
    sympy.LessThan: NEGATIVE | ZERO,
    sympy.Equality: ZERO,
    sympy.Unequality: POSITIVE | NEGATIVE,
}


class Signs:
    """All that was found out about the expressions of one context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._memo: dict[Any, int] = {}
        self._open: dict[Any, int] = {}
        self._outermost = math.inf
        self._polynomials = Polynomials(context, self.of, self.interval)
        self._ordered = Ordered(context.relations, self.domain)

    def of(self, expr: Any) -> int:
        """The set of things that can happen to ``expr``; several bits are no proof."""
        known = self._memo.get(expr)
        if known is not None:
            return known
        depth = self._open.get(expr)
        if depth is not None:  # a proof that needs itself is none
            self._outermost = min(self._outermost, depth)
            return UNKNOWN
        depth = self._open[expr] = len(self._open)
        try:
            found = self._find(expr)
        finally:
            del self._open[expr]
        if self._outermost >= depth:  # otherwise it says less than it might asked by itself
            self._memo[expr] = found
            self._outermost = math.inf
        return found

    def holds(self, relation: Any) -> bool | None:
        """True if proved, False if the contrary is proved, None otherwise."""
        if relation is sympy.true or relation is sympy.false:
            return relation is sympy.true
        if relation in self.context.relations:
            return True
        wanted = _WANTED.get(type(relation))
        if wanted is None:
            return None
        left, right = relation.args
        signs = self.of(sum_of(left, product_of(S.NegativeOne, right)))
        if signs & UNDEFINED:
            return None
        if signs | wanted == wanted:
            return True
        return None if signs & wanted else False

    def domain(self, symbol: Any) -> Domain | None:
        """The domain of a symbol; its assumptions tell that of one that is not declared."""
        declared = self.context.domains.get(symbol.name)
        if declared is not None and symbol_in(symbol.name, declared) == symbol:
            if self.context.relations:
                return self._polynomials.ranges.get(symbol, declared)
            return declared
        return domain_of(symbol)

    def interval(self, expr: Any) -> Domain | None:
        """An interval in which the values of a symbol or of a function lie."""
        if expr.is_Symbol:
            return self.domain(expr)
        if not expr.free_symbols:
            return _enclosed(expr)
        if isinstance(expr, sympy.exp) and self.of(expr.args[0]) == POSITIVE:
            return Domain(lower=Fraction(1))
        if isinstance(expr, (sympy.sin, sympy.cos)):
            return Domain(Fraction(-1), Fraction(1), True, True)
        if isinstance(expr, (sympy.erf, sympy.tanh)) and not self.of(expr) & UNDEFINED:
            return Domain(Fraction(-1), Fraction(1))
        signs = self.of(expr)
        for domain in (ABOVE_ZERO, NONNEGATIVE, BELOW_ZERO, REAL):
            if signs | signs_of(domain) == signs_of(domain):
                return domain
        return None

    def _find(self, expr: Any) -> int:
        related = self.context.relations
        if expr.is_Symbol and not related:
            return self._structure(expr)
        told = of_sum(expr, self.domain) if expr.is_Add else None
        if told is not None and (told in _PROVED or not related):
            return told
        if related and (told is not None or expr.is_Symbol):
            seen = self._ordered.signs(expr)
            if seen is not None:
                return seen
        signs = self._structure(expr)
        if not (expr.is_Add or ((expr.is_Mul or expr.is_Symbol) and signs & ANY == ANY)):
            return signs
        if signs & ANY in _PROVED or (signs == UNKNOWN and not expr.is_Mul):
            return signs
        if not expr.free_symbols:
            return of_constant(expr)
        return signs & (self._polynomials.signs(expr) | UNDEFINED)

    def _structure(self, expr: Any) -> int:
        if expr.is_Symbol:
            domain = self.domain(expr)
            return UNKNOWN if domain is None else signs_of(domain)
        if expr.is_Rational:
            return POSITIVE if expr.p > 0 else NEGATIVE if expr.p < 0 else ZERO
        if expr.__class__ in INFINITE:
            return UNKNOWN
        if expr.is_Mul:
            signs = POSITIVE
            for factor in expr.args:
                signs = product(signs, self.of(factor))
            return signs
        if expr.is_Add:
            signs = ZERO
            for term in expr.args:
                signs = total(signs, self.of(term))
                if signs & UNDEFINED:
                    return UNKNOWN
            return self._increasing(expr, self._powers(expr, self._logarithms(expr, signs)))
        if expr.is_Pow or type(expr) is sympy.exp:
            return self._power(*(expr.args if expr.is_Pow else (S.Exp1, expr.args[0])))
        return of_function(expr, self.of)

    def _logarithms(self, expr: Any, signs: int) -> int:
        """A sum of logs has the sign of the product of what they take, less one."""
        if signs & ANY != ANY or len(expr.args) > 6:
            return signs
        inside = S.One
        for term in expr.args:
            coefficient, rest = term.as_coeff_Mul()
            if not isinstance(rest, sympy.log) or abs(coefficient) > 8:
                return signs
            inside *= rest.args[0] ** coefficient
        return signs & (self.of(inside - 1) | UNDEFINED)

    def _powers(self, expr: Any, signs: int) -> int:
        """``f**c - g**c`` has the sign of f - g, for positive f, g and c."""
        if signs & ANY != ANY or len(expr.args) != 2:
            return signs
        if not any(map(_has_power, expr.args)):
            return signs
        minus, plus = sorted(expr.args, key=lambda term: term.as_coeff_Mul()[0].is_nonnegative)
        (f, c), (g, d) = plus.as_base_exp(), (-minus).as_base_exp()
        exponent = d if f == 1 else c
        if (g if f == 1 else f).is_Number or (c != d and 1 not in (f, g)) or exponent == 1:
            return signs
        if any(self.of(each) != POSITIVE for each in (f, g, exponent)):
            return signs
        return signs & (self.of(f - g) | UNDEFINED)

    def _increasing(self, expr: Any, signs: int) -> int:
        """``f(a) - f(b)`` has the sign of a - b, ``f(a) + f(b)`` of a + b; f is odd."""
        if signs & ANY != ANY or len(expr.args) != 2:
            return signs
        (c, left), (d, right) = (term.as_coeff_Mul() for term in expr.args)
        if left.func != right.func or left.func not in INCREASING or abs(c) != abs(d):
            return signs
        return signs & (self.of(sympy.sign(c) * left.args[0] + sympy.sign(d) * right.args[0]))

    def _power(self, base: Any, exponent: Any) -> int:
        signs = POSITIVE if base is S.Exp1 else self.of(base)
        if signs == POSITIVE and not self._structure(exponent) & UNDEFINED:
            return POSITIVE
        power = self.of(exponent)
        if power & UNDEFINED:
            return UNKNOWN
        if exponent.is_Integer:
            if signs & ZERO and exponent.p < 0:
                signs = (signs & ~ZERO) | UNDEFINED
            if exponent.p % 2 == 0 and signs & NEGATIVE:
                signs = (signs & ~NEGATIVE) | POSITIVE
            return signs
        if signs == POSITIVE:
            return POSITIVE
        if signs & (UNDEFINED | NEGATIVE):
            return UNKNOWN
        return signs if power == POSITIVE else UNKNOWN


def _has_power(term: Any) -> bool:
    """Whether a term is a power or has one as a factor."""
    if term.is_Mul:
        return any(map(_has_power, term.args))
    return bool(term.is_Pow or type(term) is sympy.exp)


def _enclosed(expr: Any) -> Domain | None:
    """A narrow interval around a real constant, from its first digits."""
    value = expr.evalf(30)
    if not value.is_Float:
        return None
    middle = Fraction(int(value.p), int(value.q)) if value.is_Rational else None
    if middle is None:
        rational = sympy.Rational(value)
        middle = Fraction(int(rational.p), int(rational.q))
    radius = max(abs(middle), Fraction(1, 10**20)) / 10**20
    return Domain(middle - radius, middle + radius)
