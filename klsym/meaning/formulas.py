"""Formulas, read in every way they may be meant, and the values of their readings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from klsym.errors import KlsymError
from klsym.meaning.distributions import spelt
from klsym.meaning.factors import with_factors
from klsym.meaning.heads import Heads
from klsym.meaning.lowering import require_real
from klsym.meaning.scope import Formula, FormulaReading, Placed, Scope, UserFamily
from klsym.meaning.setting import Setting
from klsym.syntax import readings
from klsym.syntax.names import Names
from klsym.syntax.reading import Reading
from klsym.syntax.tree import Call, Chain, Node

ORDERS = ("<=", "<", ">=", ">")
"""Signs of a relation that a formula may state instead of a value."""
READINGS = 16
"""How many readings of an ambiguous formula are tried."""


def read_formula(text: str, scope: Scope, *, latex: bool | None = None) -> Formula:
    """A formula with its readings, over the names of a scope.

    ``latex`` says which notation it is; without it the text itself does.
    """
    setting = Setting.of(scope)
    found = formula_readings(text, setting.known(), scope.families, latex)
    return Formula(text, tuple(lowered_readings(text, found, setting)))


def read_tree(text: str, scope: Scope, *, latex: bool | None = None) -> Node:
    """The tree of a formula in its default reading, over the names of a scope."""
    names = Setting.of(scope).known()
    return right_side(formula_readings(text, names, scope.families, latex, limit=1)[0].tree)[0]


def lower(tree: Node, scope: Scope) -> Any:
    """The value of a tree in a scope, with divergences, means and laws as heads."""
    return Heads(Setting.of(scope)).scalar(tree)


def right_side(tree: Node) -> tuple[Node, str, str]:
    """The value a formula states, a note, and the relation.

    Of ``KL(p || q) = a = b`` it is the last term; ``>= 0`` and ``KL(p || q) >= 0`` state an
    inequality.  Raises KlsymError ``relation`` for any other relation.
    """
    if not isinstance(tree, Chain):
        return tree, "", "="
    stated = len(tree.terms) == 1 or isinstance(tree.terms[0], Call)
    if len(tree.relations) == 1 and tree.relations[0].sign in ORDERS and stated:
        return tree.terms[-1], "", tree.relations[0].sign
    for relation in tree.relations:
        if relation.sign not in ("=", ":="):
            raise KlsymError(
                "relation",
                f"a formula is one value, not a relation with {relation.sign}",
                span=relation.span,
                help="give the two sides as STATEMENT and FORMULA",
            )
    if len(tree.terms) < 3:
        return tree.terms[-1], "", "="
    return tree.terms[-1], f"read by its last term, of {len(tree.terms)}", "="


def formula_readings(
    text: str,
    names: Names,
    families: Mapping[str, UserFamily],
    latex: bool | None = None,
    limit: int = READINGS + 1,
) -> list[Reading]:
    """The readings of a formula, over the names and those that it shows to be numbers."""
    with Placed("formula", text):
        return readings_of(text, names, families, latex, limit)[0]


def readings_of(
    text: str,
    names: Names,
    families: Mapping[str, UserFamily],
    latex: bool | None = None,
    limit: int = READINGS + 1,
) -> tuple[list[Reading], Names]:
    """The readings of a text, and the names, with those that the text shows to be numbers."""
    found = spelt_readings(text, names, latex, limit)
    more = with_factors(names, found[0].tree, families)
    return (found if more is names else spelt_readings(text, more, latex, limit)), more


def spelt_readings(text: str, names: Names, latex: bool | None, limit: int) -> list[Reading]:
    """The readings of a text, and within each those of the distributions as they are spelt.

    If there is one more than :data:`READINGS`, there may be many more.
    """
    found = readings(text, names, limit=limit, latex=latex)
    ways = [list(spelt(reading)) for reading in found]
    every = [way[0] for way in ways] + [other for way in ways for other in way[1:]]
    return every[:limit]


def lowered_readings(
    text: str, found: Sequence[Reading], setting: Setting, place: str = "formula"
) -> Iterator[FormulaReading]:
    """The readings with different values; an error in the default one is the formula's error."""
    seen: set[Any] = set()
    default: Reading | None = None
    tried, sound = list(found[:READINGS]), []
    for reading in tried:
        try:
            with Placed(place, text):
                tree, note, sign = reading.tree, "", "="
                if place == "formula":
                    tree, note, sign = right_side(reading.tree)
                heads = Heads(setting)
                value = heads.scalar(tree)
                if place == "statement" or not value.free_symbols:
                    require_real(value, tree.span)
        except KlsymError:
            if default is None:
                raise
            continue
        notes = [note, *(n.message for n in reading.notes)]
        if default is None:
            default = reading
            for remark in reading.notes:
                if remark.always:
                    setting.note(remark.message)
        else:
            told = {n.message for n in default.notes}
            others = (n.message for n in reading.notes if n.message not in told)
            notes = [_difference(text, reading, default), *others]
        sound.append(reading)
        if value not in seen:
            seen.add(value)
            parts = tuple(part for part in heads.parts if part is not value and not value.has(part))
            yield FormulaReading(value, tree, "; ".join(filter(None, notes)), parts, sign)
    if len(found) > READINGS and _ways(tried, sound) > len(sound):
        setting.unread = True


def _ways(tried: Sequence[Reading], sound: Sequence[Reading]) -> int:
    """In how many ways a text may be read, by what is known of the readings that were tried.

    A choice with which no reading made sense is no way to read it.
    """

    def chosen(readings: Sequence[Reading]) -> set[tuple[str, int, str]]:
        return {(a.kind, a.span.start, a.chosen) for r in readings for a in r.ambiguities}

    met, good = chosen(tried), chosen(sound)
    return math.prod(
        1
        + sum(
            (a.kind, a.span.start, way) in good or (a.kind, a.span.start, way) not in met
            for way in a.alternatives
        )
        for a in tried[0].ambiguities
    )


def _difference(text: str, reading: Reading, default: Reading) -> str:
    """In what a reading differs from the default one."""
    before = {(a.kind, a.span.start): a.chosen for a in default.ambiguities}
    parts = [
        f"'{text[a.span.start : a.span.end]}' read as {a.chosen}"
        for a in reading.ambiguities
        if before.get((a.kind, a.span.start)) != a.chosen
    ]
    return ", ".join(parts)
