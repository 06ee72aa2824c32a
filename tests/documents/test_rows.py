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
        r"a = b \\ + \sum_{i=1}^n c_i",
        r"a &= \frac12 \\ &\qquad (b + c)",
        r"a &= \frac12 \\ & (b + c)",
    ],
)
def test_a_row_that_begins_with_an_operator_or_set_in_continues_the_one_above(text: str) -> None:
    ((_, first, last),) = split(text)
    assert (first, last) == (1, 2)


def test_a_row_that_begins_with_a_sign_and_has_a_relation_is_its_own() -> None:
    assert len(split(r"a = b \\ -c = d")) == 2


def test_a_row_keeps_its_places() -> None:
    text = r"\begin{aligned} a &= b \\ &= c \end{aligned}"
    for row in rows(Excerpt.of(Source("post.md", text), 0, len(text))):
        for character, offset in zip(row.excerpt.text, row.excerpt.offsets, strict=True):
            assert character in (text[offset], " ")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (r"a = b + \\ c", "a = b + c"),
        (r"a = b - \\ - c", "a = b - c"),
        (r"a = \\ b", "a = b"),
        (r"a = \\ = b", "a = b"),
        (r"a &\leq b +\nonumber \\ & c", r"a \leq b + c"),
        (r"a &= \exp\Bigl( b \\ & c \Bigr)", r"a = \exp\Bigl( b c \Bigr)"),
        (r"\begin{multline} a = b \\ c \\ + d \end{multline}", "a = b c + d"),
    ],
)
def test_a_row_left_open_goes_on_below(text: str, joined: str) -> None:
    assert [row for row, _, _ in split(text)] == [joined]


@pytest.mark.parametrize(
    "text",
    [
        r"a &= b \\ & K(p||q) \\ &= c",
        r"a &= b \\ &\quad \text{where } c",
        r"a = [0, 1) \\ b = c",
        r"a = b \\ c",
        r"\begin{array}{rcl} a &=& b \\ c &=& d \end{array}",
    ],
)
def test_a_row_that_stands_by_itself_is_its_own(text: str) -> None:
    assert len(split(text)) >= 2
