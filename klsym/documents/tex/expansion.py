r"""What TeX does before it sets anything: definitions, the expansion of macros, conditionals.

Macros may be defined to be endless, or to double a text thirty times; both are told at the
author's use of them, and what follows is read as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from klsym.documents.tex.covering import CONDITIONALS, branch_end
from klsym.documents.tex.definitions import DEFINING
from klsym.documents.tex.macros import Macro, Primitive, Setting, Switch, Table
from klsym.documents.tex.stream import Call, Frame, Stream

MOST_OF_A_FORMULA = 100_000
"""How many characters macros may make of one formula, or of the prose between two."""
MOST_OF_A_DOCUMENT = 3_000_000
"""How many they may make of a document."""
DEEPEST = 200
"""How deep macros may be nested in macros."""

PREFIXES = frozenset({"\\long", "\\global", "\\protected", "\\outer"})

Fail = Callable[[str, str, str, Call], None]
"""Is told that a use of a macro was not expanded: an error's name, its message and help."""


def use(name: str, frame: Frame, start: int) -> Call:
    """The use of a macro that stands at ``start`` in a frame, up to where the frame is read."""
    if frame.call is not None:
        outer = frame.call
        return Call(name, outer.source, outer.start, outer.end, outer)
    source = frame.text.source
    assert source is not None
    return Call(name, source, start, max(frame.position, start + len(name)))


class Expander:
    """The stream of a document, with what its commands mean so far."""

    def __init__(self, fail: Fail, in_mathematics: Callable[[], bool]) -> None:
        self.stream = Stream()
        self.table = Table()
        self._fail = fail
        self._in_mathematics = in_mathematics
        self._conditionals: list[str] = []
        self._spent = self._spent_in_all = 0

    def begin_anew(self) -> None:
        """Count what macros make from nothing again, for another formula."""
        self._spent = 0

    def next_command(self, frame: Frame) -> str:
        """The command that comes next in a frame."""
        name = frame.control(self.stream.at_is_letter) or "\\"
        if frame.call is not None and frame.text.text.startswith("@", frame.position + len(name)):
            # In a body @ is what it was where the macro was defined.
            longer = frame.control(at_is_letter=True)
            return longer if self.table.get(longer) else name
        return name

    def obey(self, name: str, frame: Frame, start: int) -> str | None:
        """Do what a command says; the command to be set if it is none of this module's."""
        match self.table.get(name):
            case Macro() as macro:
                self.expand(name, macro, frame, start)
                return None
            case Setting(switch, on):
                self.table.set(switch, Switch(on))
                return None
            case Switch(on):
                self._if(name, on, frame)
                return None
            case Primitive(text):
                name = text
        if name in DEFINING:
            DEFINING[name](self.table, self.stream, frame, name)
            self.table.globally = False
        elif name == "\\else":
            self._else(frame)
        elif name == "\\fi":
            self._fi()
        elif name == "\\ifmmode":
            self._if(name, self._in_mathematics(), frame)
        elif name[1:] in CONDITIONALS:
            self._if(name, {"\\iftrue": True, "\\iffalse": False}.get(name), frame)
        elif name in PREFIXES:
            self.table.globally = self.table.globally or name == "\\global"
        else:
            self.table.globally = False
            return name
        return None

    def expand(self, name: str, macro: Macro, frame: Frame, start: int) -> None:
        """Read next what a macro stands for."""
        body = macro.body
        if macro.starred is not None:
            if self.stream.next_sign("*"):
                body = macro.starred
            else:
                self.stream.next_option()
        after = frame.position
        arguments = macro.arguments(self.stream)
        call = use(name, frame, start)
        if arguments is None:
            frame.position = max(after, frame.position)
            self._fail("missing-argument", f"{name} lacks an argument", "", call)
        elif macro.doubt:
            self._fail("doubtful-macro", f"{name} is not understood: {macro.doubt}", "", call)
        elif frame.call is not None and frame.call.uses(name):
            self._fail("endless-macro", f"{name} is defined by itself", "", call)
        elif call.depth > DEEPEST:
            self._fail("too-deep", f"macros nested more than {DEEPEST} deep", "", call)
        elif self.spend(0, call):
            given = tuple(replace(a, call=call) if a is macro.default else a for a in arguments)
            pushed = replace(body, call=call)
            self.stream.push(pushed, given if len(macro.delimiters) > 1 else None)

    def spend(self, amount: int, call: Call | None) -> bool:
        """Count what macros make; False, and the rest of it is dropped, where it is too much."""
        self._spent += amount + 1
        self._spent_in_all += amount + 1
        if self._spent <= MOST_OF_A_FORMULA and self._spent_in_all <= MOST_OF_A_DOCUMENT:
            return True
        frames = self.stream.frames
        first = next((i for i, frame in enumerate(frames) if frame.call), len(frames))
        outermost = frames[first].call if first < len(frames) else call
        del frames[first:]
        self._spent = 0
        if outermost is not None:
            name = outermost.name
            message = f"{name} expands to more than {MOST_OF_A_FORMULA} characters"
            if self._spent_in_all > MOST_OF_A_DOCUMENT:
                message = f"the macros expand to more than {MOST_OF_A_DOCUMENT} characters by now"
            self._fail("expansion-too-long", message, f"write {name} out", outermost)
        return False

    def spend_on(self, piece: str, frame: Frame) -> bool:
        """Count a piece of text if macros made it, or repeat it."""
        frames = self.stream.frames
        below = frames[-2] if len(frames) > 1 else frame
        made = frame.call is not None or below.call is not None
        return not made or self.spend(len(piece), frame.call)

    def _if(self, name: str, on: bool | None, frame: Frame) -> None:
        if on is None:
            self._conditionals.append("unknown")
            self.table.doubt = "it is defined under a condition that klsym does not decide"
            call = use(name, frame, frame.position - len(name))
            self._fail("unknown-condition", f"{name} is not decided", "", call)
        elif on:
            self._conditionals.append("true")
        else:
            frame.position, ending = self._branch_end(frame)
            if ending == "else":
                self._conditionals.append("else")

    def _else(self, frame: Frame) -> None:
        if self._conditionals and self._conditionals[-1] == "true":
            ending = "else"
            while ending == "else":
                frame.position, ending = self._branch_end(frame)
            self._conditionals.pop()

    def _fi(self) -> None:
        if self._conditionals:
            self._conditionals.pop()
        if "unknown" not in self._conditionals:
            self.table.doubt = ""

    def _branch_end(self, frame: Frame) -> tuple[int, str]:
        own = {n[1:] for n, m in self.table.meanings.items() if isinstance(m, Switch)}
        return branch_end(frame.text.text, frame.position, own, frame.end)
