r"""Markdown as people write it for the web: mathematics in dollars, comments, front matter.

``$$ ... $$`` or ``\[ ... \]`` on lines of its own or inside a paragraph, environments such as
``align`` and fences marked ``math`` are displays, ``$ ... $`` and ``\( ... \)`` are mathematics
within a line; other code is skipped.  What sites and tools add to it, such as the backticks of
GitHub's ``$`...`$``, the options of MyST or the ``raw`` of Liquid, is no part of a formula.  Words
to klsym stand in comments, which readers never see, or in front matter:

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
from klsym.documents.markdown_rules import bracket_rules
from klsym.documents.source import Excerpt, Source
from klsym.errors import KlsymError

_COMMENT = re.compile(r"<!--\s*klsym\s*:(.*?)-->", re.DOTALL)
_DOLLARS = re.compile(r"(?<!\\)\$\$")
_SPACED = re.compile(r"(?<!\\)\$\$(.+?)(?<!\\)\$\$", re.DOTALL)
_WRAPPED = ("math_inline", "math_inline_double", "code_inline", "html_inline")
_ROLE = "{math}"
_OPTIONS = re.compile(r"(?:[ \t]*:[\w-]+:[^\n]*\n)+|---\n.*?\n---[ \t]*\n", re.DOTALL)
_FOREIGN = re.compile(
    r"(?P<words>\\(?:text[a-z]*|math[a-z]+|operatorname\*?|mbox)\s*\{[^{}]*\})"
    r"|\\(?=[_*])|\{%-?\s*(?:end)?raw\s*-?%\}"
)
_ESCAPED = re.compile(r"\\([\\{}_*|\[\]()#])")
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
    bracket_rules(parser)
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
        elif token.type == "math_unclosed":
            at = source.text.find(token.markup, source.offset(token.map[0]))
            yield Broken(_unclosed(source, at, token.markup))
        elif token.type in _DISPLAYS or _is_math_fence(token):
            yield from _display(source, token)
        elif token.type == "html_block":
            yield from _instructions(_aligned(source, token))
        elif token.type == "inline":
            yield from _inline(source, token)


def _is_math_fence(token: Token) -> bool:
    return token.type == "fence" and token.info.strip() in ("math", _ROLE)


def _display(source: Source, token: Token) -> Iterator[Block]:
    """A display on lines of its own, or several on one line."""
    assert token.map is not None
    mark = token.markup if token.type.startswith("math_block") else ""
    excerpt = _aligned(source, token, after=mark)
    if token.type == "fence":
        options = _OPTIONS.match(excerpt.text)
        yield _formula(excerpt.part(options.end() if options else 0, len(excerpt.text)), mark)
        return
    if mark != "$$" or not _DOLLARS.search(token.content):
        yield _formula(excerpt, mark)
        return
    ends = [-2, *(dollars.start() for dollars in _DOLLARS.finditer(excerpt.text))]
    if "\n" in token.content or len(ends) % 2 == 0:
        yield Broken(_unclosed(source, source.text.find("$$", source.offset(token.map[0]))))
        return
    for begin, end in zip(ends[::2], [*ends[1::2], len(excerpt.text)], strict=True):
        yield _formula(excerpt.part(begin + 2, end), mark)


def _formula(excerpt: Excerpt, mark: str, *, display: bool = True) -> Formula:
    """A formula without what the site adds to it, which leaves each character its place."""
    if mark.startswith("\\\\"):
        # Where the delimiters are escaped, so is all of it.
        kept = [i for i, _ in enumerate(excerpt.text)]
        for escape in _ESCAPED.finditer(excerpt.text):
            kept[escape.start()] = -1
        kept = [i for i in kept if i >= 0]
        text = "".join(excerpt.text[i] for i in kept)
        excerpt = Excerpt(excerpt.source, text, [excerpt.offsets[i] for i in kept])
    elif excerpt.text[:1] == excerpt.text[-1:] == "`" and len(excerpt.text) > 2:
        excerpt = excerpt.part(1, len(excerpt.text) - 1)
    plain = _FOREIGN.sub(lambda m: m["words"] or " " * len(m.group()), excerpt.text)
    return Formula(excerpt.with_text(plain), display)


def _inline(source: Source, token: Token) -> Iterator[Block]:
    """The mathematics and the comments in a paragraph."""
    excerpt = _aligned(source, token)
    cursor, rest = 0, list(excerpt.text)
    for child in token.children or ():
        if child.type not in _WRAPPED:
            continue
        mark = "" if child.type == "html_inline" else child.markup
        at = excerpt.text.find(f"{mark}{child.content}", cursor)
        if at < 0:
            continue
        start = at + len(mark)
        end = start + len(child.content)
        cursor = end + len(child.meta.get("closing", mark))
        rest[at:cursor] = " " * (cursor - at)
        if child.type == "html_inline":
            yield from _instructions(excerpt.part(start, end))
        elif child.type == "code_inline":
            if excerpt.text.endswith(_ROLE, 0, at):
                yield _formula(excerpt.part(start, end), mark, display=False)
        else:
            display = child.meta.get("display", mark == "$$")
            yield _formula(excerpt.part(start, end), mark, display=display)
    for display in _SPACED.finditer("".join(rest)):
        rest[display.start() : display.end()] = " " * len(display.group())
        yield _formula(excerpt.part(*display.span(1)), "$$")
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


def _unclosed(source: Source, at: int, mark: str = "$$") -> KlsymError:
    message, closing = f"this {mark} is never closed", mark.replace("[", "]")
    return source.error("unclosed-display", message, at, at + len(mark), f"close it: {closing}")
