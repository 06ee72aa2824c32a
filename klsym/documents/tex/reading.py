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
from klsym.documents.tex.expansion import use
from klsym.documents.tex.formulas import TEXTS
from klsym.documents.tex.inclusion import Folder
from klsym.documents.tex.mathematics import Mathematics
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
_FILE = re.compile(r"\s*(?:\{\s*\"?([^{}]*?)\"?\s*\}|([^\s{}\\%]+))")
_PACKAGES = re.compile(r"\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_DOCUMENT = re.compile(r"\\begin\s*\{document\}")


def tex_blocks(source: Source, load: Callable[[str], Source]) -> Iterator[Block]:
    """The blocks of a TeX document and of the files it includes, which ``load`` reads."""
    return _Reader(source, load).blocks()


class _Reader(Mathematics):
    def __init__(self, source: Source, load: Callable[[str], Source]) -> None:
        super().__init__()
        self.source = source
        self.folder = Folder(source.path, load)

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
    **dict.fromkeys(("\\kern", "\\mkern", "\\hskip", "\\mskip"), _Reader.glue),
    "\\bye": _Reader.end_document,
    **dict.fromkeys(("\\eqno", "\\leqno"), _Reader.number),
}
"""What the reader itself does at a command."""
