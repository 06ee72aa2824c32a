"""The draft of a document: its passages of mathematics with their sections, and its directives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from klsym.documents.blocks import Broken, Formula, Heading, Instruction, Missing
from klsym.documents.directives import Assume, Expect, Let, Prefer, Skip, misplaced, read_directive
from klsym.documents.formats import Load, blocks
from klsym.documents.prose import Prose, prose_around
from klsym.documents.reading import read_row
from klsym.documents.rows import Row, rows
from klsym.documents.source import Excerpt, Source
from klsym.documents.statements import Statement, Unreadable
from klsym.documents.usage import compared, densities
from klsym.errors import KlsymError, Span
from klsym.syntax.names import Names
from klsym.syntax.tree import Name
from klsym.syntax.walk import names as occurrences

LAST_ROW = 10_000
"""A display whose rows are not known has at most so many."""


@dataclass(frozen=True, slots=True)
class Where:
    """A position in the document: the headings above it, and a number that grows."""

    section: tuple[int, ...] = ()
    order: int = 0

    def nearness(self, other: Where) -> tuple[int, bool, int]:
        """How near another position is: in the same section, above, close by."""
        shared = 0
        for mine, theirs in zip(self.section, other.section, strict=False):
            if mine != theirs:
                break
            shared += 1
        above = other.order <= self.order
        return shared, above, other.order if above else -other.order

    def within(self, other: Where) -> bool:
        """Whether this lies in the section of another position."""
        return self.section[: len(other.section)] == other.section


@dataclass(frozen=True, slots=True)
class Passage:
    """A formula of the document, by its rows.

    ``expected`` are the directives before it, ``preferred`` the readings they choose.
    """

    excerpt: Excerpt
    display: bool
    where: Where
    rows: tuple[Row, ...]
    expected: tuple[Expect, ...] = ()
    skipped: bool = False
    failure: KlsymError | None = None
    prose: Prose = field(default_factory=Prose)
    preferred: tuple[tuple[str, str], ...] = ()

    @property
    def supposes(self) -> bool:
        """Whether the words before it make it a supposition rather than a claim."""
        return not self.display and self.prose.supposes

    @property
    def limits(self) -> bool:
        """Whether the words before it make an inequality say where something else holds."""
        return not self.display and self.prose.limits

    @property
    def doubt(self) -> str:
        """What the words around may restrict it to."""
        return self.prose.opening if self.display else self.prose.proviso

    def statements(self, names: Names, *, factors: bool = True) -> Iterator[Statement | Unreadable]:
        """The statements of all rows; of a formula that was not made out there are none."""
        if self.failure is not None:
            claimed = self.display or "=" in self.excerpt.text
            yield Unreadable(self.rows[0], self.failure, claimed=claimed, first=True)
            return
        if self.preferred:
            names = replace(names, preferred=self.preferred)
        for row in self.rows:
            for statement in read_row(row, names, factors=factors):
                if isinstance(statement, Statement):
                    label = statement.label or self.prose.label
                    case = not self.display and (self.prose.supposes or self.prose.case)
                    statement = replace(
                        statement, label=label, defines=self.prose.defines, supposed=case
                    )
                yield statement


@dataclass
class Draft:
    """What was found in a document, and what in it could not be understood."""

    source: Source
    passages: list[Passage] = field(default_factory=list)
    lets: list[tuple[Excerpt, Where]] = field(default_factory=list)
    assumptions: list[tuple[Excerpt, Where]] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    errors: list[KlsymError] = field(default_factory=list)


def draft(source: Source, load: Load) -> Draft:
    """Find the passages and the directives of a document; ``load`` reads what it includes."""
    found = Draft(source)
    section: tuple[int, ...] = ()
    levels: list[int] = []
    waiting: list[tuple[Expect | Prefer | Skip, Excerpt]] = []
    for order, block in enumerate(blocks(source, load)):
        match block:
            case Heading(level):
                while levels and levels[-1] >= level:
                    levels.pop()
                levels.append(level)
                section = (*section[: len(levels) - 1], order)
            case Broken(error):
                found.errors.append(error)
            case Missing():
                found.missing.append(block)
            case Instruction(excerpt):
                try:
                    directive = read_directive(excerpt)
                except KlsymError as error:
                    found.errors.append(error)
                    continue
                if isinstance(directive, Let):
                    found.lets.append((directive.excerpt, Where(section, order)))
                elif isinstance(directive, Assume):
                    found.assumptions.append((directive.excerpt, Where(section, order)))
                else:
                    waiting.append((directive, excerpt))
            case Formula():
                passage = _passage(block, Where(section, order), waiting)
                found.passages.append(passage)
                if block.display:
                    waiting = []
    found.passages = with_prose(found.passages)
    for _, excerpt in waiting:
        message, span = "no display follows this directive", Span(0, len(excerpt.text))
        found.errors.append(misplaced(excerpt, span, message, "put it before a display"))
    return found


def with_prose(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with the words between them."""
    found: list[Passage] = []
    for number, passage in enumerate(passages):
        before = passages[number - 1] if number else None
        after = passages[number + 1] if number + 1 < len(passages) else None
        lead = _between(before, passage)
        name = before.excerpt.text.strip() if before is not None and not before.display else ""
        prose = prose_around(lead, _between(passage, after), name)
        if found and not passage.display and not found[-1].display:
            prose = prose.after(found[-1].prose, lead)
        found.append(replace(passage, prose=prose))
    return found


