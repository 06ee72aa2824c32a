from __future__ import annotations

import pytest

from klsym.documents.blocks import Broken, Instruction
from klsym.documents.markdown import markdown_blocks
from klsym.documents.source import Source
from klsym.errors import Span


def read(text: str) -> tuple[list[str], list[Broken]]:
    found = list(markdown_blocks(Source("post.md", text)))
    instructions = [b.excerpt.text for b in found if isinstance(b, Instruction)]
    return instructions, [b for b in found if isinstance(b, Broken)]


def test_a_list_gives_one_directive_for_each_item() -> None:
    inside = "klsym:\n  let:\n    - p = P\n    - 'q = Q'\n  assume: a < b\n"
    text = f"---\ntitle: x\n{inside}math: true\n---\n"
    assert read(text) == (["let p = P", "let q = Q", "assume a < b"], [])


def test_what_else_stands_there_is_none_of_our_business() -> None:
    assert read("---\nlet: p = P\nlist:\n  - let\n---\n") == ([], [])


def test_a_line_that_is_not_understood_is_told_at_its_place() -> None:
    _, (broken,) = read("---\nklsym:\n  p = P\n---\n")
    assert (broken.error.name, broken.error.line, broken.error.column) == ("front-matter", 3, 3)


def test_a_directive_knows_its_place() -> None:
    source = Source("post.md", "---\nklsym:\n  let:\n    - p = P\n---\n")
    (block,) = [b for b in markdown_blocks(source) if isinstance(b, Instruction)]
    place = block.excerpt.place(Span(4, 9))
    assert (place.line, place.column, place.end_column) == (4, 7, 12)


@pytest.mark.parametrize("text", ["---\nklsym: let\n---\n", "---\nklsym:\n  - let\n---\n"])
def test_another_shape_is_an_error(text: str) -> None:
    assert len(read(text)[1]) == 1
