"""What is printed of a tree reads back as that tree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from outline import outline

from klsym.syntax import parse
from klsym.syntax.printing import printed

DATA = Path(__file__).parents[1] / "data"
TEXTS = [case["text"] for case in json.loads((DATA / "printed.json").read_text("utf-8"))]
TEXTS += [
    case["text"]
    for case in json.loads((DATA / "latex_cases.json").read_text("utf-8"))
    if "error" not in case
]


def shape(text: str) -> str:
    """The outline of a text, without the difference between written and implied products."""
    return outline(parse(text).tree).replace("<upright>", "").replace(".", "*").replace("@", "*")


def test_every_printed_formula_reads_back() -> None:
    different = [text for text in TEXTS if shape(printed(parse(text).tree)) != shape(text)]
    # A subscript that holds a bound index among other things is printed as its label, and what is
    # plain text is read by other rules.
    assert [text for text in different if "_{2i}" not in text and "\\" in text] == []


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a/b/c", r"\frac{\frac{a}{b}}{c}"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("-(a*b)^2", r"-\left(a \cdot b\right)^{2}"),
        ("2 * 3 x", r"2 \cdot 3 x"),
        (r"x^{y^z}", r"x^{y^{z}}"),
        (r"{x^y}^z", r"\left(x^{y}\right)^{z}"),
        (r"\hat\mu_1'^2", r"\hat{\mu}_{1}'^{2}"),
        (r"\left.x^2\right|_0^1", r"\left.x^{2}\right|_{0}^{1}"),
        (r"\lim_{x\to 0^+} x", r"\lim_{x \to 0^{+}} x"),
        (r"\sum_{i=1}^n (x_i - 1)", r"\sum_{i=1}^{n} \left(x_{i} - 1\right)"),
        (r"a \overset{(3)}{=} b", r"a \overset{(3)}{=} b"),
        (r"p(x|z)", r"p\left(x\mid z\right)"),
    ],
)
def test_brackets_stand_where_they_are_needed(text: str, latex: str) -> None:
    assert printed(parse(text).tree) == latex
