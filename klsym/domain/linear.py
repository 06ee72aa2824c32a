"""Signs of sums of multiples of letters, from the ends of the letters' intervals.

Where no relation ties them together each letter runs through its interval by itself, so the sum
runs from the sum of the lower ends to that of the upper ones, and nothing finer can be said.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from sympy import S

from klsym.canonical import counted
from klsym.domain.interval import Domain
from klsym.domain.lattice import ANY, ends_tell

Form = dict[Any, Any]
"""A sum of multiples of letters: the number of each, that of 1 being what stands alone."""


def form(expr: Any) -> Form | None:
    """A sum as the numbers of its letters; None if something else stands in it."""
    found = {}
    for term in expr.args if expr.is_Add else (expr,):
        number, letter = counted(term)
        if not (letter.is_Symbol or letter is S.One):
            return None
        found[letter] = number
    return found


def of_sum(expr: Any, domain: Callable[[Any], Domain | None]) -> int | None:
    """What can happen to a sum; None if a term is no multiple of a letter with an interval.

    >>> from sympy import symbols
    >>> from klsym.domain import POSITIVE, UNIT
    >>> a, b = symbols("a b")
    >>> of_sum(1 - a, {a: UNIT}.get), of_sum(a - b, {a: UNIT, b: POSITIVE}.get)
    (4, 7)
    """
    low: Any = 0
    high: Any = 0
    low_closed = high_closed = True
    for term in expr.args:
        if term.is_Rational:
            number = int(term.p) if term.q == 1 else Fraction(int(term.p), int(term.q))
            low = None if low is None else low + number
            high = None if high is None else high + number
            continue
        count, letter = counted(term)
        interval = domain(letter) if letter.is_Symbol else None
        if interval is None:
            return None
        lower, upper = interval.lower, interval.upper
        closed, other = interval.lower_closed, interval.upper_closed
        if count.p < 0:
            lower, upper, closed, other = upper, lower, other, closed
        low_closed, high_closed = low_closed and closed, high_closed and other
        low = _moved(low, count, lower)
        high = _moved(high, count, upper)
    if low is None and high is None:
        return ANY
    return ends_tell(low, high, low_closed, high_closed)


def _moved(total: Any, count: Any, end: Fraction | None) -> Any:
    """A sum of ends with one more, ``count`` times as far from zero; None if it is infinite."""
    if total is None or end is None:
        return None
    return total + end * Fraction(int(count.p), int(count.q)) if end else total
