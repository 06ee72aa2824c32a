from __future__ import annotations

import pytest

from klsym.documents.rows import rows
from klsym.documents.source import Excerpt, Source
from klsym.documents.statements import one_line


def split(text: str) -> list[tuple[str, int, int]]:
    found = rows(Excerpt.of(Source("post.md", text), 0, len(text)))
    return [(one_line(row.excerpt.text), row.first, row.last) for row in found]


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\begin{align*}[t] a &= b \\[2pt] &= c \end{align*}",
        r"\begin{alignat}{2} a &= b \\ &= c \\ \end{alignat}",
        "a = b \\\\\n= c",
    ],
)
def test_rows_end_at_a_double_backslash(text: str) -> None:
    assert split(text) == [("a = b", 1, 1), ("= c", 2, 2)]


def test_rows_of_cases_and_groups_are_no_rows() -> None:
    text = r"a = \begin{cases} 1 \\ 2 \end{cases} \\ = \substack{b \\ c}"
    assert [number for _, number, _ in split(text)] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        r"a &= b \\ &\quad + c",
        r"a &= b \\ & \cdot c",
        r"a &= \left( b \right. \\ &\left. c \right)",
    ],
)
def test_a_row_that_begins_with_an_operator_continues_the_one_above(text: str) -> None:
    ((_, first, last),) = split(text)
    assert (first, last) == (1, 2)


def test_a_row_that_begins_with_a_sign_and_has_a_relation_is_its_own() -> None:
    assert len(split(r"a = b \\ -c = d")) == 2


def test_a_row_keeps_its_places() -> None:
    text = r"\begin{aligned} a &= b \\ &= c \end{aligned}"
    for row in rows(Excerpt.of(Source("post.md", text), 0, len(text))):
        for character, offset in zip(row.excerpt.text, row.excerpt.offsets, strict=True):
            assert character in (text[offset], " ")
