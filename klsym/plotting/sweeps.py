"""Pictures of a divergence along one of its parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy
from sympy import Rational, Symbol

from klsym.derivation import Derivation
from klsym.deriving import derivation_of
from klsym.errors import KlsymError, Span
from klsym.meaning import Request, read_point
from klsym.numerics.balls import Unsupported
from klsym.writing.plain import plain
from klsym.writing.plots import Curve, Picture

STEPS = 121
"""Points of a curve over a parameter."""

Array = Any


def swept(request: Request, at: str, sweep: str) -> Picture:
    """The divergence along a parameter, the others given."""
    import numpy as np

    name, low, high = _range(sweep)
    scope = request.scope
    symbol = next((s for s in scope.context.symbols if s.name == name), None)
    if symbol is None:
        known = ", ".join(scope.context.domains)
        raise _bad_sweep(sweep, f"there is no parameter {name}", f"the names are {known}")
    point = read_point(at, scope)
    missing = request.statement.free_symbols - set(point) - {symbol}
    if missing:
        told = ", ".join(sorted(s.name for s in missing))
        raise KlsymError("missing-value", f"no value is given for {told}", place="--at", text=at)
    derivation = derivation_of(request.statement, scope.context)
    if derivation.infinite:
        raise _bad_sweep(sweep, "the divergence is infinite", derivation.reason or "")
    values = np.linspace(low, high, STEPS)
    domain = scope.context.domains[name]
    inside = [domain.contains(_fraction(v)) for v in values]
    if not any(inside):
        raise _bad_sweep(sweep, f"the range lies outside the domain of {name}", str(domain))
    try:
        heights = _along(derivation, symbol, point, np.where(inside, values, np.nan))
    except Unsupported as unsupported:
        raise _bad_sweep(sweep, f"it cannot be drawn: {unsupported.reason}", "") from None
    if not np.isfinite(heights).any():
        told = derivation.reason or "it has no finite value there"
        raise _bad_sweep(sweep, "there is nothing to draw", told)
    others = ", ".join(f"{s.name} = {plain(v)}" for s, v in point.items())
    title = f"{request.statement_text}{f' at {others}' if others else ''}"
    label = f"{derivation.statement}"
    return Picture(title, sweep=Curve(values, heights, label), axis=name)


def _along(
    derivation: Derivation, symbol: Symbol, point: Mapping[Symbol, Rational], values: Array
) -> Array:
    """The divergence at values of one parameter; nan where it is infinite or was not found."""
    import numpy as np

    from klsym.floating import function_of

    known = dict(point)
    conditions = [c.xreplace(known) for c in derivation.conditions]
    function = function_of(derivation, (symbol,), point)
    heights = []
    for value in values:
        there = {symbol: Rational(repr(float(value)))} if np.isfinite(value) else {}
        holds = bool(there) and all(c.xreplace(there) is not sympy.false for c in conditions)
        heights.append(function([float(value)]) if holds else np.nan)
    found = np.array(heights)
    return np.where(np.isfinite(found), found, np.nan)


def _range(sweep: str) -> tuple[str, float, float]:
    number = r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*"
    found = re.fullmatch(rf"\s*\\?([A-Za-z]\w*)\s*={number}:{number}", sweep)
    if found is None:
        raise _bad_sweep(sweep, "expected name=low:high", "mu=-3:3")
    low, high = float(found[2]), float(found[3])
    if not low < high or high - low > 1e9:
        raise _bad_sweep(sweep, "expected low below high", "mu=-3:3")
    return found[1], low, high


def _bad_sweep(text: str, message: str, help: str) -> KlsymError:
    return KlsymError(
        "sweep", message, text=text, span=Span(0, len(text)), place="--sweep", help=help
    )


def _fraction(value: float) -> Any:
    return Fraction(float(value))
