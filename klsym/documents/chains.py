"""Chains across rows and displays: from passages to links, and to what is no claim.

A display that begins with a relation goes on with the chain above it.  What has no value, such as
a row with an ellipsis, is passed over: the next row is compared with the last that has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from klsym.documents.bindings import Binding
from klsym.documents.draft import Passage, Where
from klsym.documents.rows import Row
from klsym.documents.source import Place
from klsym.documents.statements import ELLIPSIS, Statement, Term, Unreadable, one_line, span_of
from klsym.documents.usage import holds_value
from klsym.errors import KlsymError
from klsym.meaning.lowering import CONSTANTS
from klsym.syntax.names import Names
from klsym.syntax.tree import Binary, Name, Negative, Number
from klsym.syntax.walk import walk

Classify = Callable[[Statement, Where], tuple[str, Binding | None]]
"""What a statement's first link is, ``claim`` or a class, and what it binds."""

CLASSES = {
    "<": "inequality",
    "<=": "inequality",
    ">": "inequality",
    ">=": "inequality",
    "!=": "inequality",
    "approx": "approximation",
    "propto": "proportionality",
    "in": "membership",
    "~": "declaration",
    ":=": "definition",
}
"""What a relation other than ``=`` makes of a link."""
RELATED = ("inequality", "approximation", "proportionality")
"""Those that are claims too, where both sides have a value."""


@dataclass(frozen=True, slots=True)
class Link:
    """One claim: that ``left`` and ``right`` are equal.

    ``before`` are the terms of the chain up to ``left``; ``right`` stands in ``row``.  ``sign``
    is the relation between them, ``given`` the side conditions printed in the row, and ``doubt``
    what the prose around may restrict it to.
    """

    left: Term
    right: Term
    passage: Passage
    row: Row
    before: tuple[Term, ...]
    notes: tuple[str, ...] = ()
    sign: str = "="
    given: tuple[Term, ...] = ()
    doubt: str = ""

    @property
    def kind(self) -> str:
        """What it is listed as where it cannot be decided."""
        return CLASSES.get(self.sign, "optimum")

    @property
    def path(self) -> str:
        """The file in which it stands."""
        return self.passage.excerpt.source.path


