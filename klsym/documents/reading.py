r"""Reading rows as statements.

A row may hold several statements, separated by commas or gaps, and words between them.  One that
begins with a relation goes on with the chain above it.  ``P: X \sim N(0, 1)`` labels the
distribution of X.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from klsym.documents.fragments import Fragment, fragments, implications, only
from klsym.documents.rows import Row
from klsym.documents.source import Excerpt
from klsym.documents.statements import ELLIPSIS, Statement, Term, Unreadable, head_of
from klsym.errors import KlsymError, Span
from klsym.meaning.factors import with_factors
from klsym.syntax import parse, readings
from klsym.syntax.names import Names, canonical
from klsym.syntax.reading import Reading
from klsym.syntax.tree import Chain, Items, Node, Text
from klsym.syntax.walk import depth

LONGEST_RUN = 250
"""A row of more terms or factors in one formula is not read."""
READINGS = 16
"""How many readings of an ambiguous row are tried."""

_SIZED = re.compile(r"\\(?:left|[bB]igg?l?)\s*$")
_LEAD = re.compile(r"(?:\s|&)*")
_TAIL = re.compile(r"(?:\s|&|[.,;]|\\[,;:! ]|~|\\q?quad(?![A-Za-z]))*$")
_LABEL = re.compile(
    r"\s*([A-Za-z](?:_\w|_\{\w+\})?)\s*:(?!=)(?:\s|\\[,;:! ]|~|\\q?quad\b)*(?=[^=]*\\sim\b)"
)
_ANOTHER_LABEL = re.compile(
    rf"(?<=\S)\s*(?:,|;|\\q?quad\b|\\text\{{[^}}]*\}})+(?={_LABEL.pattern})"
)
"""What stands between two labelled declarations in one row."""


def read_row(row: Row, names: Names, *, factors: bool = True) -> Iterator[Statement | Unreadable]:
    """The statements of a row, read with the names that are known to be functions.

    With ``factors`` a letter that is called, and that convention has as a number, is a factor.
    """
    text = row.excerpt.text
    for span, premise in implications(text):
        part = replace(row, excerpt=row.excerpt.with_text(only(text, span.start, span.end)))
        for statement in _read_part(part, names, factors):
            if premise and isinstance(statement, Statement):
                statement = replace(statement, premise=True)
            yield statement


def _read_part(row: Row, names: Names, factors: bool) -> Iterator[Statement | Unreadable]:
    text, label = row.excerpt.text, ""
    another = _ANOTHER_LABEL.search(text)
    if another:
        for low, high in ((0, another.start()), (another.end(), len(text))):
            part = replace(row, excerpt=row.excerpt.with_text(only(text, low, high)))
            yield from _read_part(part, names, factors)
        return
    labelled = _LABEL.match(text)
    if labelled:
        label = canonical(re.sub(r"[{}]", "", labelled.group(1)))
        text = " " * labelled.end() + text[labelled.end() :]
    excerpt = row.excerpt.with_text(text)
    try:
        yield from _read(replace(row, excerpt=excerpt), names, factors, label)
    except KlsymError as error:
        before = _before_ellipsis(excerpt, error, names)
        pieces = fragments(text)
        if before or len(pieces) < 2:
            begins = bool(pieces) and pieces[0].before != "relation"
            yield Unreadable(row, error, before, "=" in text, begins and not before)
        else:
            yield from _in_fragments(replace(row, excerpt=excerpt), pieces, names, factors, label)


def _in_fragments(
    row: Row, pieces: list[Fragment], names: Names, factors: bool, label: str
) -> Iterator[Statement | Unreadable]:
    """What of a row can be read, in runs of fragments that can, and what cannot."""
    text, run = row.excerpt.text, 0
    errors: list[KlsymError | None] = []
    for piece in pieces:
        try:
            _readings(only(text, piece.span.start, piece.span.end), names, factors)
            errors.append(None)
        except KlsymError as error:
            errors.append(error)
    while run < len(pieces):
        piece, unread = pieces[run], errors[run]
        claimed = piece.before == "relation"
        if unread is not None:
            yield Unreadable(row, unread, (), claimed, not claimed)
            run += 1
            continue
        end = run + 1
        while end < len(pieces) and errors[end] is None:
            end += 1
        partial = end < len(pieces) and pieces[end].before == "relation"
        start = piece.start if claimed else piece.span.start
        within = row.excerpt.with_text(only(text, start, pieces[end - 1].span.end))
        try:
            found = list(_read(replace(row, excerpt=within), names, factors, label))
        except KlsymError as failed:
            yield Unreadable(row, failed, (), claimed, not claimed)
        else:
            for number, statement in enumerate(found):
                yield replace(statement, partial=partial and number == len(found) - 1)
        run = end


def _read(row: Row, names: Names, factors: bool, label: str) -> Iterator[Statement]:
    """The statements of a row that can be read as a whole; raises KlsymError if it cannot."""
    excerpt = row.excerpt
    text = excerpt.text
    found = _readings(text, names, factors)
    cut = len(found) > READINGS
    found = found[:READINGS]
    notes = tuple(note.message for note in found[0].notes)
    chains = [_chains(reading.tree) for reading in found]
    shapes = [[_shape(chain) for chain, _ in each] for each in chains]
    alike = [i for i, shape in enumerate(shapes) if shape == shapes[0]]
    for number, (chain, words) in enumerate(chains[0]):
        terms = []
        spans = _extents(text, chain, alone=len(chains[0]) == 1)
        for position, span in enumerate(spans):
            read: dict[Node, str] = {}
            for i in alike:
                note = "" if i == 0 else _difference(text, found[i], found[0])
                read.setdefault(_terms(chains[i][number][0])[position], note)
            more = cut and _ways(found[0], span) > len(read)
            terms.append(Term(excerpt, tuple(read.items()), span, more))
        relations = chain.relations if isinstance(chain, Chain) else ()
        leading = len(relations) == len(terms) and bool(relations)
        yield Statement(row, tuple(terms), relations, leading, label, notes, words=words)


def _extents(text: str, chain: Node, *, alone: bool) -> list[Span]:
    """From where to where each term of a chain reaches, without what stands around it."""
    start, end = (0, len(text)) if alone else (chain.span.start, chain.span.end)
    before = _SIZED.search(text, 0, start)
    start = before.start() if before else start
    relations = chain.relations if isinstance(chain, Chain) else ()
    bounds = [(start, start), *((r.span.start, r.span.end) for r in relations), (end, end)]
    pieces = [(low[1], high[0]) for low, high in pairwise(bounds)]
    if len(pieces) > len(_terms(chain)):
        pieces = pieces[1:]
    return [_trimmed(text, low, high) for low, high in pieces]


def _trimmed(text: str, start: int, end: int) -> Span:
    lead, tail = _LEAD.match(text, start, end), _TAIL.search(text, start, end)
    start = lead.end() if lead else start
    end = tail.start() if tail else end
    return Span(start, max(end, start + 1))


def _readings(text: str, names: Names, factors: bool) -> list[Reading]:
    found = list(readings(text, names, limit=READINGS + 1, latex=True))
    if len(text) > LONGEST_RUN and depth(found[0].tree, LONGEST_RUN) > LONGEST_RUN:
        # Each operator holds what stands before it: a tree is as deep as its row is long.
        told = f"more than {LONGEST_RUN} terms or factors in a row"
        raise KlsymError("too-long", told, text=text, span=found[0].tree.span)
    more = with_factors(names, found[0].tree, _heads(found[0].tree)) if factors else names
    return found if more == names else list(readings(text, more, limit=READINGS + 1, latex=True))


def _ways(reading: Reading, span: Span) -> int:
    """In how many ways what stands in a span may be read, as far as its places are independent."""
    inside = [a for a in reading.ambiguities if span.start <= a.span.start < span.end]
    return math.prod(1 + len(ambiguity.alternatives) for ambiguity in inside)


def _heads(tree: Node) -> set[str]:
    """The names called on the left sides of a row, which are no factors there."""
    chains = [chain for chain, _ in _chains(tree) if isinstance(chain, Chain)]
    heads = (head_of(chain.terms[0]) for chain in chains if len(chain.relations) < len(chain.terms))
    return {head for head in heads if head is not None}


def _chains(tree: Node) -> list[tuple[Node, str]]:
    """The statements in a tree, each with the words before it."""
    if not (isinstance(tree, Items) and not tree.opening):
        return [] if isinstance(tree, Text) else [(tree, "")]
    found, words = [], ""
    for item in tree.items:
        if isinstance(item, Text):
            words = item.text
        else:
            found.append((item, words))
            words = ""
    return found


def _terms(chain: Node) -> tuple[Node, ...]:
    return chain.terms if isinstance(chain, Chain) else (chain,)


def _shape(chain: Node) -> tuple[int, tuple[str, ...]]:
    relations = chain.relations if isinstance(chain, Chain) else ()
    return len(_terms(chain)), tuple(relation.sign for relation in relations)


def _difference(text: str, reading: Reading, default: Reading) -> str:
    before = {(a.kind, a.span.start): a.chosen for a in default.ambiguities}
    return ", ".join(
        f"'{text[a.span.start : a.span.end]}' read as {a.chosen}"
        for a in reading.ambiguities
        if before.get((a.kind, a.span.start)) != a.chosen
    )


def _before_ellipsis(excerpt: Excerpt, error: KlsymError, names: Names) -> tuple[Term, ...]:
    """The left side of a row whose right side has an ellipsis, if it has one."""
    if error.name != ELLIPSIS or error.span is None:
        return ()
    head = excerpt.text[: error.span.start].partition("=")[0]
    if not head.strip(" &\n"):
        return ()
    try:
        tree = parse(head, names, latex=True).tree
    except KlsymError:
        return ()
    if isinstance(tree, (Chain, Items, Text)):
        return ()
    return (Term(excerpt, ((tree, ""),), _trimmed(excerpt.text, 0, len(head))),)
