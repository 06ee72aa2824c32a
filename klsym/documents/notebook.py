"""Jupyter notebooks: their Markdown cells, at their places in the file.

A notebook is JSON, in which a backslash is written twice and a line end as ``\\n``; every character
of a cell knows where it stands there.  Cells are counted from 1, those with code too.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from klsym.documents.blocks import Block, Broken, Formula, Instruction, Missing
from klsym.documents.markdown import markdown_blocks
from klsym.documents.source import Excerpt, Source
from klsym.errors import KlsymError, Span

_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+')
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SAVE = "open it in Jupyter and save it again"


@dataclass(frozen=True)
class Cell:
    """The text of a cell, with where each character begins in the file, and where it ends."""

    number: int
    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def index(self, offset: int) -> int:
        """The character of the text that stands at an offset of the file, or after it."""
        return bisect_left(self.starts, offset)


@dataclass(frozen=True)
class Notebook(Source):
    """The file of a notebook; ``cells`` are those with text, in order."""

    cells: tuple[Cell, ...] = ()

    def region(self, offset: int) -> str:
        """The cell an offset lies in."""
        cell = self._cell(offset)
        return f"cell {cell.number}" if cell else ""

    def words(self, start: int, end: int) -> str:
        """The text between two offsets, in the cells they lie in."""
        first, last = self._cell(start), self._cell(end)
        if first is last and first is not None:
            return first.text[first.index(start) : first.index(end)]
        head = first.text[first.index(start) :] if first else ""
        return f"{head}\n\n{last.text[: last.index(end)] if last else ''}"

    def _cell(self, offset: int) -> Cell | None:
        found = bisect_right(self.cells, offset, key=lambda cell: cell.starts[0]) - 1
        return self.cells[found] if found >= 0 else None


def notebook_blocks(source: Source) -> Iterator[Block]:
    """The blocks of a notebook.

    Raises KlsymError ``not-json`` or ``not-a-notebook``.
    """
    cells = tuple(cell for cell in _cells(source) if cell.text.strip())
    notebook = Notebook(source.path, source.text, cells)
    for cell in cells:
        for block in markdown_blocks(Source(source.path, cell.text)):
            yield _moved(block, notebook, cell)


def _moved(block: Block, notebook: Notebook, cell: Cell) -> Block:
    """A block of a cell's text, in the file."""
    match block:
        case Formula() | Instruction() | Missing():
            excerpt = block.excerpt.within(notebook, cell.starts, cell.ends)
            return replace(block, excerpt=excerpt)
        case Broken(error):
            whole = Excerpt(notebook, cell.text, cell.starts, cell.ends)
            start, end = whole.range(error.span or Span(0, 1))
            return Broken(notebook.error(error.name, error.message, start, end, error.help))
        case _:
            return block


def _cells(source: Source) -> Iterator[Cell]:
    """The cells with Markdown."""
    content = _read(source)
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        old = isinstance(content, dict) and "worksheets" in content
        what = "a notebook of an old format" if old else "no notebook: it has no list of cells"
        raise KlsymError("not-a-notebook", what, place=source.path, help=_SAVE)
    places = _places(source.text)
    for number, cell in enumerate(content["cells"]):
        if not isinstance(cell, dict) or cell.get("cell_type") != "markdown":
            continue
        lines = cell.get("source", [])
        lines = [lines] if isinstance(lines, str) else lines
        if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
            message = f"the source of cell {number + 1} is no text"
            raise KlsymError("not-a-notebook", message, place=source.path, help=_SAVE)
        starts: list[int] = []
        ends: list[int] = []
        for line, start in zip(lines, places.get(number, ()), strict=True):
            _place(source.text, line, start, starts, ends)
        text = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", "".join(lines))
        yield Cell(number + 1, text.replace("\r", "\n"), starts, ends)


def _place(text: str, line: str, start: int, starts: list[int], ends: list[int]) -> None:
    """Add where each character of a string stands in the JSON."""
    position = start
    for _ in line:
        written = _CHARACTER.match(text, position)
        assert written is not None
        starts.append(position)
        position = written.end()
        ends.append(position)


def _read(source: Source) -> Any:
    try:
        return json.loads(source.text, object_pairs_hook=_unique, parse_int=_number)
    except json.JSONDecodeError as error:
        at = error.pos, error.pos + 1
        raise source.error("not-json", f"not JSON: {error.msg}", *at, _SAVE) from error
    except (RecursionError, ValueError) as error:
        message = "not JSON of a notebook"
        raise KlsymError("not-json", message, place=source.path, help=_SAVE) from error


def _number(text: str) -> None:
    """A number in the JSON, which may be of any length: nothing that is read of it is one."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the JSON; where a key stands twice it is not known which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _places(text: str) -> Mapping[int, list[int]]:
    """Where the strings begin of which the source of each cell is made, in valid JSON."""
    found: dict[int, list[int]] = {}
    path: list[str | int] = []
    names: list[bool] = []
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in "{[":
            path.append("" if sign == "{" else 0)
            names.append(sign == "{")
        elif sign in "}]":
            path.pop()
            names.pop()
        elif sign == ",":
            last = path[-1]
            names[-1] = isinstance(last, str)
            path[-1] = last + 1 if isinstance(last, int) else last
        elif sign == ":":
            names[-1] = False
        elif sign[0] == '"' and path and names[-1]:
            path[-1] = json.loads(sign)
        elif sign[0] == '"' and len(path) in (3, 4) and (path[0], path[2]) == ("cells", "source"):
            found.setdefault(int(path[1]), []).append(token.start() + 1)
    return found
