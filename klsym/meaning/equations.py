"""Reading an equation of a document: its sides together, among the names the document binds.

What is declared comes as read declarations; names used as distributions that nothing binds stay
abstract, densities of which nothing is known but that they are positive and have mass 1.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy

from klsym.density import Density, Support
from klsym.domain import Domain
from klsym.errors import KlsymError
from klsym.meaning.binders import densities_at
from klsym.meaning.declarations import Declared, DensityDeclared, FamilyDeclared, LawDeclared
from klsym.meaning.defining import assume_relations, define_laws
from klsym.meaning.domains import decide_domains, interval_domain
from klsym.meaning.heads import Heads
from klsym.meaning.matrices import require_scalars
from klsym.meaning.naming import family_of
from klsym.meaning.pieces import parsed
from klsym.meaning.scope import Formula, FormulaReading, Placed, Scope, UserFamily
from klsym.meaning.setting import Setting
from klsym.meaning.survey import Survey
from klsym.syntax.tree import BigOperator, Call, Items, Node
from klsym.syntax.walk import names as occurrences
from klsym.syntax.walk import walk

HERE = "document"
"""The place of errors in the sides themselves."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation: the text its trees have spans in, and each reading with a note.

    ``more`` says that it has other readings, which are not among them.
    """

    text: str
    readings: tuple[tuple[Node, str], ...]
    more: bool = False


@dataclass(frozen=True)
class Equation:
    """The sides as values in the scope they share."""

    scope: Scope
    sides: tuple[Formula, ...]


def read_equation(
    sides: Sequence[Side],
    declared: Sequence[Declared],
    *,
    abstract: Mapping[str, str] | None = None,
    definitions: Mapping[str, Node] | None = None,
    strict: bool = False,
) -> Equation:
    """Read sides that are to be compared.

    ``abstract`` maps names to the distribution they stand for, of which nothing else is known;
    ``definitions`` gives names that stand for an expression.  Weights that do not sum to 1 are
    normalised.  Raises KlsymError for whatever cannot be understood.
    """
    abstract, definitions = abstract or {}, definitions or {}
    families = {
        d.name: UserFamily(d.name, d.variate, d.parameters, d.body, d.text)
        for d in declared
        if isinstance(d, FamilyDeclared)
    }
    letters: dict[str, str | None] = dict.fromkeys(abstract)
    letters |= {
        d.name: d.variate for d in declared if isinstance(d, (DensityDeclared, LawDeclared))
    }
    survey = Survey(letters, families)
    survey.know(declared)
    numbers = {*letters, *definitions, *survey.said}
    trees = [side.readings[0][0] for side in sides]
    with survey.binding(definitions):
        for side, tree in zip(sides, trees, strict=True):
            with survey.within(side.text, HERE):
                require_scalars(tree, numbers)
                survey.foresee(tree)
                survey.scalar(tree)
        for tree in definitions.values():
            survey.scalar(tree)
    for letter, domain in _points(trees, declared, letters):
        survey.implied.setdefault(letter, domain)
    context = decide_domains(survey, declared, plain=True, strict=strict)
    setting = Setting(context, normalise=True)
    setting.unread = any(side.more for side in sides)
    setting.families.update(families)
    setting.assumed += survey.assumed
    setting.indices = survey.indices
    setting.letters.update({name: letter for name, letter in letters.items() if letter})
    assume_relations(setting, declared)
    plain = {n: tree for n, tree in definitions.items() if not _calls(tree, letters)}
    _define(setting, plain)
    define_laws(setting, declared, letters)
    summed = any(isinstance(node, BigOperator) for tree in trees for node in walk(tree))
    for name, law in abstract.items():
        setting.laws[name] = abstract_density(setting.letter("x"), law, discrete=summed)
    _define(setting, {n: tree for n, tree in definitions.items() if n not in plain})
    read = tuple(Formula(s.text, tuple(_lowered(s, setting))) for s in sides)
    return Equation(setting.scope(), read)


def abstract_density(letter: str, name: str, *, discrete: bool = False) -> Density:
    """A distribution of which only the name is known."""
    symbol = sympy.Symbol(letter, **({"integer": True} if discrete else {"real": True}))
    expression = sympy.Function(name, positive=True)(symbol)
    support = Support(-sympy.oo, sympy.oo, discrete)
    return Density(symbol, support, expression, name, name=name)


def _lowered(side: Side, setting: Setting) -> Iterator[FormulaReading]:
    """The readings with different values; an error in the default one is the side's error."""
    seen: set[Any] = set()
    for number, (tree, note) in enumerate(side.readings):
        try:
            with Placed(HERE, side.text):
                heads = Heads(setting)
                value = heads.scalar(tree)
        except KlsymError:
            if number == 0:
                raise
            continue
        if value not in seen:
            seen.add(value)
            parts = tuple(part for part in heads.parts if not value.has(part))
            yield FormulaReading(value, tree, note, parts)


def _calls(tree: Node, laws: Container[str]) -> bool:
    """Whether a definition speaks of distributions."""
    return any(
        getattr(node, "function", None) in laws or getattr(node, "name", None) in laws
        for node in walk(tree)
    )


def _define(setting: Setting, definitions: Mapping[str, Node]) -> None:
    """Give names their values, each after those it refers to."""
    done: set[str] = set()

    def define(name: str, under_way: tuple[str, ...]) -> None:
        if name in under_way:
            raise KlsymError("definition", f"{name} is defined by itself")
        for other in occurrences(definitions[name]):
            if other.name in definitions and other.name not in done:
                define(other.name, (*under_way, name))
        setting.names[name] = Heads(setting).scalar(definitions[name])
        done.add(name)

    for name in definitions:
        if name not in done:
            define(name, ())


def _points(
    trees: Iterable[Node], declared: Iterable[Declared], laws: Mapping[str, str | None]
) -> Iterator[tuple[str, Domain]]:
    """Letters at which densities stand, with the domain that the density's support gives."""
    supports = {
        d.name: _support(d) for d in declared if isinstance(d, (DensityDeclared, LawDeclared))
    }
    for tree in trees:
        for letter, name in densities_at(tree, laws):
            domain = supports.get(name)
            if domain is not None:
                yield letter, domain


def _support(d: Declared) -> Domain | None:
    """The support a declaration gives, as far as its ends are numbers."""
    node: Node | None = None
    if isinstance(d, DensityDeclared):
        node = d.support
    elif isinstance(d, LawDeclared) and isinstance(d.body, Call):
        family = family_of(d.body.function)
        if family is not None:
            names = frozenset(p.name for p in family.parameters)
            node = parsed(family.support, names)
    return interval_domain(node) if isinstance(node, Items) and len(node.items) == 2 else None
