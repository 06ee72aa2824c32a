"""Signs of rational functions: which factors of numerator and denominator have which sign.

Each irreducible factor is looked up among what the relations say, tried under every chart of
:mod:`klsym.domain.ring`, and at last as a relation's polynomial plus something of the same sign.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sympy

from klsym.domain.interval import Domain
from klsym.domain.lattice import ANY, FLIP, NEGATIVE, POSITIVE, UNKNOWN, ZERO, product
from klsym.domain.ranges import Bound, bounds, excess, ranges
from klsym.domain.ring import LARGEST, Ring, TooLarge

if TYPE_CHECKING:
    from klsym.domain.context import Context


Known = dict[Any, tuple[Any, int]]
"""What relations say of polynomials: each under its key, with what can happen to it."""


def _key(polynomial: Any) -> Any:
    return frozenset(polynomial.to_dict().items())


class Polynomials:
    """The polynomial proofs of one context.

    ``signs`` gives what is known of a part that is not rational, ``range`` an interval for it.
    """

    def __init__(
        self,
        context: Context,
        signs: Callable[[Any], int],
        interval: Callable[[Any], Domain | None],
    ) -> None:
        self._context = context
        self._signs = signs
        self._interval = interval

    @cached_property
    def bounds(self) -> tuple[Bound, ...]:
        """The relations, solved for each symbol in which they are linear."""
        if not self._context.relations:
            return ()
        from klsym.domain.context import Context

        return tuple(bounds(self._context, Context(self._context.domains).sign))

    @cached_property
    def ranges(self) -> dict[Any, Domain]:
        """The domains of the symbols, narrowed by relations with numbers."""
        return ranges(self._context, self.bounds)

    @cached_property
    def _charts(self) -> tuple[tuple[tuple[Any, Bound | None, Bound | None], ...], ...]:
        """Ways to write the symbols by slacks, each of them covering the whole domain."""
        usable = [b for b in self.bounds if not b.expr.is_Rational]
        charts = []
        from_below = sorted(usable, key=lambda bound: -bound.side)
        for order in (usable, usable[::-1], from_below):
            chosen: dict[Any, dict[int, Bound]] = {}
            needs: dict[Any, set[Any]] = {}
            used: set[Any] = set()
            for bound in sorted(order, key=lambda b: not self._lossless(b)):
                sides = chosen.setdefault(bound.symbol, {})
                if bound.relation in used or bound.side in sides or 0 in sides:
                    continue
                if bound.side == 0 and sides:
                    continue
                if any(self._reaches(needs, s, bound.symbol) for s in bound.expr.free_symbols):
                    continue
                sides[bound.side] = bound
                used.add(bound.relation)
                needs.setdefault(bound.symbol, set()).update(bound.expr.free_symbols)
            sequence: list[Any] = []
            for symbol in needs:
                self._place(symbol, needs, sequence)
            chart = tuple(
                (s, chosen[s].get(1, chosen[s].get(0)), chosen[s].get(-1, chosen[s].get(0)))
                for s in reversed(sequence)
                if chosen.get(s)
            )
            if chart not in charts:
                charts.append(chart)
        return tuple(charts)

    def _lossless(self, bound: Bound) -> bool:
        """Whether the bound says at least as much as the symbol's own domain on that side."""
        from klsym.domain.context import Context, domain_of

        domain = self.ranges.get(bound.symbol) or domain_of(bound.symbol)
        if domain is None or bound.side == 0:
            return bound.side == 0
        end = domain.lower if bound.side > 0 else domain.upper
        if end is None:
            return True
        gap = bound.side * (bound.expr - sympy.Rational(end.numerator, end.denominator))
        return Context(self._context.domains).nonnegative(gap)

    def _reaches(self, needs: dict[Any, set[Any]], start: Any, goal: Any) -> bool:
        return start == goal or any(self._reaches(needs, s, goal) for s in needs.get(start, ()))

    def _place(self, symbol: Any, needs: dict[Any, set[Any]], sequence: list[Any]) -> None:
        if symbol not in sequence:
            for other in sorted(needs.get(symbol, ()), key=str):
                self._place(other, needs, sequence)
            sequence.append(symbol)

    def signs(self, expr: Any) -> int:
        """What can happen to ``expr``, by its numerator and its denominator."""
        if self._context.relations:
            # A relation may hold a power of ``expr`` itself, whose sign would need this one.
            plain = self._unrelated.sign(expr)
            if plain is not None:
                return {1: POSITIVE, 0: ZERO, -1: NEGATIVE}[plain]
            if not self._concerned(expr):
                return self._unrelated.possible(expr) & ANY
        try:
            ring = Ring(self._interval, self.ranges, (expr, *self._boundaries(expr)))
            numerator, denominator = ring.fraction(expr)
            known = self._known(ring)
            result = product(
                self._polynomial(numerator, ring, known), self._polynomial(denominator, ring, known)
            )
        except (TooLarge, ZeroDivisionError):
            return UNKNOWN
        return result & ANY

    @cached_property
    def _excesses(self) -> list[tuple[Any, str]]:
        """What each relation compares with zero, and how."""
        return [excess(relation) for relation in self._context.relations]

    @cached_property
    def _unrelated(self) -> Context:
        """The same symbols without the relations."""
        from klsym.domain.context import Context

        return Context(self._context.domains)

    def _concerned(self, expr: Any) -> bool:
        """Whether any relation speaks of a symbol of ``expr``, or of one beside it in another."""
        symbols = set(expr.free_symbols)
        return any(symbols & relation.free_symbols for relation in self._context.relations)

    def _boundaries(self, expr: Any) -> list[Any]:
        return [expr for expr, _ in self._excesses]

    def _known(self, ring: Ring) -> Known:
        """What the relations say of their own irreducible factors."""
        known: Known = {}
        for expr, sense in self._excesses:
            try:
                numerator, denominator = ring.fraction(expr)
            except TooLarge:
                continue
            signs = {">": POSITIVE, ">=": POSITIVE | ZERO, "==": ZERO}.get(
                sense, POSITIVE | NEGATIVE
            )
            signs = product(signs, self._polynomial(denominator, ring, {}))
            content, factors = numerator.factor()
            if content < 0:
                signs = FLIP[signs]
            open_factors = []
            for factor, power in factors:
                one = self._irreducible(factor, ring, known)
                if power % 2 and one not in (POSITIVE, NEGATIVE):
                    open_factors.append(factor)
                elif power % 2 and one == NEGATIVE:
                    signs = FLIP[signs]
            if len(open_factors) == 1:
                self._learn(known, open_factors[0], signs)
            elif not signs & ZERO:
                for factor in open_factors:
                    self._learn(known, factor, ANY & ~ZERO)
        return known

    def _learn(self, known: Known, factor: Any, signs: int) -> None:
        key = _key(factor)
        known[key] = (factor, known[key][1] & signs if key in known else signs)

    def _polynomial(self, polynomial: Any, ring: Ring, known: Known) -> int:
        if polynomial.is_zero():
            return ZERO
        if len(polynomial) > LARGEST:
            raise TooLarge
        content, factors = polynomial.factor()
        signs = POSITIVE if content > 0 else NEGATIVE
        for factor, power in factors:
            one = self._irreducible(factor, ring, known)
            if power % 2 == 0 and one & NEGATIVE:
                one = (one & ~NEGATIVE) | POSITIVE
            signs = product(signs, one)
        return signs

    def _irreducible(self, factor: Any, ring: Ring, known: Known) -> int:
        signs = known[_key(factor)][1] if known and _key(factor) in known else ANY
        for chart in self._charts:
            if signs in (NEGATIVE, ZERO, POSITIVE):
                break
            signs &= ring.signs(factor, chart)
        if signs == ANY:
            signs &= self._beside(factor, ring, known)
        return signs

    def _beside(self, factor: Any, ring: Ring, known: Known) -> int:
        """A factor that is a multiple of what a relation knows, plus something of that sign."""
        for other, signs in known.values():
            if signs & NEGATIVE and signs & POSITIVE:
                continue
            terms = factor.to_dict()
            for monomial, coefficient in list(other.to_dict().items())[:6]:
                if monomial not in terms:
                    continue
                ratio = terms[monomial] / coefficient
                rest = ring.signs(factor - ratio * other, ())
                multiple = signs if ratio > 0 else FLIP[signs]
                if multiple | rest | POSITIVE | ZERO == POSITIVE | ZERO:
                    return POSITIVE | (multiple & rest & ZERO)
                if multiple | rest | NEGATIVE | ZERO == NEGATIVE | ZERO:
                    return NEGATIVE | (multiple & rest & ZERO)
        return ANY
