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
    """Mathematics, displayed or within a line of prose."""

    excerpt: Excerpt
    display: bool


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a comment or the front matter says to klsym: one directive."""

    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of the document that could not be read."""

    error: KlsymError


Block = Heading | Formula | Instruction | Broken
