r"""Sums over components of any number: reduced to an equality without sums, and back.

Every side is R + sum over j of B(x_j), where R does not depend on the components x_j, as a sum is
linear.  Two such sides are equal for every number J of components and all of their values if and
only if R + J*B(x) is the same for both and all x: if it is, the difference of the summands is the
same for all x, minus the difference of the R over J; if it is not, two components show it.  Where
the index stands in a summand itself, the summands must be equal, and what is left of the sides.

>>> from sympy import Integer, Symbol, log
>>> from klsym.domain import NATURAL, POSITIVE, Context
>>> from klsym.equality.prove import prove
>>> context = Context().declare("J", NATURAL).declare("sigma_j", POSITIVE)
>>> J, s = context.symbols
>>> def total(body):
...     return IndexSum(body, Symbol("j", integer=True), Integer(1), J)
>>> prove(total(log(s**2) + 1), J + 2 * total(log(s)), context)
Proof(rules=('sums by their summands', 'log of a power'))
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy
from sympy import S

from klsym.domain import INTEGER, REAL, Context
from klsym.equality.components import counts, instance, is_sum
from klsym.expectation import IndexSum

BY_SUMMANDS = "sums by their summands"

Goal = tuple[Any, Any, Context]
"""Two sides without sums that are to be proved equal on a context."""


def goals(left: Any, right: Any, context: Context) -> list[Goal] | str:
    """What is to be proved instead of an equality of sides with sums, or why nothing will do."""
    if not counts(left, right):
        # A range of numbers: the sums can be written out.
        found = instance((left, right), context, {})
        if found is None:
            return "a sum is too long to be written out"
        return [(*found.values, found.context)]
    sides = [_split(side) for side in (left, right)]
    if any(side is None for side in sides):
        return _as_unknowns(left, right, context)
    bound = {s.name for one in left.atoms(IndexSum) | right.atoms(IndexSum) for s in one.components}
    if not bound <= context.domains.keys():
        return f"{min(bound - context.domains.keys())} is not declared"
    ranges = list(dict.fromkeys(_range(one) for side in sides if side for _, one in side[1]))
    wider, fresh = _fresh(context, ranges, left, right)
    rests = [side[0] for side in sides if side is not None]
    summands = [_summands(side[1], fresh) for side in sides if side is not None]
    if any(key[0] in body.free_symbols for part in summands for key, body in part.items()):
        return [
            (rests[0], rests[1], wider),
            *(_summand_goal(summands, key, wider) for key in ranges),
        ]
    whole = [
        rest + sympy.Add(*((key[2] - key[1] + 1) * body for key, body in part.items()))
        for rest, part in zip(rests, summands, strict=True)
    ]
    return [(whole[0], whole[1], wider)]


def _as_unknowns(left: Any, right: Any, context: Context) -> list[Goal] | str:
    """Sums inside functions, as numbers of which nothing else is known."""
    wider, names = context, {}
    for number, one in enumerate(sorted(left.atoms(IndexSum) | right.atoms(IndexSum), key=str)):
        if is_sum(one.body) or not context.real(one.body):
            return "a sum over components stands inside a function"
        wider = wider.declare(f"sum@{number}", REAL)
        names[one] = wider.symbol(f"sum@{number}")
    return [(left.xreplace(names), right.xreplace(names), wider)]


def _summand_goal(summands: list[dict[Any, Any]], key: Any, context: Context) -> Goal:
    name = f"{key[0].name}@index"
    wider = context.declare(name, INTEGER)
    place = {key[0]: wider.symbol(name)}
    left, right = (part.get(key, S.Zero).xreplace(place) for part in summands)
    return left, right, wider


def _split(expr: Any) -> tuple[Any, list[tuple[Any, IndexSum]]] | None:
    """The part without sums, and each sum with its coefficient; None if it is not linear."""
    names = {one: sympy.Dummy(real=True) for one in expr.atoms(IndexSum)}
    if any(is_sum(one.body) for one in names):
        return None
    outer = expr.xreplace(names)
    rest, found = outer, []
    for one, name in names.items():
        coefficient = sympy.diff(outer, name)
        if coefficient.has(*names.values()):
            return None
        found.append((coefficient, one))
        rest = rest.xreplace({name: S.Zero})
    return rest, found


def _range(one: IndexSum) -> tuple[Any, Any, Any]:
    return one.index, *one.bounds


def _fresh(
    context: Context, ranges: list[Any], *sides: Any
) -> tuple[Context, dict[Any, dict[Any, Any]]]:
    """A context with new symbols for what sums bind, and for each range which stand for which.

    They are others for each range, and for an index that no sum binds.
    """
    bound = {s for side in sides for one in side.atoms(IndexSum) for s in one.components}
    wider, found = context, {}
    for number, key in enumerate(ranges):
        names = {s: f"{s.name}@{number}" for s in sorted(bound, key=str)}
        for symbol, name in names.items():
            wider = wider.declare(name, context.domains[symbol.name])
        fresh = {symbol: wider.symbol(name) for symbol, name in names.items()}
        relations = (r.xreplace(fresh) for r in context.relations if r.free_symbols & bound)
        wider = wider.assume(*relations)
        found[key] = fresh
    return wider, found


def _summands(
    sums: list[tuple[Any, IndexSum]], fresh: Mapping[Any, dict[Any, Any]]
) -> dict[Any, Any]:
    """The summands added up for each range, with new symbols for what the sums bind."""
    found: dict[Any, Any] = {}
    for coefficient, one in sums:
        key = _range(one)
        body = coefficient * one.body.xreplace(fresh[key])
        found[key] = found.get(key, S.Zero) + body
    return found
