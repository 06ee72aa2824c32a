"""What a document is made of, as far as klsym cares: headings, formulas, and words to klsym.

Each format has a module that turns a source into these, in the order of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from klsym.documents.source import Excerpt
from klsym.errors import KlsymError


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a section begins; ``level`` 1 is the highest."""

    level: int


@dataclass(frozen=True, slots=True)
class Formula:
    """Mathematics, displayed or within a line of prose, with the labels it is referred to by.

    ``failure`` says why it could not be made out, with a span of the excerpt.
    """

    excerpt: Excerpt
    display: bool
    labels: tuple[str, ...] = ()
    failure: KlsymError | None = None


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a comment or the front matter says to klsym: one directive."""

    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the document that is not there, such as another file, and why."""

    excerpt: Excerpt
    reason: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of the document that could not be read."""

    error: KlsymError


Block = Heading | Formula | Instruction | Missing | Broken
