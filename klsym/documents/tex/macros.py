r"""What commands and environments mean: macros, other names, switches.

Meanings hold in their group, as in TeX.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from klsym.documents.tex.stream import Slice, Stream
from klsym.syntax.vocabulary import COMMANDS


@dataclass(frozen=True, slots=True)
class Macro:
    r"""What a command is replaced by.

    ``delimiters`` are the texts before the first parameter and after each; ``default`` is that of
    an optional first one.  ``starred`` replaces it where a star follows, and tells that a size in
    brackets may.  ``doubt`` says why it is not known what the command means.
    """

    body: Slice
    delimiters: tuple[str, ...] = ("",)
    default: Slice | None = None
    starred: Slice | None = None
    doubt: str = ""

    def arguments(self, stream: Stream) -> tuple[Slice, ...] | None:
        """The arguments of a use, None if one is missing."""
        found: list[Slice] = []
        if self.delimiters[0]:
            frame = stream.top()
            if frame is None or not frame.next_is(self.delimiters[0]):
                return None
            frame.position += len(self.delimiters[0])
        for number, delimiter in enumerate(self.delimiters[1:]):
            argument: Slice | None = None
            if number == 0 and self.default is not None:
                argument = stream.next_option() or self.default
            elif delimiter:
                frame = stream.top()
                argument = _bare(frame.option(delimiter)) if frame else None
            else:
                argument = stream.next_argument()
            if argument is None:
                return None
            found.append(argument)
        return tuple(found)


def _bare(argument: Slice | None) -> Slice | None:
    """A delimited argument, without the braces that hold all of it."""
    if argument is None or argument.text.braces.get(argument.start) != argument.end - 1:
        return argument
    return replace(argument, start=argument.start + 1, end=argument.end - 1)


@dataclass(frozen=True, slots=True)
class Primitive:
    """Another name for a command that is no macro, or for a sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Environment:
    """What an environment of the author's begins and ends with."""

    begin: Macro
    end: Macro


@dataclass(frozen=True, slots=True)
class Switch:
    r"""A conditional such as ``\ifdraft``."""

    on: bool


@dataclass(frozen=True, slots=True)
class Setting:
    r"""What turns a switch, such as ``\drafttrue``."""

    switch: str
    on: bool


Meaning = Macro | Primitive | Environment | Switch | Setting
"""What a name stands for."""


KEPT = frozenset(
    [
        *("\\part", "\\chapter", "\\section", "\\subsection", "\\subsubsection", "\\paragraph"),
        *("\\begin", "\\end", "\\input", "\\include", "\\label", "\\left", "\\right", "\\middle"),
    ]
)
"""What stays itself: it is defined anew to be set in another way, and means the same."""


@dataclass
class Table:
    """The meanings of names; a group's own are forgotten where it ends.

    Commands are entered with their backslash, environments without one.  ``doubt`` says why it is
    not known whether what is being read counts; a second meaning found there is doubted.  The
    next definition is not of its group alone if ``globally`` is set.
    """

    meanings: dict[str, Meaning] = field(default_factory=dict)
    _groups: list[set[str]] = field(default_factory=list)
    _before: dict[str, list[Meaning | None]] = field(default_factory=dict)
    doubt: str = ""
    globally: bool = False

    def get(self, name: str) -> Meaning | None:
        """The meaning of a name."""
        return self.meanings.get(name)

    def set(self, name: str, meaning: Meaning) -> None:
        """Give a name a meaning until the group ends, or for good if it is to be global."""
        if name in KEPT:
            return
        if self.doubt and (name in self.meanings or name[1:] in COMMANDS):
            meaning = self._doubted(meaning)
        if self.globally:
            before = self._before.get(name, [])
            before[:] = [meaning] * len(before)
        elif self._groups and name not in self._groups[-1]:
            self._groups[-1].add(name)
            self._before.setdefault(name, []).append(self.meanings.get(name))
        self.meanings[name] = meaning

    def _doubted(self, meaning: Meaning) -> Meaning:
        match meaning:
            case Macro():
                return replace(meaning, doubt=self.doubt)
            case Primitive(text):
                return Macro(Slice.of(text), doubt=self.doubt)
            case Environment(begin, end):
                return Environment(replace(begin, doubt=self.doubt), end)
            case _:
                return meaning

    def open_group(self) -> None:
        """Begin a group."""
        self._groups.append(set())

    def close_group(self) -> None:
        """End a group; where none is open nothing happens."""
        if not self._groups:
            return
        for name in self._groups.pop():
            before = self._before[name].pop()
            if before is None:
                self.meanings.pop(name, None)
            else:
                self.meanings[name] = before
