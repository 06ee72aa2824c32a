r"""One pass over a TeX document, which finds its headings, its formulas and the files it includes.

Before ``\begin{document}`` nothing is a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from klsym.documents.blocks import Block, Broken, Heading, Instruction
from klsym.documents.source import Excerpt, Source
from klsym.documents.tex.covering import COVER, covered
from klsym.documents.tex.expansion import Expander, use
from klsym.documents.tex.formulas import DISPLAYS, INLINE, TEXTS, OpenFormula
from klsym.documents.tex.inclusion import Folder
from klsym.documents.tex.macros import Environment
from klsym.documents.tex.setting import DROPPED, FRAMING, PACKAGES
from klsym.documents.tex.stream import Call, Frame, Slice

HEADINGS = {
    "\\part": 1,
    "\\chapter": 2,
    "\\section": 3,
    "\\subsection": 4,
    "\\subsubsection": 5,
    "\\paragraph": 6,
    "\\subparagraph": 7,
}

_TOKEN = re.compile(
    rf"[^\\{{}}$#\n{COVER}]+|{COVER}+|\n[ \t]*(?:\n[ \t]*)*|\$\$?|#\d?|[{{}}]", re.DOTALL
)
_ENVIRONMENT = re.compile(r"\s*\{\s*([^{}\\$]*?)\s*\}")
_FILE = re.compile(r"\s*(?:\{\s*\"?([^{}]*?)\"?\s*\}|([^\s{}\\%]+))")
_PACKAGES = re.compile(r"\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_SLIDES = re.compile(r"<[^<>{}\n]*>")
_DOCUMENT = re.compile(r"\\begin\s*\{document\}")


def tex_blocks(source: Source, load: Callable[[str], Source]) -> Iterator[Block]:
    """The blocks of a TeX document and of the files it includes, which ``load`` reads."""
    return _Reader(source, load).blocks()


class _Reader:
    def __init__(self, source: Source, load: Callable[[str], Source]) -> None:
        self.source = source
        self.folder = Folder(source.path, load)
        self.expander = Expander(self.fail, lambda: self.open is not None)
        self.stream, self.table = self.expander.stream, self.expander.table
        self.found: list[Block] = []
        self.open: OpenFormula | None = None
        self.preamble = False

    def blocks(self) -> Iterator[Block]:
        """The blocks, in order."""
        text = self.push_file(self.source).text.text
        self.preamble = _DOCUMENT.search(text) is not None
        while frame := self.stream.top():
            self.step(frame)
            if self.found:
                yield from self.found
                self.found.clear()
        self.not_closed()
        yield from self.found

    def step(self, frame: Frame) -> None:
        """Read what comes next."""
        text, start = frame.text.text, frame.position
        if text[start] == "\\":
            name = self.expander.next_command(frame)
            frame.position += len(name)
            left = self.expander.obey(name, frame, start)
            if left is not None:
                self.command(left, frame, start)
            return
        token = _TOKEN.match(text, start, frame.end)
        assert token is not None
        piece, frame.position = token.group(), token.end()
        match piece[0]:
            case "\0":
                self.covered(frame, start)
            case "$":
                self.dollar(frame, start, piece)
            case "{":
                self.open_group(frame, start, words=False)
            case "}":
                self.table.close_group()
                if self.open is not None:
                    self.open.close_group()
                self.write(piece, frame, start)
            case "#" if len(piece) == 2 and self.stream.push_argument(frame, int(piece[1])):
                self.expander.spend(0, frame.call)
            case "\n" if piece.count("\n") > 1:
                if self.open is not None and not self.open.display:
                    self.not_closed()
                self.write(piece, frame, start)
            case _:
                self.write(piece, frame, start)

    def write(self, piece: str, frame: Frame, start: int) -> None:
        """Pass on what stands in the text, or stands for what does."""
        if not self.expander.spend_on(piece, frame) or self.open is None or self.open.numbered:
            return
        call = frame.call
        if call is None and not frame.text.text.startswith(piece, start):
            call = use("", frame, start)
        self.open.written.write(piece, start, call)

    def covered(self, frame: Frame, start: int) -> None:
        """Pass over what TeX does not read, with what it says to klsym."""
        source = frame.text.source
        if source is None or frame.call is not None:
            return
        for low, high in frame.text.directives_within(start, frame.position):
            self.found.append(Instruction(Excerpt.of(source, low, high).trimmed()))

    def command(self, name: str, frame: Frame, start: int) -> None:
        """Do what a command says that neither defines nor expands."""
        if name in HEADINGS:
            self.heading(HEADINGS[name], frame, start)
        elif name in _COMMANDS:
            _COMMANDS[name](self, frame, start, name)
        elif name in FRAMING:
            self.frame(frame)
        elif name in DROPPED and self.open is not None:
            for _ in range(DROPPED[name]):
                self.stream.next_option()
                self.stream.next_argument()
        else:
            self.write(name, frame, start)
            if self.open is None:
                return
            self.open.written.after_word = name[0] == "\\" and name[-1].isalpha()
            if name in TEXTS and frame.next_is("{"):
                frame.position += 1
                self.open_group(frame, frame.position - 1, words=True)

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

    # Where formulas begin and end

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

    def frame(self, frame: Frame) -> None:
        """What stands between braces is read as if these were not there."""
        slides = _SLIDES.match(frame.text.text, frame.position, frame.end)
        frame.position = slides.end() if slides else frame.position
        inside = self.stream.next_argument()
        if inside is not None:
            self.stream.push(inside)

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

    # Sections and files

    def heading(self, level: int, frame: Frame, start: int) -> None:
        r"""``\section{...}`` and its like; the title is read as prose."""
        if self.preamble:
            return
        self.not_closed()
        self.stream.next_sign("*")
        self.stream.next_option()
        self.found.append(Heading(level))

    def include(self, frame: Frame, start: int, control: str) -> None:
        r"""``\input{...}`` and its like."""
        found = _FILE.match(frame.text.text, frame.position, frame.end)
        if found is None:
            return
        frame.position = found.end()
        name = (found.group(1) or found.group(2) or "").replace(COVER, "").strip()
        if name and "\\" not in name and "#" not in name:
            self.read_file(name, ".tex", frame, start)

    def packages(self, frame: Frame, start: int, control: str) -> None:
        """Packages of the author's own: those whose file lies in the folder."""
        found = _PACKAGES.match(frame.text.text, frame.position, frame.end)
        if found is None:
            return
        frame.position = found.end()
        for name in reversed(found.group(1).split(",")):
            known = PACKAGES.get(name.strip())
            if known is not None:
                call = use(control, frame, start)
                self.stream.push(replace(Slice.of(known), call=call))
            self.read_file(name.strip(), ".sty", frame, start)

    def read_file(self, name: str, suffix: str, frame: Frame, start: int) -> None:
        """Read another file of the folder here, or tell why not."""
        call = use("\\input", frame, start)
        opened = [each.text.source.path for each in self.stream.frames if each.text.source]
        place = Excerpt.of(call.source, call.start, call.end)
        found = self.folder.include(name, suffix, place, opened)
        if isinstance(found, Source):
            within = call if self.open is not None else frame.call
            self.push_file(found, within, is_style=suffix == ".sty")
        elif found is not None:
            self.found.append(found)

    def push_file(
        self, source: Source, call: Call | None = None, *, is_style: bool = False
    ) -> Frame:
        """Read a file next."""
        text = covered(source, is_style=is_style)
        if text.unclosed is not None:
            low, high = text.unclosed
            message = f"this {source.text[low:high]} is never closed"
            advice = "close it: it hides the rest of the file"
            error = source.error("unclosed-environment", message, low, high, advice)
            self.found.append(Broken(error))
        return self.stream.push(Slice(text, 0, len(text.text), call=call))

    def end_document(self, frame: Frame, start: int, control: str) -> None:
        r"""``\end{document}``, and the ``\bye`` and ``\end`` of plain TeX."""
        self.stream.frames.clear()

    def begin_group(self, frame: Frame, start: int, control: str) -> None:
        r"""``\begingroup``."""
        self.table.open_group()

    def end_group(self, frame: Frame, start: int, control: str) -> None:
        r"""``\endgroup``."""
        self.table.close_group()

    def at_letter(self, frame: Frame, start: int, control: str) -> None:
        r"""``\makeatletter`` and ``\makeatother``."""
        self.stream.at_is_letter = control == "\\makeatletter"

    def end_input(self, frame: Frame, start: int, control: str) -> None:
        r"""``\endinput`` ends the file."""
        frame.position = frame.end


_COMMANDS: Mapping[str, Callable[[_Reader, Frame, int, str], None]] = {
    "\\begin": _Reader.begin,
    "\\end": _Reader.end,
    **dict.fromkeys(("\\[", "\\("), _Reader.bracket),
    **dict.fromkeys(("\\]", "\\)"), _Reader.close_bracket),
    "\\label": _Reader.label,
    "\\tag": _Reader.tag,
    **dict.fromkeys(("\\intertext", "\\shortintertext"), _Reader.intertext),
    "\\ensuremath": _Reader.ensuremath,
    **dict.fromkeys(("\\input", "\\include", "\\subfile"), _Reader.include),
    **dict.fromkeys(("\\usepackage", "\\RequirePackage"), _Reader.packages),
    **dict.fromkeys(("\\begingroup", "\\bgroup"), _Reader.begin_group),
    **dict.fromkeys(("\\endgroup", "\\egroup"), _Reader.end_group),
    **dict.fromkeys(("\\makeatletter", "\\makeatother"), _Reader.at_letter),
    "\\endinput": _Reader.end_input,
    "\\bye": _Reader.end_document,
    **dict.fromkeys(("\\eqno", "\\leqno"), _Reader.number),
}
"""What the reader itself does at a command."""
