"""Front matter: what stands under ``klsym:`` between the two ``---`` at the top of a document.

    klsym:
      let:
        - p = Normal(mu, sigma)
        - f(x | m, v) = Normal(m, variance=v)
      assume: mu > 0

Only this part of YAML is read, and only here: a key with a text, or with a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from klsym.documents.blocks import Block, Broken, Instruction
from klsym.documents.source import Excerpt
from klsym.errors import Span

_KEY = re.compile(r"(\s*)([A-Za-z][\w-]*)\s*:(?:\s+|$)")
_ITEM = re.compile(r"\s*-\s+")


def front_matter_instructions(excerpt: Excerpt) -> Iterator[Block]:
    """The instructions in front matter, as a comment would give them."""
    inside = False
    key: tuple[int, int] | None = None
    start = 0
    for line in excerpt.text.split("\n"):
        begin, start = start, start + len(line) + 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _KEY.match(line)
        if not line[0].isspace() and not _ITEM.match(line):
            inside = match is not None and match.group(2) == "klsym"
            key = None
            if inside and match and line[match.end() :].strip():
                yield _unread(excerpt, begin, line)
            continue
        if not inside:
            continue
        item = _ITEM.match(line)
        if match and not item:
            key = begin + match.start(2), begin + match.end(2)
            text = begin + match.end()
        elif item and key:
            text = begin + item.end()
        else:
            yield _unread(excerpt, begin, line)
            continue
        if excerpt.text[text : begin + len(line)].strip():
            yield Instruction(_instruction(excerpt, key, text, begin + len(line)))


def _instruction(excerpt: Excerpt, key: tuple[int, int], start: int, end: int) -> Excerpt:
    """The key and the text, as one directive in the places of both."""
    value = excerpt.part(start, end).trimmed()
    if len(value.text) > 1 and value.text[0] == value.text[-1] and value.text[0] in "\"'":
        value = value.part(1, len(value.text) - 1)
    word = excerpt.part(*key)
    offsets = [*word.offsets, word.offsets[-1], *value.offsets]
    return Excerpt(excerpt.source, f"{word.text} {value.text}", offsets)


def _unread(excerpt: Excerpt, start: int, line: str) -> Broken:
    indent = len(line) - len(line.lstrip())
    begin, end = excerpt.range(Span(start + indent, start + len(line)))
    return Broken(
        excerpt.source.error(
            "front-matter",
            "this line under klsym: is not understood",
            begin,
            end,
            "such as '  let: p = Normal(mu, sigma)', or a list of '    - ...' under '  let:'",
        )
    )
