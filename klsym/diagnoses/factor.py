"""Factor: a factor 2, 1/2 or pi of one term, or of the whole, is missing or doubled.

>>> from klsym import check
>>> result = check("KL(Normal(mu, 1) || Normal(0, 1))", "mu^2")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('factor', '1/2*mu^2')

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
