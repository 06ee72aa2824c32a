"""Factor: a factor 2, 1/2 or pi of one term, or of the whole, is missing or doubled.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Exponential(b))", "log(a/b) + 2*b/a - 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('factor', 'log(a/b) + b/a - 1')

Seen in: google-deepmind/torch-distributions pull request 34, rstudio/keras3 issue 359.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.slip import Amendment, Claim, Slip, spliced
from klsym.errors import Span
from klsym.syntax.tree import Binary, Node, Number
from klsym.syntax.walk import terms, walk

FACTORS = (("2", "2"), (r"\frac{1}{2}", "1/2"), (r"\pi", "pi"), (r"\frac{1}{\pi}", "1/pi"))
"""Each as LaTeX and as plain text."""

LARGEST = 10**6


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with one number doubled or halved, then with one term multiplied."""
    text, tree = claim.formula, claim.formula_tree
    for node in walk(tree):
        if isinstance(node, Binary) and node.operator in "*/":
            yield from _without(text, node)
        if isinstance(node, Number) and node.text.isdigit() and 0 < int(node.text) <= LARGEST:
            yield from _numbers(text, node)
    for node in terms(tree):
        for latex, plain in FACTORS:
            factor = latex if claim.is_latex else plain
            told = f"a factor {plain} of {_shown(text, node)} is missing"
            yield Amendment(spliced(text, [_multiplied(claim, node, factor)]), told, 2)


def _numbers(text: str, node: Number) -> Iterator[Amendment]:
    value = int(node.text)
    changed = [2 * value] + ([value // 2] if value % 2 == 0 else [])
    for number in changed:
        told = f"the number {value} should be {number}"
        yield Amendment(spliced(text, [(node.span, str(number))]), told)


def _without(text: str, node: Binary) -> Iterator[Amendment]:
    """The formula without a factor 2, or without a division by it."""
    left, right = node.left, node.right
    if node.operator == "/" and _is_two(right):
        sign = text.rfind("/", left.span.end, right.span.start)
        if sign >= 0 and not text[sign + 1 : right.span.start].strip():
            told = f"the division of {_shown(text, left)} by 2 is too much"
            yield Amendment(spliced(text, [(Span(sign, right.span.end), "")]), told)
    if node.operator == "*" and _is_two(left):
        between = text[left.span.end : right.span.start]
        end = left.span.end + between.find("*") + 1 if "*" in between else left.span.end
        told = f"the factor 2 of {_shown(text, right)} is too much"
        yield Amendment(spliced(text, [(Span(left.span.start, end), "")]), told)


def _is_two(node: Node) -> bool:
    return isinstance(node, Number) and node.text == "2"


def _multiplied(claim: Claim, node: Node, factor: str) -> tuple[Span, str]:
    written = _shown(claim.formula, node)
    loose = ("+", "-") if claim.is_latex else ("+", "-", "*", "/")
    if isinstance(node, Binary) and node.operator in loose:
        written = f"({written})"
    separator = " " if claim.is_latex else "*"
    return node.span, f"{factor}{separator}{written}"


def _shown(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


DIAGNOSIS = Slip("factor", "formula", 4, amendments)
