"""What reading a text gives: a tree, the places where it could be read otherwise, and notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType

from klsym.errors import KlsymError, Span
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
    "bar-extent": ("the term", "the sum"),
    "derivative": ("derivative", "quotient"),
    "log-run": ("log(x) y", "log(x y)"),
    "root-extent": ("first factor", "whole product"),
}
"""Every kind of ambiguity with its readings; the place decides which is the default."""


def preference(text: str) -> tuple[str, str]:
    """The kind of ambiguity and the reading of it that a text asks for, ``log-quotient log(p)/q``.

    Raises KlsymError ``reading``.
    """
    kind, _, reading = text.strip().partition(" ")
    reading = reading.strip()
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(KINDS)}"
        raise KlsymError("reading", f"unknown ambiguity '{kind[:40]}'", help=hint)
    if reading not in KINDS[kind]:
        ways = " or ".join(f"{kind} {way}" for way in KINDS[kind])
        raise KlsymError("reading", f"'{reading[:40]}' is no reading of {kind}", help=ways)
    return kind, reading


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A place that was read one way and could be read another."""

    span: Span
    kind: str
    chosen: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling about how a place was read.

    ``always`` says that it is told even of the default reading.
    """

    span: Span
    message: str
    always: bool = False


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
    preferred: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ambiguities: dict[tuple[str, int], Ambiguity] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def choose(self, kind: str, span: Span, default: str) -> str:
        """The reading to take at a place: the one chosen beforehand, or else the default."""
        key = kind, span.start
        if kind in self.preferred:
            self.ambiguities[key] = Ambiguity(span, kind, self.preferred[kind], ())
            return self.preferred[kind]
        chosen = self.choices.get(key, default)
        if chosen not in KINDS[kind]:
            chosen = default
        rest = tuple(reading for reading in KINDS[kind] if reading != chosen)
        self.ambiguities[key] = Ambiguity(span, kind, chosen, rest)
        return chosen

    def note(self, span: Span, message: str) -> None:
        """Keep a remark about a place."""
        self.notes.append(Note(span, message))
