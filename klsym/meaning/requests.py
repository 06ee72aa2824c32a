"""Reading a request: a statement, its formulas, and all that is declared and assumed for them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from klsym.errors import KlsymError, Span
from klsym.meaning.declarations import (
    Declared,
    DensityDeclared,
    FamilyDeclared,
    JointDeclared,
    LawDeclared,
    declared_names,
    read_assumption,
    read_let,
)
from klsym.meaning.defining import assume_relations, define_laws
from klsym.meaning.distributions import spelt
from klsym.meaning.domains import decide_domains
from klsym.meaning.factors import with_factors
from klsym.meaning.heads import Heads
from klsym.meaning.lowering import require_real
from klsym.meaning.matrices import require_scalars
from klsym.meaning.scope import Formula, FormulaReading, Placed, Request, Scope, UserFamily
from klsym.meaning.setting import Setting
from klsym.meaning.survey import Survey
from klsym.syntax import readings
from klsym.syntax.names import Names
from klsym.syntax.reading import Reading, preference
from klsym.syntax.tree import Call, Chain, Node

ORDERS = ("<=", "<", ">=", ">")
READINGS = 16
"""How many readings of an ambiguous formula are tried."""


def read(
    statement: str,
    formulas: Sequence[str] = (),
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    *,
    reading: Sequence[str] = (),
    strict: bool = False,
    normalise: bool = False,
    scope: Scope | None = None,
) -> Request:
    """Read a statement and the formulas it is to be compared with.

    ``let`` and ``assume`` are the texts of the declarations, in any order; ``reading`` chooses
    readings, such as ``log-quotient log(p)/q``; ``strict`` refuses
    names for which nothing but a convention speaks; ``normalise`` scales the weights of a mixture
    that do not sum to 1.  With ``scope`` the texts are read in a known one, and nothing
    is declared.  Raises KlsymError for whatever cannot be understood.
    """
    if scope is not None:
        return _reread(statement, formulas, scope)
    names = replace(declared_names(let), preferred=tuple(map(preference, reading)))
    declared = [read_let(text, names) for text in let]
    declared += [read_assumption(text, names) for text in assume]
    families = {d.name: _family(d) for d in declared if isinstance(d, FamilyDeclared)}
    letters = {d.name: d.variate for d in declared if isinstance(d, (DensityDeclared, LawDeclared))}
    letters |= {d.name: None for d in declared if isinstance(d, JointDeclared)}
    _refuse_twice(declared)
    with Placed("statement", statement):
        found, names = _all_readings(statement, names, families)
        tree = found[0].tree
        if isinstance(tree, Chain):
            raise KlsymError(
                "statement",
                "a statement is one value, not a relation",
                span=tree.relations[0].span,
                help="give the two sides as STATEMENT and FORMULA",
            )
    numbers = {*letters, *(names.scalars or ())}
    with Placed("statement", statement):
        require_scalars(tree, numbers)
    survey = Survey(letters, families)
    survey.know(declared)
    with survey.within(statement, "statement"):
        survey.foresee(tree)
        survey.scalar(tree)
    plain = not survey.has_laws
    names = replace(names, scalars=(names.scalars or frozenset()) | survey.mentions.keys())
    read_formulas = [_read_formula(text, names, families) for text in formulas]
    for text, ways in zip(formulas, read_formulas, strict=True):
        with survey.within(text, "formula"):
            read_tree = right_side(ways[0].tree)[0]
            require_scalars(read_tree, numbers)
            survey.foresee(read_tree)
            survey.scalar(read_tree)
    context = decide_domains(survey, declared, plain=plain, strict=strict)
    setting = Setting(context, normalise=normalise)
    setting.families.update(families)
    setting.assumed += survey.assumed
    setting.indices = survey.indices
    assume_relations(setting, declared)
    define_laws(setting, declared, letters)
    stated, *alternatives = _lower_readings(statement, found, setting, "statement")
    lowered = tuple(
        Formula(text, tuple(_lower_readings(text, ways, setting)))
        for text, ways in zip(formulas, read_formulas, strict=True)
    )
    return _request(setting, statement, stated, alternatives, lowered)


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


def _read_formula(
    text: str,
    names: Names,
    families: Mapping[str, UserFamily],
    latex: bool | None = None,
    limit: int = READINGS + 1,
) -> list[Reading]:
    with Placed("formula", text):
        return _all_readings(text, names, families, latex, limit)[0]


def _all_readings(
    text: str,
    names: Names,
    families: Mapping[str, UserFamily],
    latex: bool | None = None,
    limit: int = READINGS + 1,
) -> tuple[list[Reading], Names]:
    """The readings of a text, and the names, with those that the text shows to be numbers."""
    found = _spelt_readings(text, names, latex, limit)
    more = with_factors(names, found[0].tree, families)
    return (found if more is names else _spelt_readings(text, more, latex, limit)), more


def _spelt_readings(text: str, names: Names, latex: bool | None, limit: int) -> list[Reading]:
    """The readings of a text, and within each those of the distributions as they are spelt.

    If there is one more than :data:`READINGS`, there may be many more.
    """
    found = readings(text, names, limit=limit, latex=latex)
    ways = [list(spelt(reading)) for reading in found]
    every = [way[0] for way in ways] + [other for way in ways for other in way[1:]]
    return every[:limit]


def _lower_readings(
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


def _family(d: FamilyDeclared) -> UserFamily:
    return UserFamily(d.name, d.variate, d.parameters, d.body, d.text)


def _refuse_twice(declared: Iterable[Declared]) -> None:
    seen: dict[str, str] = {}
    for d in declared:
        if isinstance(d, (DensityDeclared, JointDeclared, LawDeclared, FamilyDeclared)):
            if d.name in seen and seen[d.name] != d.text:
                raise KlsymError(
                    "declaration",
                    f"{d.name} is declared twice",
                    help="drop one of the two",
                    text=d.text,
                    span=Span(0, len(d.text)),
                    place=d.place,
                )
            seen[d.name] = d.text


def _reread(statement: str, formulas: Sequence[str], scope: Scope) -> Request:
    setting = Setting.of(scope)
    names = setting.known()
    with Placed("statement", statement):
        ways = _spelt_readings(statement, names, None, READINGS + 1)
    stated, *alternatives = _lower_readings(statement, ways, setting, "statement")
    lowered = tuple(
        Formula(
            text, tuple(_lower_readings(text, _read_formula(text, names, scope.families), setting))
        )
        for text in formulas
    )
    return _request(setting, statement, stated, alternatives, lowered)


def _request(
    setting: Setting,
    statement: str,
    stated: FormulaReading,
    alternatives: Iterable[FormulaReading],
    formulas: tuple[Formula, ...],
) -> Request:
    return Request(
        setting.scope(),
        stated.expr,
        statement,
        stated.tree,
        formulas,
        stated.parts,
        tuple(alternatives),
    )


def read_formula(text: str, scope: Scope, *, latex: bool | None = None) -> Formula:
    """A formula with its readings, over the names of a scope.

    ``latex`` says which notation it is; without it the text itself does.
    """
    setting = Setting.of(scope)
    found = _read_formula(text, setting.known(), scope.families, latex)
    return Formula(text, tuple(_lower_readings(text, found, setting)))


def read_tree(text: str, scope: Scope, *, latex: bool | None = None) -> Node:
    """The tree of a formula in its default reading, over the names of a scope."""
    names = Setting.of(scope).known()
    return right_side(_read_formula(text, names, scope.families, latex, limit=1)[0].tree)[0]


def lower(tree: Node, scope: Scope) -> Any:
    """The value of a tree in a scope, with divergences, means and laws as heads."""
    return Heads(Setting.of(scope)).scalar(tree)
