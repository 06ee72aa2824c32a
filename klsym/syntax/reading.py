"""What reading a text gives: a tree, the places where it could be read otherwise, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from klsym.errors import Span
from klsym.syntax.tree import Node

Choices = Mapping[tuple[str, int], str]
"""For an ambiguity, known by its kind and where it starts, the reading to take."""

KINDS = {
    "slash-product": ("a/(bc)", "(a/b)c"),
    "log-quotient": ("log(p/q)", "log(p)/q"),
    "log-bracket": ("log(x)(y)", "log(x(y))"),
    "call-power": ("(f(x))^n", "f(x^n)"),
    "product-or-call": ("product", "call"),
    "mixed-number": ("product", "sum"),
    "digit-script": ("one digit", "whole numeral"),
    "decimal-exponent": ("Euler's number", "power of ten"),
    "inverse-function": ("inverse", "reciprocal"),
    "superscript-label": ("power", "label"),
    "transpose": ("transpose", "power"),
    "word-or-product": ("word", "product"),
    "root-extent": ("first factor", "whole product"),
}
"""Every kind of ambiguity with its readings; the place decides which is the default."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place that was read one way and could be read another."""

    span: Span
    kind: str
    chosen: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling about how a place was read."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text; ``notation`` is ``"latex"`` or ``"plain"``."""

    tree: Node
    ambiguities: tuple[Ambiguity, ...]
    notes: tuple[Note, ...]
    notation: str


@dataclass(slots=True)
class Ledger:
    """Where a reading in progress writes down what it decides and what it notices."""

    choices: Choices = field(default_factory=lambda: MappingProxyType({}))
    ambiguities: dict[tuple[str, int], Ambiguity] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def choose(self, kind: str, span: Span, default: str) -> str:
        """The reading to take at a place: the one chosen beforehand, or else the default."""
        key = kind, span.start
        chosen = self.choices.get(key, default)
        if chosen not in KINDS[kind]:
            chosen = default
        rest = tuple(reading for reading in KINDS[kind] if reading != chosen)
        self.ambiguities[key] = Ambiguity(span, kind, chosen, rest)
        return chosen

    def note(self, span: Span, message: str) -> None:
        """Keep a remark about a place."""
        self.notes.append(Note(span, message))
