"""Remainder: in what two expressions differ, where that is free of some of the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import sympy

from klsym.diagnoses.values import same
from klsym.expectation import DivergenceValue, Expectation, IndexSum
from klsym.numerics.balls import exact

if TYPE_CHECKING:
    from klsym.diagnoses.slip import Claim


@dataclass(frozen=True)
class Remainder:
    """An expression, and the names of the parameters that it turned out not to depend on."""

    value: Any
    free: tuple[str, ...]


def difference(claim: Claim) -> Remainder | None:
    """What the formula lacks, written without the parameters that this does not depend on.

    None if it depends on all, or cannot be had.  What it does not depend on is seen at a few
    points, so this is a guess to be proved.
    """
    closed, value = claim.closed_form, claim.value
    if not is_plain(closed) or not is_plain(value):
        return None
    found = _without(claim, closed - value)
    if found is None or not found.value.free_symbols:
        return found
    # The terms that were derived without these parameters read better than what is left of all.
    names = {s for s in closed.free_symbols | value.free_symbols if s.name in found.free}
    sides = [sympy.expand_log(sympy.expand(side)) for side in (closed, value)]
    first, second = (_terms_free_of(side, names) for side in sides)
    shorter = first - second
    rest = claim.values.of_expression(closed - value)
    if same(claim.values.of_expression(shorter), rest):
        return Remainder(shorter, found.free)
    return found


def ratio(claim: Claim) -> Remainder | None:
    """What the formula is to be multiplied by, likewise."""
    if not is_plain(claim.closed_form) or not is_plain(claim.value) or claim.value == 0:
        return None
    return _without(claim, claim.closed_form / claim.value)


def is_plain(value: Any) -> bool:
    """Whether a value is an expression without means, sums over components and infinities."""
    heads = (Expectation, DivergenceValue, IndexSum, sympy.nan, sympy.zoo, sympy.oo)
    return isinstance(value, sympy.Expr) and not value.has(*heads)


def _without(claim: Claim, value: Any) -> Remainder | None:
    before = claim.values.of_expression(value)
    simple: dict[Any, Any] = {}
    for symbol in sorted(value.free_symbols, key=str):
        number = _simple(claim, symbol)
        if number is not None:
            changed = {s.name: exact(n) for s, n in {**simple, symbol: number}.items()}
            if same(claim.values.of_expression(value, changed), before):
                simple[symbol] = number
    value = value.xreplace(simple)
    every = claim.closed_form.free_symbols | claim.value.free_symbols
    free = sorted(s.name for s in every - value.free_symbols)
    return Remainder(sympy.expand_log(sympy.expand(value)), tuple(free)) if free else None


def _terms_free_of(value: Any, names: set[Any]) -> Any:
    terms = sympy.Add.make_args(value)
    return sympy.Add(*(term for term in terms if not term.free_symbols & names))


def _simple(claim: Claim, symbol: Any) -> Any:
    """A value for a symbol that makes what it does not matter to short."""
    domain = claim.context.domains.get(symbol.name)
    if domain is None:
        return None
    for value in (1, 0, sympy.Rational(1, 2), 2, -1):
        if domain.contains(Fraction(str(value))):
            return sympy.Rational(value)
    return None
