r"""What Markdown with mathematics has beside dollars, as rules for the Markdown library.

``\[ ... \]`` and ``\( ... \)``, with a second backslash where the site strips one, and
environments in a paragraph.  ``\[1\]`` remains a bracket that was escaped.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

DISPLAYS = "equation|align|gather|multline|flalign|alignat|eqnarray|displaymath"

_OPENING = re.compile(r"(\\{1,2})([\[(])")
_CLOSING = {"[": "]", "(": ")"}
_ENVIRONMENT = re.compile(rf"\\begin\{{((?:{DISPLAYS})\*?)\}}")
_MATHEMATICAL = re.compile(r"[=<>^_\\]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TAIL = re.compile(r"[ \t.,;:]*(?:\{#[^{}]*\}|\([\w:.-]+\))?[ \t.,;:]*$")


def bracket_rules(parser: MarkdownIt) -> None:
    """Let a parser find what this module describes."""
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "bracket_math", _block, {"alt": alternatives})
    parser.inline.ruler.before("escape", "bracket_math", _inline)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""A display in ``\[`` and ``\]`` on lines of its own."""
    if state.is_code_block(start):
        return False
    first = _line(state, start)
    opening = _OPENING.match(first)
    if opening is None or opening.group(2) != "[":
        return False
    closing = f"{opening.group(1)}]"
    alone = not first[opening.end() :].strip()
    for number in range(start, end):
        line = _line(state, number)
        if not alone and not line.strip():
            break
        found = _closing_in(line, closing, opening.end() if number == start else 0)
        if found < 0:
            continue
        if not _TAIL.match(line, found + len(closing)):
            return False
        if not silent:
            _add_display(state, start, number, opening.group(), closing)
        return True
    if not alone:
        return False
    if not silent:
        token = state.push("math_unclosed", "", 0)
        token.map, token.markup = [start, start + 1], opening.group()
        state.line = start + 1
    return True


def _add_display(state: StateBlock, start: int, last: int, opening: str, closing: str) -> None:
    state.line = last + 1
    token = state.push("math_block", "", 0)
    lines = state.getLines(start, last + 1, state.sCount[start], keepLastLF=False)
    text = lines.lstrip()[len(opening) :]
    token.content = text[: text.rindex(closing)]
    token.map, token.markup = [start, last + 1], opening


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _closing_in(text: str, closing: str, position: int) -> int:
    r"""Where a closing stands that is not the end of a row, ``\\]``, -1 if nowhere."""
    found = text.find(closing, position)
    while found > position and text[found - 1] == "\\":
        found = text.find(closing, found + 1)
    return found


def _inline(state: StateInline, silent: bool) -> bool:
    """Mathematics in a paragraph."""
    text, position = state.src, state.pos
    opening = _OPENING.match(text, position) or _ENVIRONMENT.match(text, position)
    if opening is None:
        return False
    start, mark = opening.end(), opening.group()
    if opening.re is _ENVIRONMENT:
        closing = f"\\end{{{opening.group(1)}}}"
        end = text.find(closing, start)
    else:
        closing = opening.group(1) + _CLOSING[opening.group(2)]
        end = _closing_in(text, closing, start)
    content, after = text[start:end], end + len(closing)
    if end < 0 or not content.strip() or _BLANK_LINE.search(content):
        return False
    if closing.endswith("]") and not _MATHEMATICAL.search(content):
        return False
    if opening.re is _ENVIRONMENT:
        content, mark, closing = text[position:after], "", ""
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = content, mark
        token.meta = {"closing": closing, "display": not closing.endswith(")")}
    state.pos = after
    return True