@dataclass(frozen=True, slots=True)
class Lost:
    """A claim that could not be read."""

    passage: Passage
    row: Row
    error: KlsymError
    notes: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The file in which it stands."""
        return self.passage.excerpt.source.path


@dataclass(frozen=True, slots=True)
class Aside:
    """What is no claim, with its class; ``binding`` is what it gives a meaning."""

    kind: str
    path: str
    place: Place
    text: str
    where: Where
    binding: Binding | None = None


@dataclass
class _Chain:
    """The open chain: its terms, and whether a display may go on with it."""

    terms: list[Term] = field(default_factory=list)
    section: tuple[int, ...] = ()
    lost: KlsymError | None = None
    """Why the term the chain should go on from could not be read."""
    lost_in: tuple[Passage, int] | None = None
    """The row of that term."""

    def reason(self, passage: Passage, row: Row) -> KlsymError | None:
        """Why a row that goes on with the chain cannot; it points at nothing in another row."""
        if self.lost is None or self.lost_in is None:
            return self.lost
        if self.lost_in[0] is passage and self.lost_in[1] == row.first:
            return self.lost
        message = f"the row it goes on from was not read: {self.lost.message}"
        return KlsymError(self.lost.name, message, help=self.lost.help)


def chains(
    passages: Iterable[Passage], names: Names, classify: Classify
) -> Iterator[Link | Lost | Aside]:
    """The links of all chains and the other passages, in the order of the document."""
    chain = _Chain()
    for passage in passages:
        if passage.skipped:
            chain = _Chain()
            yield _aside("skipped", Row(passage.excerpt, 1, 1), passage)
            continue
        if not passage.display:
            yield from _links(passage, names, classify, _Chain())
            continue
        if passage.where.section != chain.section:
            chain = _Chain(section=passage.where.section)
        yield from _links(passage, names, classify, chain)


def _links(
    passage: Passage, names: Names, classify: Classify, chain: _Chain
) -> Iterator[Link | Lost | Aside]:
    found = list(passage.statements(names))
    for statement in found:
        if isinstance(statement, Unreadable):
            yield from _unreadable(statement, passage, chain)
            continue
        given = tuple(
            other.whole
            for other in found
            if isinstance(other, Statement)
            and other.row.first == statement.row.first
            and other is not statement
            and is_condition(other)
        )
        yield from _chained(statement, passage, classify, chain, given)


def _unreadable(statement: Unreadable, passage: Passage, chain: _Chain) -> Iterator[Lost | Aside]:
    row = statement.row
    if statement.before:
        chain.terms = list(statement.before)
    elif statement.first:
        chain.terms, chain.lost = [], statement.error
        chain.lost_in = passage, row.first
    if statement.ellipsis:
        yield _aside("ellipsis", row, passage)
    elif statement.claimed and not chain.terms and _of_differentials(statement.error, chain.lost):
        yield _aside("differential", row, passage)
    elif statement.claimed:
        yield Lost(passage, row, statement.error)
    elif "=" not in row.excerpt.text:
        yield _aside("notation" if passage.display else "expression", row, passage)


def _of_differentials(*errors: KlsymError | None) -> bool:
    """Whether both sides are differentials, ``f(x) dx = g(y) dy``, which have no value."""
    return all(error is not None and error.name == "stray-differential" for error in errors)


def _chained(
    statement: Statement,
    passage: Passage,
    classify: Classify,
    chain: _Chain,
    given: tuple[Term, ...],
) -> Iterator[Link | Lost | Aside]:
    doubt = passage.doubt if statement.leading or not passage.display else ""
    condition = is_condition(statement) or passage.supposes or _limits(statement, passage)
    row, terms, relations = statement.row, statement.terms, statement.relations
    if statement.leading and chain.terms:
        signs, rights = relations, terms
    elif not relations:
        chain.terms = [terms[0]]
        if not statement.partial:
            yield _aside("expression", row, passage, terms[0])
        return
    elif statement.leading and (reason := chain.reason(passage, row)) is not None:
        chain.terms = [terms[0]]
        if reason.name != ELLIPSIS:
            yield Lost(passage, row, reason)
        signs, rights = relations[1:], terms[1:]
    elif statement.leading:
        chain.terms = [terms[0]]
        yield _aside(CLASSES.get(relations[0].sign, "relation"), row, passage, terms[0])
        signs, rights = relations[1:], terms[1:]
    else:
        chain.terms = [terms[0]]
        signs, rights = relations, terms[1:]
    for number, (relation, right) in enumerate(zip(signs, rights, strict=True)):
        kind, binding = CLASSES.get(relation.sign, "claim"), None
        if number == 0 and not statement.leading and kind in ("claim", "definition", "declaration"):
            kind, binding = classify(statement, passage.where)
        related = kind in RELATED and not condition
        if kind == "claim" and (passage.supposes or is_case(statement)):
            kind = "condition"
        if kind == "claim" or related:
            before = tuple(chain.terms)
            sign = relation.sign if related else "="
            notes = statement.notes
            if relation.reason:
                notes = (*notes, f"reason printed: {relation.reason}")
            yield Link(before[-1], right, passage, row, before, notes, sign, given, doubt)
        else:
            yield _aside(kind, row, passage, right, binding)
        if relation.sign in ("=", ":="):
            chain.terms.append(right)
        else:
            chain.terms = [right]


def is_case(statement: Statement) -> bool:
    r"""Whether a statement sets several names to one value, as ``for $a = b = 1$`` does."""
    *names, _ = (term.tree for term in statement.terms)
    return (
        statement.supposed
        and not statement.leading
        and all(relation.sign == "=" for relation in statement.relations)
        and all(isinstance(tree, Name) for tree in names)
    )


def _limits(statement: Statement, passage: Passage) -> bool:
    """Whether an inequality between formulas without a value of their own says where one holds."""
    return passage.limits and not any(holds_value(term.tree) for term in statement.terms)


def is_condition(statement: Statement) -> bool:
    """Whether a statement says where something holds: of a name that it lies in a range."""
    signs = {relation.sign for relation in statement.relations}
    if not signs or statement.leading or not signs <= {"<", "<=", ">", ">=", "in", "!="}:
        return False
    trees = [term.tree for term in statement.terms]
    if "in" in signs:
        return isinstance(trees[0], Name)
    plain = all(
        isinstance(node, (Name, Number, Negative, Binary)) for tree in trees for node in walk(tree)
    )
    return plain and any(isinstance(t, Name) and t.name not in CONSTANTS for t in trees)


def _aside(
    kind: str,
    row: Row,
    passage: Passage,
    term: Term | None = None,
    binding: Binding | None = None,
) -> Aside:
    place = row.excerpt.place(span_of(row.excerpt)) if term is None else term.place
    path = row.excerpt.source.path
    return Aside(kind, path, place, one_line(row.excerpt.text), passage.where, binding)
