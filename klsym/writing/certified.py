"""Simple points with the certified value of a statement at each, for a test of its closed form."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from klsym.derivation import is_infinite
from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import decimal, enclose

DIGITS = 15
"""Of a certified value."""
POINTS = 3
CANDIDATES = 60
SMALLEST, LARGEST = 1e-3, 1e4
"""Between these lies a value that a test with a relative tolerance is fair to."""

Point = dict[Any, Any]


def certified_points(
    definition: Any, closed: Any, context: Context, symbols: Sequence[Any]
) -> tuple[list[tuple[Point, str]], str]:
    """Points with the value at each, as Python's text, and a sentence on where it comes from.

    The values are enclosed from the definition, or from the closed form where that cannot be.
    Raises KlsymError ``no-python`` where there is neither.
    """
    if is_infinite(closed):
        value = "-np.inf" if closed.is_negative else "np.inf"
        points = _candidates(context, symbols)[:POINTS]
        return [(point, value) for point in points], "It is infinite everywhere."
    points = _fair(closed, context, symbols)
    if not points:
        raise KlsymError(
            "no-python",
            "no point was found at which the value of the closed form can be certified",
            help="take --format text",
        )
    try:
        found, source = _values(definition, points), "definition"
    except Unsupported:
        found, source = _values(closed, points), "closed form"
    return found, f"Values enclosed from the {source}, all of whose digits are right."


def _values(expr: Any, points: Sequence[Point]) -> list[tuple[Point, str]]:
    return [(point, decimal(enclose(expr, point, DIGITS), DIGITS)) for point in points]


def _candidates(context: Context, symbols: Sequence[Any]) -> list[Point]:
    """Points of simple numbers, those with many different numbers first."""
    if not symbols:
        return [{}]
    points = list(islice(context.small_points(), CANDIDATES))
    return sorted(points, key=lambda point: -len({abs(point[symbol]) for symbol in symbols}))


def _fair(closed: Any, context: Context, symbols: Sequence[Any]) -> list[Point]:
    """A few points at which the value is neither tiny nor huge, and differs."""
    found: dict[str, Point] = {}
    for point in _candidates(context, symbols):
        try:
            value = enclose(closed, point, DIGITS)
        except Unsupported:
            continue
        if SMALLEST < abs(float(value)) < LARGEST:
            found.setdefault(decimal(value, 6), point)
        if len(found) == POINTS:
            break
    return list(found.values())
