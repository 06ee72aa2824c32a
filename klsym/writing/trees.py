"""Expressions as JSON data and back: lists that begin with the name of a head.

Nothing is evaluated as text: a head is looked up among those that the numerics and the normal form
know, and klsym's own.  Reading data back raises KlsymError ``no-evidence`` for anything else.

>>> from sympy import Symbol, log
>>> a = Symbol("a", positive=True)
>>> data = to_data(log(a) / 2)
>>> data
['Mul', ['Rational', '1/2'], ['log', ['Symbol', 'a', {'positive': True}]]]
>>> from_data(data) == log(a) / 2
True
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy
from sympy import S
from sympy.core.symbol import Str

from klsym.density import Density, Mixture, Product, Support
from klsym.equality.atoms import rules
from klsym.errors import KlsymError
from klsym.expectation import DensityAt, DivergenceValue, Expectation, IndexSum, Law
from klsym.numerics.reals import CONSTANTS, FUNCTIONS

MOST_NODES = 20_000
DEEPEST = 200
LARGEST_INTEGER = 4000
"""Digits of an integer; and an integer power of a number is no larger than that."""

LARGEST_ARGUMENT = 10_000
"""Of a function that is computed where its arguments are numbers."""

_OWN = (Expectation, DivergenceValue, DensityAt, IndexSum)
_PLAIN = (sympy.Add, sympy.Mul, sympy.Pow, sympy.Tuple, sympy.Piecewise)
_COSTING_NOTHING = frozenset((*_OWN, *_PLAIN, sympy.exp, sympy.log))
_ASSUMPTIONS = {"real", "positive", "negative", "nonnegative", "nonpositive", "integer"}
_NAMED = {
    "oo": S.Infinity,
    "-oo": S.NegativeInfinity,
    "true": sympy.true,
    "false": sympy.false,
    **{str(constant): constant for constant in CONSTANTS},
}


@lru_cache(maxsize=1)
def _heads() -> dict[str, Any]:
    known = rules()
    classes = {*FUNCTIONS, *known.values, *known.logarithms, *_OWN, *_PLAIN}
    return {head.__name__: head for head in classes}


def to_data(expr: Any) -> Any:
    """An expression as lists, texts and truth values; raises KlsymError for a head not known."""
    if expr.is_Rational:
        return ["Rational", str(expr)]
    for name, constant in _NAMED.items():
        if expr is constant:
            return ["Constant", name]
    if isinstance(expr, sympy.Symbol):
        return ["Symbol", expr.name, _assumptions(expr)]
    if isinstance(expr, Str):
        return ["Name", expr.name]
    if isinstance(expr, Law):
        return ["Law", _density_data(expr.density)]
    if isinstance(expr, sympy.functions.elementary.piecewise.ExprCondPair):
        return ["Tuple", *map(to_data, expr.args)]
    name = expr.func.__name__
    if name not in _heads():
        raise _refusal(f"evidence cannot hold {name}")
    return [name, *map(to_data, expr.args)]


def _assumptions(symbol: Any) -> dict[str, bool]:
    return {k: v for k, v in symbol._assumptions_orig.items() if v is not None}


def _density_data(density: Any) -> Any:
    if isinstance(density, Product):
        ends = [to_data(end) for end in (density.index, density.lower, density.upper)]
        return ["Product", density.name, density.label, *ends, _density_data(density.component)]
    if isinstance(density, Mixture):
        parts = [[to_data(weight), _density_data(part)] for weight, part in density.components]
        return ["Mixture", density.name, density.label, parts]
    support = density.support
    return [
        "Density",
        density.name,
        density.label,
        to_data(density.variate),
        to_data(support.lower),
        to_data(support.upper),
        support.discrete,
        to_data(density.expression),
        density.whole,
    ]


def from_data(data: Any) -> Any:
    """The expression that data stand for; raises KlsymError ``no-evidence`` for none."""
    left = [MOST_NODES]
    try:
        return _read(data, left, 0)
    except (ValueError, TypeError, AttributeError, ZeroDivisionError, IndexError) as error:
        raise _refusal(f"an expression cannot be built: {error}") from None


def _read(data: Any, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > DEEPEST:
        raise _refusal("an expression is too large")
    match data:
        case ["Rational", str(text)] if len(text) <= LARGEST_INTEGER:
            above, _, below = text.partition("/")
            return sympy.Rational(int(above), int(below or 1))
        case ["Constant", str(name)] if name in _NAMED:
            return _NAMED[name]
        case ["Symbol", str(name), dict(assumptions)]:
            if not all(key in _ASSUMPTIONS and value is True for key, value in assumptions.items()):
                raise _refusal(f"assumptions on {name} that klsym does not make")
            return sympy.Symbol(name, **assumptions)
        case ["Name", str(name)]:
            return Str(name)
        case ["Law", density]:
            return Law(_density(density, left, depth + 1))
        case [str(name), *rest] if name in _heads():
            args = [_read(part, left, depth + 1) for part in rest]
            head = _heads()[name]
            if head is sympy.Pow and all(arg.is_Rational for arg in args):
                _refuse_large(*args)
            if head not in _COSTING_NOTHING:
                _refuse_costly(name, args)
            if head is sympy.Piecewise:
                args = [tuple(arg) for arg in args]
            return head(*args)
    raise _refusal(f"an expression was expected, got {str(data)[:60]}")


def _density(data: Any, left: list[int], depth: int) -> Any:
    def one(part: Any) -> Any:
        return _read(part, left, depth + 1)

    match data:
        case ["Product", str(name), str(label), index, lower, upper, component]:
            inner = _density(component, left, depth + 1)
            return Product(inner, one(index), one(lower), one(upper), label, name)
        case ["Mixture", str(name), str(label), [_, *_] as parts]:
            found = tuple((one(w), _density(part, left, depth + 1)) for w, part in parts)
            return Mixture(found, label, name)
        case [
            "Density",
            str(name),
            str(label),
            x,
            lower,
            upper,
            bool(discrete),
            value,
            bool(whole),
        ]:
            support = Support(one(lower), one(upper), discrete)
            return Density(one(x), support, one(value), label, name, whole=whole)
    raise _refusal("a density was expected")


def _refuse_large(base: Any, exponent: Any) -> None:
    digits = len(str(base.p)) + len(str(base.q))
    if abs(exponent) * digits > LARGEST_INTEGER:
        raise _refusal("a power is too large")


def _refuse_costly(name: str, args: list[Any]) -> None:
    """sympy computes a factorial and its kin as soon as it is built."""
    if any(arg.is_Rational and abs(arg) > LARGEST_ARGUMENT for arg in args):
        raise _refusal(f"{name} of a number that is too large")


def _refusal(message: str) -> KlsymError:
    return KlsymError("no-evidence", message, help="make it anew: klsym check ... --evidence FILE")
