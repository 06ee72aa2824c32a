"""Signs of sums of letters that relations between sums of letters tie together.

What a relation says itself is looked up.  That nothing can be said is seen as fast in two cases:
a letter of which no relation speaks may run through the whole line, and where only differences are
compared all letters may be moved together.  Everything between is left to the polynomials.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sympy import S

from klsym.canonical import product_of
from klsym.domain.interval import REAL, Domain
from klsym.domain.lattice import ANY, FLIP, NEGATIVE, POSITIVE, ZERO
from klsym.domain.linear import Form, form
from klsym.domain.ranges import excess

_SAID = {">": POSITIVE, ">=": POSITIVE | ZERO, "==": ZERO, "!=": POSITIVE | NEGATIVE}


class Ordered:
    """What the relations of a context say of sums of letters at first sight."""

    def __init__(self, relations: tuple[Any, ...], domain: Callable[[Any], Domain | None]) -> None:
        self._relations = relations
        self._domain = domain

    def signs(self, expr: Any) -> int | None:
        """A proved sign, or that every sign happens; None if it is not seen at once."""
        known = self._told.get(expr)
        if known in (NEGATIVE, ZERO, POSITIVE):
            return known
        letters = form(expr)
        if letters is None:
            return None
        if any(self._free(letter) and self._domain(letter) == REAL for letter in letters):
            return ANY
        together = sum(letters.values(), S.Zero) - letters.get(S.One, S.Zero)
        return ANY if together is not S.Zero and self._moves(letters) else None

    @cached_property
    def _told(self) -> dict[Any, int]:
        """What each relation says of the difference of its sides, and of its negative."""
        told: dict[Any, int] = {}
        for difference, sense in map(excess, self._relations):
            signs = told.get(difference, ANY) & _SAID[sense]
            told[difference] = signs
            told[product_of(S.NegativeOne, difference)] = FLIP[signs]
        return told

    @cached_property
    def _spoken_of(self) -> list[tuple[set[Any], Form | None]]:
        """The letters of each relation, and their numbers in the difference of its sides."""
        return [(relation.free_symbols, form(excess(relation)[0])) for relation in self._relations]

    def _free(self, letter: Any) -> bool:
        """Whether no relation speaks of a letter."""
        return letter.is_Symbol and not any(letter in symbols for symbols, _ in self._spoken_of)

    def _moves(self, letters: Form) -> bool:
        """Whether these letters and all that relations tie to them can be moved together."""
        tied = {letter for letter in letters if letter.is_Symbol}
        left = list(self._spoken_of)
        while reached := [each for each in left if each[0] & tied]:
            for symbols, numbers in reached:
                if numbers is None or S.One in numbers or sum(numbers.values(), S.Zero) != 0:
                    return False
                tied |= symbols
            left = [each for each in left if each not in reached]
        return all(self._domain(letter) == REAL for letter in tied)
