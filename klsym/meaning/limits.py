r"""Values at points: ``\left. F \right|_a^b`` and ``\lim_{x \to a} F``.

A value at a point is found by substitution; where that gives none, as at infinity, a limit is
taken by the order of growth; else by sympy, if numbers approach it, and no verdict rests on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy

from klsym.domain import Context
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue, Expectation
from klsym.meaning.growth import limit_by_growth
from klsym.meaning.setting import variate
from klsym.syntax.tree import Evaluated, Limit
from klsym.syntax.walk import names

if TYPE_CHECKING:
    from klsym.meaning.heads import Heads

VARIABLES = ("x", "t", "z", "y", "u", "s", "w", "v", "r")
"""Letters a bar is taken to speak of where it names none, the first choice first."""

_STEPS = (3, 6, 9)
_NEAR = 1e-6
_POINTS = 2


def letter_of(node: Evaluated) -> str:
    """The variable of a bar: the one it names, the only one there is, or the likeliest."""
    if node.variable is not None:
        return node.variable.name
    found = {name.name for name in names(node.body)} - {"e", "pi", "oo"}
    if len(found) == 1:
        return found.pop()
    likely = [name for name in VARIABLES if name in found]
    if len(likely) != 1:
        raise KlsymError(
            "variable",
            "this bar does not say of which variable it gives the points",
            span=node.span,
            help=r"such as \Big|_{x=0}^{1}",
        )
    return likely[0]


def value_between(heads: Heads, node: Evaluated) -> Any:
    """The value of a bar or a bracket with points; raises KlsymError where it has none."""
    letter = letter_of(node)
    ends = [heads.scalar(end) for end in (node.lower, node.upper) if end is not None]
    context = heads.setting.context
    symbol = sympy.Symbol(letter, real=True)
    if len(ends) == 2:
        lower, upper = reversed(ends) if context.holds(ends[1] < ends[0]) else ends
        symbol = variate(letter, lower, upper, False, context)
    body = _body(heads, node, letter, symbol, ends)
    sides = ("",) if len(ends) == 1 else ("+", "-")
    values = [
        _at(heads, body, symbol, end, side, node.span)
        for end, side in zip(ends, sides, strict=True)
    ]
    if any(value.has(sympy.oo, sympy.zoo, sympy.nan) for value in values):
        raise KlsymError(
            "undefined",
            "this has no finite value at one of the points",
            span=node.span,
            help="every part of a formula needs a finite value",
        )
    return values[-1] - values[0] if len(values) == 2 else values[0]


def limit(heads: Heads, node: Limit) -> Any:
    """The value of a limit; raises KlsymError where none is found."""
    point = heads.scalar(node.point)
    letter = node.variable.name
    positive = point == sympy.oo or (point == 0 and node.side == "+")
    symbol = sympy.Symbol(letter, **({"positive": True} if positive else {"real": True}))
    body = _body(heads, node, letter, symbol, [])
    if symbol not in body.free_symbols:
        return body
    return _limit(heads, body, symbol, point, node.side, node.span)


def _body(heads: Heads, node: Evaluated | Limit, letter: str, symbol: Any, ends: list[Any]) -> Any:
    """The expression over its bound variable; what may have no value is remembered at the ends."""
    before = dict(heads.parts)
    with heads.binding({letter: symbol}):
        body = heads.scalar(node.body)
    if body.has(Expectation, DivergenceValue):
        raise heads.unsupported("a divergence or a mean taken at a point", node)
    found = [part for part in heads.parts if part not in before]
    heads.parts = before
    for part in found:
        if symbol not in part.free_symbols:
            heads.parts[part] = None
        for end in ends:
            if not end.has(sympy.oo):
                heads.parts[part.xreplace({symbol: end})] = None
    return body


def _at(heads: Heads, body: Any, symbol: Any, point: Any, side: str, span: Span) -> Any:
    value = body if point.has(sympy.oo) else body.xreplace({symbol: point})
    defined = not value.has(sympy.nan, sympy.zoo, sympy.oo)
    if symbol not in value.free_symbols and defined:
        return value
    return _limit(heads, body, symbol, point, side, span)


def _limit(heads: Heads, body: Any, symbol: Any, point: Any, side: str, span: Span) -> Any:
    failure = KlsymError(
        "unsupported",
        "this limit is none that klsym can take",
        span=span,
        help="write its value instead",
    )
    infinite = point.has(sympy.oo)
    above = side == "+"
    if infinite or above:
        grown = limit_by_growth(body, symbol, point, heads.setting.context)
        if grown is not None:
            return grown
    try:
        value = sympy.limit(body, symbol, point, "+" if infinite else side or "+-")
    except (NotImplementedError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        raise failure from None
    if value.has(sympy.Limit, sympy.AccumBounds, symbol, sympy.nan, sympy.zoo):
        raise failure
    if not _approached(body, symbol, point, side, value, heads.setting.context):
        raise failure
    heads.setting.trust(f"the limit as {symbol} goes to {point}")
    return value


def _approached(
    body: Any, symbol: Any, point: Any, side: str, value: Any, context: Context
) -> bool:
    """Whether numbers come nearer to the limit, at some points of the domain."""
    tried = 0
    for at in context.small_points():
        free = (body.free_symbols | point.free_symbols) - {symbol}
        inner = {s: at[s] for s in free if s in at}
        target, end = value.xreplace(inner), point.xreplace(inner)
        ways = [1, -1] if not side and not end.has(sympy.oo) else [-1 if side == "-" else 1]
        for way in ways:
            distances = []
            for step in _STEPS:
                near = sympy.Integer(10) ** step
                x = near * sympy.sign(end) if end.has(sympy.oo) else end + way / near
                reached = body.xreplace(inner).evalf(30, subs={symbol: x})
                gap = 1 / sympy.Abs(reached) if target.has(sympy.oo) else reached - target
                distances.append(abs(complex(sympy.N(gap))))
            falling = distances[0] > distances[1] > distances[2]
            if not (falling or max(distances) < _NEAR):
                return False
        tried += 1
        if tried == _POINTS or not inner:
            return True
    return tried > 0
