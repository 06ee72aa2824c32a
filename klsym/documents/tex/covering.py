r"""What TeX does not read: comments, verbatim text, ``\iffalse ... \fi``.

It is covered by NUL, which no document holds, so every offset stays valid.  A comment that speaks
to klsym is remembered: ``% klsym: let p = Normal(mu, sigma)``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property

from klsym.documents.source import Source

COVER = "\0"

_ENVIRONMENTS = (
    "verbatim|Verbatim|BVerbatim|LVerbatim|lstlisting|minted|comment|filecontents|alltt|tikzpicture"
)
_TOKEN = re.compile(
    rf"\\begin\s*\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}"
    r"|\\(?P<verb>verb|lstinline|mintinline(?:\[[^\]]*\])?\{\w+\})\*?(?P<mark>[^A-Za-z\s*\\])"
    r"|\\(?P<link>url|path|href|nolinkurl)\s*\{"
    r"|(?P<false>\\iffalse(?![A-Za-z@]))"
    r"|(?P<comment>%[^\n]*)"
    r"|\\(?:[A-Za-z@]+|.)",
    re.DOTALL,
)
_COMMENT_END = re.compile(r"\n[ \t]*(?!\n)|")
_DIRECTIVE = re.compile(r"%+\s*klsym\s*:(.*)")
_APART = re.compile(r"\\(?:item|(?:sub)*section\*?|chapter|paragraph|maketitle)(?![A-Za-z])")
_DROPPED = re.compile(
    r"\\(?:begin|end)\s*\{[^{}]*\}(?:\[[^\]]*\])?"
    r"|\\(?:label|tag|cite[a-z]*)\s*(?:\[[^\]]*\])?\{[^{}]*\}"
)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[${}]", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class TexSource(Source):
    """A file of TeX, with its text ``read`` as TeX reads it."""

    read: str = ""

    def words(self, start: int, end: int) -> str:
        """The words between two offsets, without commands and comments."""
        text = _APART.sub("\n\n", self.read[start:end].replace(COVER, ""))
        return _COMMAND.sub(" ", _DROPPED.sub(" ", text)).replace("~", " ")


@dataclass(frozen=True)
class TexText:
    """A text of TeX, covered where it is not read.

    ``directives`` are the ranges of what comments say to klsym, ``unclosed`` that of the opening
    of what is never closed, after which nothing is read.  A text without a source was made by
    klsym itself.  In the text of a package ``@`` is a letter.
    """

    text: str
    source: Source | None = None
    directives: tuple[tuple[int, int], ...] = ()
    unclosed: tuple[int, int] | None = None
    is_style: bool = False

    @cached_property
    def braces(self) -> dict[int, int]:
        """Where each brace that opens is closed."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for brace in _BRACE.finditer(self.text):
            if brace.group() == "{":
                opened.append(brace.start())
            elif brace.group() == "}" and opened:
                pairs[opened.pop()] = brace.start()
        return pairs

    @cached_property
    def _blank_lines(self) -> list[int]:
        return [blank.start() for blank in _BLANK_LINE.finditer(self.text)]

    def next_blank_line(self, position: int) -> int:
        """Where the next paragraph ends, at the end of the text if there is none."""
        found = bisect_left(self._blank_lines, position)
        return self._blank_lines[found] if found < len(self._blank_lines) else len(self.text)

    def directives_within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The directives in a covered part."""
        low = bisect_left(self.directives, (start, 0))
        high = bisect_left(self.directives, (end, 0))
        return self.directives[low:high]


def covered(source: Source, *, is_style: bool = False) -> TexText:
    """The text of a source, covered where TeX does not read it."""
    text = source.text
    pieces: list[str] = []
    directives: list[tuple[int, int]] = []
    unclosed: tuple[int, int] | None = None
    position = done = 0
    while token := _TOKEN.search(text, position):
        position = token.end()
        if token.lastgroup == "comment":
            directive = _DIRECTIVE.match(token.group())
            if directive and directive.group(1).strip():
                start = token.start() + directive.start(1)
                directives.append((start, start + len(directive.group(1))))
            ending = _COMMENT_END.match(text, position)
            position = ending.end() if ending else position
        else:
            position = _end_of_unread(text, token)
            if position == token.end():
                continue
            if position < 0:
                position = len(text)
                unclosed = token.span()
        pieces += [text[done : token.start()], COVER * (position - token.start())]
        done = position
    whole = "".join((*pieces, text[done:]))
    file = TexSource(source.path, source.text, whole)
    return TexText(whole, file, tuple(directives), unclosed, is_style)


def _end_of_unread(text: str, token: re.Match[str]) -> int:
    """Where the text ends that a token tells TeX not to read, the token's end if it tells none.

    It is negative where that text is never closed.
    """
    end = token.end()
    if token["environment"]:
        closing = f"\\end{{{token['environment']}}}"
        found = text.find(closing, end)
        return -1 if found < 0 else found + len(closing)
    if token["verb"]:
        mark = "}" if token["mark"] == "{" else token["mark"]
        found, line_end = text.find(mark, end), text.find("\n", end)
        return found + 1 if found >= 0 and (found < line_end or line_end < 0) else end
    if token["link"]:
        found = text.find("}", end)
        return end if found < 0 else found + 1
    if token["false"]:
        found, closing = branch_end(text, end)
        return found if closing else -1
    return end


def branch_end(
    text: str, position: int, conditionals: Container[str] = (), end: int | None = None
) -> tuple[int, str]:
    r"""Where a branch of a conditional ends, after ``\else`` or ``\fi``, and which of the two.

    ``conditionals`` are the document's own, such as ``\ifdraft``.  A branch that is never closed
    ends with nothing, at the end of the text.
    """
    depth = 0
    end = len(text) if end is None else end
    while token := _SKIPPED.search(text, position, end):
        position = token.end()
        name = token.group(1)
        if name is None:
            continue
        if name == "fi" and depth == 0:
            return position, "fi"
        if name == "else" and depth == 0:
            return position, "else"
        if name == "fi":
            depth -= 1
        elif name in CONDITIONALS or name in conditionals:
            depth += 1
    return end, ""


_KINDS = (
    "cat num dim odd vmode hmode mmode inner void hbox vbox x eof true false case defined csname "
    "fontchar pdf xetex luatex"
)
CONDITIONALS = frozenset({"if", *(f"if{kind}" for kind in _KINDS.split(" "))})
"""The conditionals of TeX itself."""

_SKIPPED = re.compile(r"%[^\n]*|\\([A-Za-z@]+|.)", re.DOTALL)
