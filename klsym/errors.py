"""The one error klsym raises for what it cannot understand, with a place, a caret and help.

An error points at a span of a text the user wrote.  Whoever reads a text raises the error with
that text; whoever knows where the text came from (a command-line argument, a file and a line)
names the place with :meth:`KlsymError.at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from klsym.shown import one_line

WIDEST_LINE = 100
"""A longer source line is cut around the caret, so that one error stays readable."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters ``[start, end)`` of a text."""

    start: int
    end: int

    def __or__(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


class KlsymError(Exception):
    """Something the user wrote cannot be understood.

    ``name`` is the error's kebab-case name, ``message`` one sentence, ``text`` and ``span`` what
    was written and which part is meant, ``help`` what to write instead and ``place`` where the
    text came from (``formula``, ``--let``, ``paper.tex``), with ``line`` the line of that place
    on which ``text`` begins.
    """

    def __init__(
        self,
        name: str,
        message: str,
        *,
        text: str = "",
        span: Span | None = None,
        help: str = "",
        place: str = "",
        line: int = 1,
    ) -> None:
        super().__init__(message)
        self.name = name
        self.message = message
        self.text = text
        self.span = span
        self.help = help
        self.place = place
        self.first_line = line

    def at(self, place: str, line: int = 1) -> KlsymError:
        """Name the place of the text, unless one is named already; returns the error itself."""
        if not self.place:
            self.place, self.first_line = place, line
        return self

    def within(self, text: str) -> KlsymError:
        """Attach the text that was being read, unless one is attached already."""
        if not self.text:
            self.text = text
        return self

    @property
    def line(self) -> int:
        """The line of the place on which the span begins, from 1."""
        start = self.span.start if self.span else 0
        return self.first_line + self.text.count("\n", 0, start)

    @property
    def column(self) -> int:
        """The column at which the span begins, in characters from 1."""
        start = self.span.start if self.span else 0
        return start - (self.text.rfind("\n", 0, start) + 1) + 1

    def to_dict(self) -> dict[str, Any]:
        """The error as the JSON object of the command line."""
        return {
            "error": {
                "name": self.name,
                "message": self.message,
                "help": self.help,
                "line": self.line,
                "column": self.column,
            }
        }

    def to_data(self) -> dict[str, Any]:
        """All of the error: the object of the JSON, its place, and the line it points at."""
        more: dict[str, Any] = {"place": self.place}
        if self.span is not None:
            begin = self.text.rfind("\n", 0, self.span.start) + 1
            text = self.text[begin:].partition("\n")[0]
            more |= {"text": text, "end": min(self.span.end, begin + len(text)) - begin + 1}
        return {**self.to_dict()["error"], **more}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> KlsymError:
        """The error that an object of the JSON is about, with or without the rest."""
        line, column = data["line"], data["column"]
        span = Span(column - 1, max(column - 1, data.get("end", column + 1) - 1))
        text = data.get("text", " " * column)
        nowhere = "end" not in data and (line, column) == (1, 1)
        told = {name: data[name] for name in ("name", "message", "help", "place")}
        return cls(**told, text=text, span=None if nowhere else span, line=line)

    def __str__(self) -> str:
        """The message, then the place, the line with a caret under the part meant, and help."""
        lines = [f"error[{self.name}]: {one_line(self.message)}"]
        if self.span is not None and (self.text or self.span == Span(0, 0)):
            lines += self._excerpt(self.span)
        elif self.place:
            lines.append(f"  --> {one_line(self.place)}")
        if self.help:
            lines.append(f"help: {one_line(self.help)}")
        return "\n".join(lines)

    def _excerpt(self, span: Span) -> list[str]:
        begin = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.start)
        source = self.text[begin : end if end >= 0 else len(self.text)]
        at = span.start - begin
        carets = max(1, min(span.end, begin + len(source)) - span.start)
        if len(source) > WIDEST_LINE:
            left = max(0, at - WIDEST_LINE // 2)
            source, at = source[left : left + WIDEST_LINE], at - left
            carets = min(carets, WIDEST_LINE - at) or 1
        number = str(self.line)
        gutter = " " * len(number)
        return [
            f"{gutter}--> {one_line(self.place) or 'input'}:{self.line}:{self.column}",
            f"{gutter} |",
            f"{number} | {one_line(source)}",
            f"{gutter} | {' ' * at}{'^' * carets}",
        ]
