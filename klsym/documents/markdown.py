r"""Markdown as people write it for the web: mathematics in dollars, comments, front matter.

``$$ ... $$`` on lines of its own or inside a paragraph, ``\begin{align}`` at the top level and
fences marked ``math`` are displays, ``$ ... $`` is mathematics within a line; other code is
skipped.  Words to klsym stand in comments, which readers never see, or in front matter:

    <!-- klsym: let p = Normal(mu, sigma) -->
    <!-- klsym: expect refuted row 2 -->

The Markdown library tells lines; columns are found by looking for each line's text in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.front_matter import front_matter_plugin

from klsym.documents.blocks import Block, Broken, Formula, Heading, Instruction
from klsym.documents.frontmatter import front_matter_instructions
from klsym.documents.source import Excerpt, Source
from klsym.errors import KlsymError

_COMMENT = re.compile(r"<!--\s*klsym\s*:(.*?)-->", re.DOTALL)
_DOLLARS = re.compile(r"(?<!\\)\$\$")
_SPACED = re.compile(r"(?<!\\)\$\$(.+?)(?<!\\)\$\$", re.DOTALL)
_WRAPPED = {"math_inline": "$", "math_inline_double": "$$", "code_inline": "`", "html_inline": ""}
BlockRule = Callable[[StateBlock, int, int, bool], bool]
_DISPLAYS = ("math_block", "math_block_label", "amsmath")


@cache
def _parser(*, blank_lines: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.use(front_matter_plugin)
    parser.use(amsmath_plugin)
    parser.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
        allow_labels=True,
    )
    # A display may follow a line of prose directly, and its rows are no list items.
    rule = _interrupting(math_block_dollar(allow_labels=True, allow_blank_lines=blank_lines))
    alternatives = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.at("math_block", rule, {"alt": alternatives})
    return parser


def _interrupting(rule: BlockRule) -> BlockRule:
    """The rule, which adds nothing where it is only asked whether it applies."""

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not silent:
            return rule(state, start, end, silent)
        line, level, count = state.line, state.level, len(state.tokens)
        applies = rule(state, start, end, silent)
        state.line, state.level = line, level
        del state.tokens[count:]
        return applies

    return asked


def markdown_blocks(source: Source) -> Iterator[Block]:
    """The blocks of a Markdown document."""
    found = list(_blocks(source, blank_lines=True))
    if any(isinstance(block, Broken) for block in found):
        # A display that is not closed takes the next one's opening for its end, unless it may
        # not reach over a blank line.
        found = list(_blocks(source, blank_lines=False))
    yield from found


def _blocks(source: Source, *, blank_lines: bool) -> Iterator[Block]:
    for token in _parser(blank_lines=blank_lines).parse(source.text):
        if token.map is None:
            continue
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]))
        elif token.type == "front_matter":
            yield from front_matter_instructions(_aligned(source, token, after="---"))
        elif token.type in _DISPLAYS or (token.type == "fence" and token.info.strip() == "math"):
            after = {"amsmath": "", "fence": token.info}.get(token.type, "$$")
            excerpt = _aligned(source, token, after=after)
            inside = _DOLLARS.search(token.content)
            if inside:
                yield Broken(_unclosed(source, source.text.find("$$", source.offset(token.map[0]))))
            else:
                yield Formula(excerpt, display=True)
        elif token.type == "html_block":
            yield from _instructions(_aligned(source, token))
        elif token.type == "inline":
            yield from _inline(source, token)


def _inline(source: Source, token: Token) -> Iterator[Block]:
    """The mathematics and the comments in a paragraph."""
    excerpt = _aligned(source, token)
    cursor, rest = 0, list(excerpt.text)
    for child in token.children or ():
        if child.type not in _WRAPPED:
            continue
        mark = _WRAPPED[child.type]
        at = excerpt.text.find(f"{mark}{child.content}", cursor)
        if at < 0:
            continue
        start = at + len(mark)
        end = start + len(child.content)
        cursor = end + len(mark)
        rest[at:cursor] = " " * (cursor - at)
        if child.type == "html_inline":
            yield from _instructions(excerpt.part(start, end))
        elif child.type != "code_inline":
            yield Formula(excerpt.part(start, end), display=mark == "$$")
    for display in _SPACED.finditer("".join(rest)):
        rest[display.start() : display.end()] = " " * len(display.group())
        yield Formula(excerpt.part(*display.span(1)), display=True)
    alone = _DOLLARS.search("".join(rest))
    if alone:
        yield Broken(_unclosed(source, excerpt.offsets[alone.start()]))


def _instructions(excerpt: Excerpt) -> Iterator[Block]:
    """One instruction for each line of each comment to klsym."""
    for comment in _COMMENT.finditer(excerpt.text):
        start = comment.start(1)
        for line in comment.group(1).split("\n"):
            if line.strip():
                yield Instruction(excerpt.part(start, start + len(line)).trimmed())
            start += len(line) + 1


def _aligned(source: Source, token: Token, after: str = "") -> Excerpt:
    """A token's content with the place of each character.

    In quotations and lists the content's lines lost a prefix, so each is looked for in its line;
    the first stands ``after`` the mark that opens the token.
    """
    assert token.map is not None
    first, text, offsets = token.map[0], token.content, []
    lines = text.split("\n")
    if token.type in ("front_matter", "fence"):
        first, after = first + 1, ""
    for number, line in enumerate(lines):
        begin = source.offset(first + number)
        end = max(begin, source.offset(first + number + 1) - 1)
        cursor = begin
        if number == 0 and after:
            cursor = max(source.text.find(after, begin, end), begin - len(after)) + len(after)
        stripped = line.strip()
        at = source.text.find(stripped, cursor, len(source.text)) if stripped else cursor
        at = at if begin <= at <= end else begin
        at -= len(line) - len(line.lstrip()) if stripped else 0
        offsets += [min(max(at + i, begin), end) for i in range(len(line))]
        offsets.append(end)
    return Excerpt(source, text, offsets[: len(text)])


def _unclosed(source: Source, at: int) -> KlsymError:
    return source.error("unclosed-display", "this $$ is never closed", at, at + 2, "close it: $$")
