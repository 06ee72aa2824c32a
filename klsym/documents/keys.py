"""Keys: what the verdict on a link depends on, as one short text.

Two links have one key if they are the same words in the same light: the same sides and the same
terms before them, and a lexicon that holds the same meanings in the same order around them.  Where
they stand in a file is not part of it, so a verdict outlives what is written elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cached_property
from hashlib import sha256

from klsym.documents.bindings import CONDITION, Binding
from klsym.documents.chains import Link
from klsym.documents.draft import Where
from klsym.documents.lexicon import Lexicon
from klsym.documents.source import Place
from klsym.documents.statements import Term
from klsym.documents.weighing import NEAR


class Keys:
    """The keys of what is asked about a document whose lexicon is complete."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def of_link(self, link: Link, settled: Mapping[str, int], time_limit: float | None) -> str:
        """The key of a link, where these spellings are settled.

        A time limit belongs to it where it is klsym's own, so that no other will be tried.
        """
        terms = [link.left, link.right, *link.before, *link.given]
        own = (link.sign, link.notes, link.doubt, len(link.before), dict(settled), time_limit)
        light = self._light(link.passage.where)
        return self._digest("link", [*map(_term, terms), own, light])

    def of_definition(self, binding: Binding) -> str:
        """The key of what is said of a definition."""
        return self._digest("definition", [_shape(binding), self._light(binding.where)])

    def _digest(self, kind: str, parts: Sequence[object]) -> str:
        return sha256(f"{kind} {self._meanings} {parts!r}".encode()).hexdigest()

    @cached_property
    def _entries(self) -> list[tuple[object, Where]]:
        """All that the lexicon holds, each with where it holds."""
        lexicon = self._lexicon
        found: list[tuple[object, Where]] = [(b, b.where) for b in lexicon.bindings]
        return [*found, *lexicon.about, *lexicon.own, *lexicon.told]

    @cached_property
    def _orders(self) -> list[int]:
        return sorted({where.order for _, where in self._entries})

    @cached_property
    def _headings(self) -> list[int]:
        return sorted({number for _, where in self._entries for number in where.section})

    @cached_property
    def _meanings(self) -> str:
        """The lexicon as a whole."""
        lexicon = self._lexicon
        known = (lexicon.shared, lexicon.laws, lexicon.functions, lexicon.strict)
        entries = [(_shape(entry), self._position(where)) for entry, where in self._entries]
        return sha256(repr((_shape(known), entries)).encode()).hexdigest()

    def _position(self, where: Where) -> tuple[object, ...]:
        """A place, by what of the lexicon is around it."""
        at = bisect_left(self._orders, where.order)
        here = at < len(self._orders) and self._orders[at] == where.order
        known = {number: i for i, number in enumerate(self._headings)}
        return at, here, tuple(known.get(number, "-") for number in where.section)

    def _light(self, where: Where) -> tuple[object, ...]:
        """What the lexicon holds at a place: its position in it, and which cases are near."""
        cases = tuple(
            min(where.order - b.where.order, NEAR + 1)
            for b in self._lexicon.bindings
            if b.kind == CONDITION and b.where.section == where.section
        )
        return self._position(where), cases


def _term(term: Term) -> object:
    span = (term.span.start, term.span.end)
    return term.excerpt.text, span, term.more, _shape(term.readings)


def _shape(value: object) -> object:
    """A value as nested tuples of its fields, without the places of what it was read from."""
    match value:
        case Where() | Place():
            return None
        case Enum() | str() | int() | float() | None:
            return value
        case Mapping():
            return tuple(sorted((repr(k), _shape(v)) for k, v in value.items()))
        case Set():
            return tuple(sorted(repr(_shape(item)) for item in value))
        case Sequence():
            return tuple(_shape(item) for item in value)
        case _ if is_dataclass(value):
            return type(value).__name__, *_fields(value)
    return repr(value)


def _fields(value: object) -> Iterator[object]:
    assert is_dataclass(value)
    for field in fields(value):
        if field.compare:
            yield _shape(getattr(value, field.name))
