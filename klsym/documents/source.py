"""Where a text stands: a file, and excerpts from it that know the place of each character.

An excerpt may be anything made from the file: a formula out of a quotation, whose lines lost their
prefix, or one in which macros were expanded.  Each of its characters remembers its offset, so an
error anywhere in it points into what the author wrote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from klsym.errors import KlsymError, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a file: lines and columns from 1, columns in characters, the end excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Source:
    """A file's text under the path it was asked for by."""

    path: str
    text: str

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int) -> int:
        """Where a line begins, counted from 0; past the last one, where the text ends."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def line(self, number: int) -> str:
        """A line, counted from 1, without its end."""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    def region(self, offset: int) -> str:
        """Which part of the file an offset lies in, where its lines do not tell: ``cell 3``."""
        return ""

    def words(self, start: int, end: int) -> str:
        """What stands between two offsets, as a reader of the document sees it."""
        return self.text[start:end]

    def error(self, name: str, message: str, start: int, end: int, advice: str) -> KlsymError:
        """The error that something in this file cannot be understood."""
        span = Span(start, max(end, start + 1))
        region = self.region(start)
        message = f"{message} ({region})" if region else message
        return KlsymError(name, message, text=self.text, span=span, help=advice, place=self.path)


@dataclass(frozen=True)
class Excerpt:
    """A text whose characters come from a source.

    ``offsets`` holds the place of each, and ``ends`` where it ends there if it is not the next
    character that follows: what a macro was expanded to stands where the macro was used.
    """

    source: Source
    text: str
    offsets: Sequence[int]
    ends: Sequence[int] | None = None

    @classmethod
    def of(cls, source: Source, start: int, end: int) -> Excerpt:
        """A piece of the source as it stands there."""
        return cls(source, source.text[start:end], range(start, end))

    def part(self, start: int, end: int) -> Excerpt:
        """A part of the excerpt."""
        ends = None if self.ends is None else self.ends[start:end]
        return Excerpt(self.source, self.text[start:end], self.offsets[start:end], ends)

    def with_text(self, text: str) -> Excerpt:
        """Another text of the same length in the same places."""
        assert len(text) == len(self.text)
        return Excerpt(self.source, text, self.offsets, self.ends)

    def within(self, source: Source, starts: Sequence[int], ends: Sequence[int]) -> Excerpt:
        """The same text in a source that holds this one's.

        ``starts`` and ``ends`` are where each character of this one's source stands in that.
        """
        last = [i + 1 for i in self.offsets] if self.ends is None else self.ends
        return Excerpt(
            source, self.text, [starts[i] for i in self.offsets], [ends[i - 1] for i in last]
        )

    def range(self, span: Span) -> tuple[int, int]:
        """The offsets in the source between which a span lies."""
        if not self.offsets:
            return 0, 0
        last = len(self.offsets) - 1
        start = self.offsets[min(span.start, last)]
        final = min(max(span.end - 1, span.start), last)
        end = self.offsets[final] + 1 if self.ends is None else self.ends[final]
        return start, max(start, end)

    def place(self, span: Span) -> Place:
        """The place of a span of this text in the file."""
        start, end = self.range(span)
        return Place(*self.source.position(start), *self.source.position(end))

    def trimmed(self) -> Excerpt:
        """The excerpt without the space at its ends."""
        stripped = self.text.strip()
        start = self.text.find(stripped) if stripped else 0
        return self.part(start, start + len(stripped))