def _between(one: Passage | None, other: Passage | None) -> str:
    """The text between two passages of one file."""
    passage = one or other
    if passage is None or (one and other and one.excerpt.source is not other.excerpt.source):
        return ""
    start = one.excerpt.range(Span(0, len(one.excerpt.text)))[1] if one else 0
    source = passage.excerpt.source
    end = other.excerpt.range(Span(0, 1))[0] if other else len(source.text)
    return source.words(start, end)


def _passage(
    formula: Formula, where: Where, waiting: Iterable[tuple[Expect | Prefer | Skip, Excerpt]]
) -> Passage:
    excerpt, failure = formula.excerpt, formula.failure
    if not formula.display:
        return Passage(excerpt, False, where, (Row(excerpt, 1, 1),), failure=failure)
    found = tuple(rows(excerpt)) if failure is None else (Row(excerpt, 1, LAST_ROW),)
    expected = tuple(d for d, _ in waiting if isinstance(d, Expect))
    skipped = any(isinstance(d, Skip) for d, _ in waiting)
    preferred = tuple((d.kind, d.reading) for d, _ in waiting if isinstance(d, Prefer))
    return Passage(excerpt, True, where, found, expected, skipped, failure, preferred=preferred)


_EVENT = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*(?:\\left)?\(\s*[A-Z]\s*=(?!=)")


def probabilities(passages: Iterable[Passage]) -> set[str]:
    """The letters that stand before an event, as P does in ``P(X = 0)``."""
    return {found.group(1) for p in passages for found in _EVENT.finditer(p.excerpt.text)}


def called_names(passages: Iterable[Passage], names: Names) -> tuple[set[str], set[str]]:
    """The names the document uses as distributions anywhere, and those it uses as functions.

    A function is what is called on a left side and never stands as a number.
    """
    laws: set[str] = set()
    functions: set[str] = set()
    numbers: set[str] = set()
    for passage in passages:
        for statement in passage.statements(names, factors=False):
            if not isinstance(statement, Statement):
                continue
            for term in statement.terms:
                own = compared(term.tree)
                laws |= own | densities(term.tree)
                numbers |= {n.name for n in occurrences(term.tree)} - own
            declared = bool(statement.relations) and statement.relations[0].sign == "~"
            left = statement.terms[0].tree if statement.terms else None
            if declared and isinstance(left, Name):
                laws.add(left.name)
                numbers.discard(left.name)
            if statement.head is not None:
                (laws if declared else functions).add(statement.head)
    return laws, functions - numbers
