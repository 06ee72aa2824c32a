r"""How TeX defines commands: ``\newcommand``, ``\def``, ``\let`` and what packages add."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from klsym.documents.tex.macros import Environment, Macro, Primitive, Setting, Switch, Table
from klsym.documents.tex.stream import Frame, Slice, Stream

_NAME = re.compile(r"\s*\{?\s*(\\(?:[A-Za-z@]+|[^A-Za-z\s]))\s*\}?")
_COUNT = re.compile(r"\s*\[\s*(\d)\s*\]")
_PARAMETERS = re.compile(r"[^{}]*")
_PARAMETER = re.compile(r"#(\d)")
_TARGET = re.compile(r"\s*=?\s?(\\(?:[A-Za-z@]+|.)|.)", re.DOTALL)
_WORD = re.compile(r"\s*\{\s*([A-Za-z@]+\*?)\s*\}")
_SPEC = re.compile(r"m|[+>]|O\{([^{}]*)\}|\s")
_LAYOUT = re.compile(r"\\[,;:! ]|~")
_OPERATOR = re.compile(
    r"\s*\\math(?:op|rel|bin|ord)\s*\{\s*\\(?:(?:rm|sf|it|bf)\s+|(?:mathrm|mathsf|operatorname|text)\s*\{)\s*"
    r"(?:\\[,;:! ])*([A-Za-z]+)\}?\s*\}\s*(?:\\(?:no)?limits)?\s*"
)


def _as_operator(body: Slice) -> Slice:
    r"""``\mathop{\rm KL}\nolimits``, as it was written before ``\operatorname``."""
    operator = _OPERATOR.fullmatch(body.string)
    return Slice.of(f"\\operatorname{{{operator.group(1)}}}") if operator else body


Define = Callable[[Table, Stream, Frame, str], None]
"""Reads what follows a defining command in a frame, and enters it into the table."""


def _new_command(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    name = _command_name(frame)
    macro = _parameters_and_body(frame)
    if name and macro and not (command == "\\providecommand" and table.get(name)):
        table.set(name, macro)


def _command_name(frame: Frame) -> str:
    if frame.next_is("*"):
        frame.position += 1
    frame.skip_space()
    found = _NAME.match(frame.text.text, frame.position, frame.end)
    frame.position = found.end() if found else frame.position
    return found.group(1) if found else ""


def _parameters_and_body(frame: Frame) -> Macro | None:
    """``[2][default]{body}``."""
    frame.skip_space()
    count = _COUNT.match(frame.text.text, frame.position, frame.end)
    default = None
    if count:
        frame.position = count.end()
        frame.skip_space()
        if frame.next_is("["):
            frame.position += 1
            default = frame.option()
    body = _body(frame)
    number = int(count.group(1)) if count else 0
    return None if body is None else Macro(_as_operator(body), ("",) * (number + 1), default)


def _body(frame: Frame) -> Slice | None:
    """A group that may hold several paragraphs."""
    frame.skip_space()
    close = frame.text.braces.get(frame.position)
    if close is None or close > frame.end:
        return None
    frame.position += 1
    found = frame.to(close)
    frame.position = close + 1
    return found


def _def(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    frame.skip_space()
    name = frame.control(stream.at_is_letter)
    frame.position += len(name)
    parameters = _PARAMETERS.match(frame.text.text, frame.position, frame.end)
    written = parameters.group() if parameters else ""
    frame.position += len(written)
    body = _body(frame)
    if not name or body is None:
        return
    first, *rest = _PARAMETER.split(written)
    delimiters = (first.lstrip() if rest else first.strip(), *rest[1::2])
    table.globally = table.globally or command in ("\\gdef", "\\xdef")
    table.set(name, Macro(_as_operator(body), delimiters))


def _let(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    frame.skip_space()
    name = frame.control(stream.at_is_letter)
    frame.position += len(name)
    target = _TARGET.match(frame.text.text, frame.position, frame.end)
    if not name or target is None:
        return
    frame.position = target.end()
    table.set(name, table.get(target.group(1)) or Primitive(target.group(1)))


def _operator(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    star = "*" if frame.next_is("*") else ""
    name = _command_name(frame)
    frame.skip_space()
    words = frame.group()
    if not name or words is None:
        return
    text = words.string.strip()
    letters = _LAYOUT.sub("", text)
    # What has a font of its own is no word.
    body = f"\\operatorname{star}{{{letters}}}" if letters.isalnum() else text
    table.set(name, Macro(Slice.of(body)))


def _paired(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    r"""``\DeclarePairedDelimiter\abs{|}{|}``, ``...X\kl[2]{(}{)}{body}``, ``...XPP``."""
    name = _command_name(frame)
    count = _COUNT.match(frame.text.text, frame.position, frame.end)
    frame.position = count.end() if count else frame.position
    wanted = {"": 2, "X": 3, "XPP": 5}[command.removeprefix("\\DeclarePairedDelimiter")]
    parts: list[str] = []
    for _ in range(wanted):
        frame.skip_space()
        part = frame.group()
        if part is None:
            return
        parts.append(part.string)
    if wanted < 5:
        parts = ["", parts[0], parts[1], "", parts[2] if wanted == 3 else "#1"]
    before, left, right, after, body = parts
    delimiters = ("",) * ((int(count.group(1)) if count else 1) + 1)
    plain = f"{before}{left}{body.replace(_SIZE, '')}{right}{after}"
    sized = body.replace(_SIZE, r"\middle")
    starred = f"{before}\\left{left}{sized}\\right{right}{after}"
    table.set(name, Macro(Slice.of(plain), delimiters, starred=Slice.of(starred)))


_SIZE = r"\delimsize"


def _environment(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    if frame.next_is("*"):
        frame.position += 1
    name = _WORD.match(frame.text.text, frame.position, frame.end)
    if name is None:
        return
    frame.position = name.end()
    begin = _parameters_and_body(frame)
    end = _body(frame)
    if begin is not None and end is not None:
        table.set(name.group(1), Environment(begin, Macro(end)))


def _document_command(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    r"""``\NewDocumentCommand\kl{m m}{body}``; of optional arguments only a first one is read."""
    name = _command_name(frame)
    frame.skip_space()
    spec = frame.group()
    body = _body(frame)
    if not name or spec is None or body is None:
        return
    kinds = [part for part in _SPEC.finditer(spec.string) if part.group()[0] in "mO"]
    known = not _SPEC.sub("", spec.string) and all(k.group()[0] == "m" for k in kinds[1:])
    default = Slice.of(kinds[0].group(1)) if kinds and kinds[0].group()[0] == "O" else None
    doubt = "" if known else "its arguments are of a kind that klsym does not read"
    table.set(name, Macro(body, ("",) * (len(kinds) + 1), default, doubt=doubt))


def _switch(table: Table, stream: Stream, frame: Frame, command: str) -> None:
    frame.skip_space()
    name = frame.control(stream.at_is_letter)
    frame.position += len(name)
    if name.startswith("\\if"):
        stem = name[3:]
        table.set(name, Switch(False))
        for word, on in (("true", True), ("false", False)):
            table.set(f"\\{stem}{word}", Setting(name, on))


DEFINING: Mapping[str, Define] = {
    **dict.fromkeys(
        (
            "\\newcommand",
            "\\renewcommand",
            "\\providecommand",
            "\\DeclareRobustCommand",
            "\\newrobustcmd",
            "\\renewrobustcmd",
        ),
        _new_command,
    ),
    **dict.fromkeys(("\\def", "\\gdef", "\\edef", "\\xdef"), _def),
    "\\let": _let,
    "\\DeclareMathOperator": _operator,
    "\\DeclarePairedDelimiter": _paired,
    "\\DeclarePairedDelimiterX": _paired,
    "\\DeclarePairedDelimiterXPP": _paired,
    "\\newenvironment": _environment,
    "\\renewenvironment": _environment,
    "\\NewDocumentCommand": _document_command,
    "\\RenewDocumentCommand": _document_command,
    "\\ProvideDocumentCommand": _document_command,
    "\\DeclareDocumentCommand": _document_command,
    "\\newif": _switch,
}
"""The commands that define something."""
