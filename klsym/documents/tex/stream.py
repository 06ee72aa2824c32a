r"""The stream of TeX: slices of texts on a stack, and what is written out of them.

A macro that is used puts its body on the stack, and ``#1`` in it the argument, which knows what
``#1`` meant where it was written.  Nothing is copied or read twice, so a text nested to any depth
is read in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from klsym.documents.source import Excerpt, Source
from klsym.documents.tex.covering import COVER, TexText

_SPACE = re.compile(rf"[\s{COVER}]*")
_CONTROL = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_CONTROL_WITH_AT = re.compile(r"\\(?:[A-Za-z@]+|.)", re.DOTALL)
_NO_ARGUMENT = frozenset({"\\\\", "\\]", "\\)", "\\end", "\\right", "\\begin"})

LONGEST_OPTION = 10_000
"""How many characters an optional or a delimited argument may have."""


@dataclass(frozen=True, slots=True)
class Call:
    """The use of a macro: its place in a file, and the use within whose expansion it stands."""

    name: str
    source: Source
    start: int
    end: int
    outer: Call | None = None

    def uses(self, name: str) -> bool:
        """Whether this is, or stands within, a use of a macro."""
        call: Call | None = self
        while call is not None:
            if call.name == name:
                return True
            call = call.outer
        return False

    @property
    def depth(self) -> int:
        """In how many expansions this stands."""
        call, count = self.outer, 0
        while call is not None:
            call, count = call.outer, count + 1
        return count


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a text: of a file, or of what a macro ``call`` made of it with ``arguments``."""

    text: TexText
    start: int
    end: int
    arguments: tuple[Slice, ...] = ()
    call: Call | None = None

    @classmethod
    def of(cls, text: str) -> Slice:
        """A text that klsym makes itself."""
        return cls(TexText(text), 0, len(text))

    @property
    def string(self) -> str:
        """The text, without what TeX does not read."""
        return self.text.text[self.start : self.end].replace(COVER, "")


@dataclass(slots=True)
class Frame:
    """A slice that is being read, up to ``position``."""

    text: TexText
    position: int
    end: int
    arguments: tuple[Slice, ...]
    call: Call | None

    def to(self, end: int) -> Slice:
        """The slice from here to an end, and move there."""
        found = Slice(self.text, self.position, end, self.arguments, self.call)
        self.position = end
        return found

    def skip_space(self) -> None:
        """Move over space and what TeX does not read."""
        space = _SPACE.match(self.text.text, self.position, self.end)
        self.position = space.end() if space else self.position

    @property
    def rest(self) -> bool:
        """Whether anything is left."""
        return self.position < self.end

    def next_is(self, text: str) -> bool:
        """Whether a text comes next."""
        return self.text.text.startswith(text, self.position, self.end)

    def control(self, at_is_letter: bool = False) -> str:
        """The command that comes next, with its backslash; it is not moved over."""
        pattern = _CONTROL_WITH_AT if at_is_letter or self.text.is_style else _CONTROL
        found = pattern.match(self.text.text, self.position, self.end)
        return found.group() if found else ""

    def group(self) -> Slice | None:
        """What the braces that open here hold, and move after them.

        None if they are never closed, or only in another paragraph.
        """
        close = self.text.braces.get(self.position)
        if close is None or close >= self.end or self.text.next_blank_line(self.position) < close:
            return None
        self.position += 1
        found = self.to(close)
        self.position = close + 1
        return found

    def option(self, close: str = "]") -> Slice | None:
        """What stands from here to ``close`` outside of braces, and move after it."""
        text, position = self.text.text, self.position
        limit = min(self.end, position + LONGEST_OPTION)
        while (target := text.find(close, position, limit)) >= 0:
            brace = text.find("{", position, target)
            if brace >= 0:
                position = self.text.braces.get(brace, brace) + 1
            elif close == "]" and text[target - 1] == "\\":
                position = target + 1
            else:
                found = self.to(target)
                self.position = target + len(close)
                return found
        return None


class Stream:
    """The stack of what is being read."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.at_is_letter = False

    def push(self, part: Slice, arguments: tuple[Slice, ...] | None = None) -> Frame:
        """Read a slice next."""
        given = part.arguments if arguments is None else arguments
        frame = Frame(part.text, part.start, part.end, given, part.call)
        self.frames.append(frame)
        return frame

    def top(self) -> Frame | None:
        """What is read next, None at the end."""
        while self.frames and self.frames[-1].position >= self.frames[-1].end:
            self.frames.pop()
        return self.frames[-1] if self.frames else None

    def push_argument(self, frame: Frame, number: int) -> bool:
        """Read the argument that ``#1`` in a frame stands for; False if there is none."""
        if not 0 < number <= len(frame.arguments):
            return False
        self.push(frame.arguments[number - 1])
        return True

    def next_argument(self) -> Slice | None:
        """The argument that comes next, None if none can be read: a group, or one sign."""
        while frame := self._after_space():
            text = frame.text.text
            char = text[frame.position]
            if char == "{":
                return frame.group()
            if char == "#" and text[frame.position + 1 : frame.position + 2].isdigit():
                number = int(text[frame.position + 1])
                frame.position += 2
                if not self.push_argument(frame, number):
                    return None
                continue
            if char == "\\":
                control = frame.control(self.at_is_letter)
                if not control or control in _NO_ARGUMENT:
                    return None
                return frame.to(frame.position + len(control))
            return None if char in "}$&" else frame.to(frame.position + 1)
        return None

    def next_option(self) -> Slice | None:
        """The optional argument in brackets, if one comes next."""
        frame = self._after_space()
        if frame is None or not frame.next_is("["):
            return None
        start = frame.position
        frame.position += 1
        found = frame.option()
        if found is None:
            frame.position = start
        return found

    def next_sign(self, sign: str) -> bool:
        """Move over a sign if it comes next."""
        frame = self._after_space()
        if frame is None or not frame.next_is(sign):
            return False
        frame.position += len(sign)
        return True

    def _after_space(self) -> Frame | None:
        while frame := self.top():
            frame.skip_space()
            if frame.rest:
                return frame
        return None


@dataclass
class Written:
    """Text written out of a stream, with the place of each character in one source."""

    source: Source
    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    after_word: bool = False

    def write(self, text: str, start: int, call: Call | None) -> None:
        """Write a text that stands at ``start``, or that a use of a macro made."""
        if self.after_word and text[:1].isalpha():
            text, start = f" {text}", start - 1
        self.after_word = False
        self.pieces.append(text)
        if call is None:
            self.starts += range(start, start + len(text))
            self.ends += range(start + 1, start + len(text) + 1)
        else:
            self.starts += [call.start] * len(text)
            self.ends += [call.end] * len(text)

    @property
    def length(self) -> int:
        """How many characters were written."""
        return len(self.starts)

    def excerpt(self) -> Excerpt:
        """What was written."""
        return Excerpt(self.source, "".join(self.pieces), self.starts, self.ends)
