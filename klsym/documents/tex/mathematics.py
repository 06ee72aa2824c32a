r"""Where formulas begin and end, and the commands in them that are not for setting alone."""

from __future__ import annotations

import re
from dataclasses import replace

from klsym.documents.blocks import Block
from klsym.documents.tex.expansion import Expander, use
from klsym.documents.tex.formulas import DISPLAYS, INLINE, OpenFormula
from klsym.documents.tex.macros import Environment
from klsym.documents.tex.stream import Call, Frame, Slice

_ENVIRONMENT = re.compile(r"\s*\{\s*([^{}\\$]*?)\s*\}")
_SLIDES = re.compile(r"<[^<>{}\n]*>")

_DISTANCE = re.compile(r"\s*[+-]?\s*[\d.]*\s*(?:mu|em|ex|pt|mm|cm|in|sp|\\[A-Za-z]+width)\b ?")


class Mathematics:
    """What is open while a document is read, and the blocks ``found`` so far.

    In the ``preamble`` nothing is a formula.
    """

    def __init__(self) -> None:
        self.expander = Expander(self.fail, lambda: self.open is not None)
        self.stream, self.table = self.expander.stream, self.expander.table
        self.found: list[Block] = []
        self.open: OpenFormula | None = None
        self.preamble = False

    def write(self, piece: str, frame: Frame, start: int) -> None:
        """Pass on what stands in the text, or stands for what does."""
        if not self.expander.spend_on(piece, frame) or self.open is None or self.open.numbered:
            return
        call = frame.call
        if call is None and not frame.text.text.startswith(piece, start):
            call = use("", frame, start)
        self.open.written.write(piece, start, call)

    def open_group(self, frame: Frame, start: int, *, words: bool) -> None:
        """Go into braces."""
        self.table.open_group()
        if self.open is not None:
            self.open.open_group(words=words)
        self.write("{", frame, start)

    def fail(self, name: str, message: str, advice: str, call: Call) -> None:
        """Give up the formula that is open; in prose a macro that is not understood is nothing."""
        if self.open is not None:
            self.open.fail(name, message, advice, call)

    def begin_formula(self, frame: Frame, start: int, closing: str, *, display: bool) -> bool:
        """Begin a formula, if one may stand here."""
        if self.preamble:
            return False
        self.open = OpenFormula.at(use("", frame, start), closing, display=display)
        self.expander.begin_anew()
        return True

    def end_formula(self, frame: Frame, start: int) -> None:
        """End the formula that is open."""
        formula, self.open = self.open, None
        self.expander.begin_anew()
        if formula is None:
            return
        found = formula.closed(use("", frame, start).start)
        if found is not None:
            self.found.append(found)
        for part in reversed(formula.interjections):
            self.stream.push(part)

    def not_closed(self) -> None:
        """Tell that the open formula is never closed, and read on as prose."""
        formula, self.open = self.open, None
        self.expander.begin_anew()
        if formula is not None:
            self.found.append(formula.unclosed())

    def dollar(self, frame: Frame, start: int, piece: str) -> None:
        """Begin or end a formula at one dollar or two."""
        formula = self.open
        if formula is None:
            self.begin_formula(frame, start, piece, display=piece == "$$")
        elif formula.in_words:
            frame.position = start + 1
            self.write(formula.turn(), frame, start)
        elif formula.closing == piece:
            self.end_formula(frame, start)
        elif formula.closing == "$":
            # Two formulas that touch.
            frame.position = start + 1
            self.end_formula(frame, start)
        else:
            self.not_closed()
            self.begin_formula(frame, start, piece, display=piece == "$$")

    def bracket(self, frame: Frame, start: int, control: str) -> None:
        r"""``\[`` and ``\(``."""
        self.not_closed()
        closing = {"\\[": "\\]", "\\(": "\\)"}[control]
        self.begin_formula(frame, start, closing, display=control == "\\[")

    def close_bracket(self, frame: Frame, start: int, control: str) -> None:
        r"""``\]`` and ``\)``."""
        if self.open is not None and self.open.closing == control:
            self.end_formula(frame, start)

    def begin(self, frame: Frame, start: int, control: str) -> None:
        r"""``\begin{...}``."""
        found = _ENVIRONMENT.match(frame.text.text, frame.position, frame.end)
        if found is None:
            self.write(control, frame, start)
            return
        name, frame.position = found.group(1), found.end()
        self.table.open_group()
        meaning = self.table.get(name)
        stem = name.rstrip("*")
        if isinstance(meaning, Environment):
            self.expander.expand(name, meaning.begin, frame, start)
        elif name == "document":
            self.preamble = False
        elif self.open is not None:
            if stem in DISPLAYS and not self.open.blank:
                self.not_closed()
                frame.position = start
                return
            self.open.environments.append(name)
            self.write(f"\\begin{{{name}}}", frame, start)
        elif stem in DISPLAYS and self.begin_formula(frame, start, name, display=True):
            if stem == "empheq":
                self.stream.next_option()
            for _ in range(DISPLAYS[stem]):
                self.stream.next_argument()
            if stem == "multline":
                self.write(f"\\begin{{{name}}}", frame, start)
        elif stem in INLINE:
            self.begin_formula(frame, start, name, display=False)

    def end(self, frame: Frame, start: int, control: str) -> None:
        r"""``\end{...}``."""
        found = _ENVIRONMENT.match(frame.text.text, frame.position, frame.end)
        if found is None:
            self.end_document(frame, start, control)
            return
        name, frame.position = found.group(1), found.end()
        meaning = self.table.get(name)
        if isinstance(meaning, Environment):
            self.expander.expand(name, meaning.end, frame, start)
        elif name == "document":
            self.end_document(frame, start, control)
        elif self.open is not None:
            self.end_within(self.open, name, frame, start)
        self.table.close_group()

    def end_within(self, formula: OpenFormula, name: str, frame: Frame, start: int) -> None:
        """The end of an environment while a formula is open."""
        if name in formula.environments:
            formula.environments.remove(name)
            self.write(f"\\end{{{name}}}", frame, start)
        elif name == formula.closing:
            if name.startswith("multline"):
                self.write(f"\\end{{{name}}}", frame, start)
            self.end_formula(frame, start)
        else:
            self.not_closed()

    def end_document(self, frame: Frame, start: int, control: str) -> None:
        r"""``\end{document}``, and the ``\bye`` and ``\end`` of plain TeX."""
        self.stream.frames.clear()

    def frame(self, frame: Frame) -> None:
        """What stands between braces is read as if these were not there."""
        slides = _SLIDES.match(frame.text.text, frame.position, frame.end)
        frame.position = slides.end() if slides else frame.position
        inside = self.stream.next_argument()
        if inside is not None:
            self.stream.push(inside)

    def glue(self, frame: Frame, start: int, control: str) -> None:
        r"""``\mkern-1.5mu`` and its like: a distance."""
        distance = _DISTANCE.match(frame.text.text, frame.position, frame.end)
        frame.position = distance.end() if distance else frame.position

    def number(self, frame: Frame, start: int, control: str) -> None:
        r"""``\eqno(1)``: what follows in the display is its number."""
        if self.open is not None:
            self.open.numbered = True

    def label(self, frame: Frame, start: int, control: str) -> None:
        r"""``\label{...}``."""
        found = self.stream.next_argument()
        if found is not None and self.open is not None:
            self.open.labels.append(found.string.strip())

    def tag(self, frame: Frame, start: int, control: str) -> None:
        r"""``\tag{...}`` says nothing of the formula."""
        self.stream.next_sign("*")
        self.stream.next_argument()

    def intertext(self, frame: Frame, start: int, control: str) -> None:
        r"""``\intertext{...}`` ends a row; its words are read after the display."""
        words = self.stream.next_argument()
        if self.open is not None and words is not None:
            self.open.interjections.append(words)
            self.write("\\\\", frame, start)

    def ensuremath(self, frame: Frame, start: int, control: str) -> None:
        r"""``\ensuremath{...}`` is a formula where none is open."""
        inside = self.stream.next_argument()
        if inside is None:
            return
        if self.open is not None:
            self.write("{", frame, start)
            self.stream.push(replace(Slice.of("}"), call=use("}", frame, start)))
        elif self.begin_formula(frame, start, "$", display=False):
            self.stream.push(replace(Slice.of("$"), call=use("$", frame, start)))
        self.stream.push(inside)
