r"""Fragments of a row: what stands between its relations, its commas, gaps and words.

A row that cannot be read as a whole is read fragment by fragment, so that one part that is not
understood spoils no other.  ``A \Rightarrow B`` is two statements, the first a premise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klsym.errors import Span

_GROUP = r"\s*\{(?:[^{}]|\{[^{}]*\})*\}"
_RELATIONS = r"leq?|geq?|approx|sim|simeq|propto|equiv|neq?|leqslant|geqslant|ll|gg|in"
_TOKEN = re.compile(
    rf"(?P<relation>\\(?:overset|stackrel){_GROUP}{_GROUP}|:=|[=<>]|\\(?:{_RELATIONS})(?![A-Za-z]))"
    rf"|(?P<implies>\\(?:Rightarrow|Longrightarrow|implies|Leftrightarrow|Longleftrightarrow|iff)"
    r"(?![A-Za-z]))"
    rf"|(?P<words>\\(?:text|mbox|textrm|intertext){_GROUP})"
    r"|(?P<gap>,|;|\\q?quad(?![A-Za-z]))"
    r"|(?P<open>\\left(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.)|\\begin\s*\{|[{(\[]|\\(?:\{|lbrace(?![A-Za-z])|langle"
    r"(?![A-Za-z])))"
    r"|(?P<close>\\right(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.)|\\end\s*\{|[})\]]|\\(?:\}|rbrace(?![A-Za-z])|rangle"
    r"(?![A-Za-z])))"
    r"|\\(?:[A-Za-z]+|.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a row between separators; ``before`` is the kind of what stands before it.

    Kinds are ``relation``, ``implies``, ``words``, ``gap``, and empty for the first.  ``start``
    is where the separator begins, ``span`` is without it.
    """

    before: str
    start: int
    span: Span


def fragments(text: str) -> list[Fragment]:
    """The fragments of a row that hold anything, at depth 0 of its brackets."""
    found: list[Fragment] = []
    depth, kind, start, body = 0, "", 0, 0
    for token in _TOKEN.finditer(text):
        match token.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case str(separator) if depth == 0:
                if _holds(text[body : token.start()]):
                    found.append(Fragment(kind, start, Span(body, token.start())))
                    kind, start = separator, token.start()
                elif kind in ("", "gap") or separator == "implies":
                    kind, start = separator, token.start()
                body = token.end()
    if _holds(text[body:]):
        found.append(Fragment(kind, start, Span(body, len(text))))
    return found


def implications(text: str) -> Iterator[tuple[Span, bool]]:
    r"""The parts of a row between its ``\Rightarrow``, each with whether it is a premise."""
    pieces = fragments(text)
    starts = [0, *(f.start for f in pieces if f.before == "implies"), len(text)]
    bodies = [0, *(f.span.start for f in pieces if f.before == "implies")]
    for number, body in enumerate(bodies):
        end = starts[number + 1]
        yield Span(body, end), number < len(bodies) - 1


def only(text: str, start: int, end: int) -> str:
    """The text with all blanked but one part, which keeps its place."""
    blank = re.sub(r"[^\n]", " ", text)
    return blank[:start] + text[start:end] + blank[end:]


def _holds(text: str) -> bool:
    return bool(re.sub(r"[\s&.]|\\[,;:! ]|~", "", text))
