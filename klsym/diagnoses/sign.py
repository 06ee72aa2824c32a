"""Sign: one term has the wrong sign.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Exponential(b))", "log(a/b) + b/a + 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('sign', 'log(a/b) + b/a - 1')

Seen in: pytorch/examples issue 824, StatProofBook P/gam-dent, CompVis/stable-diffusion issue 849.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.slip import Amendment, Claim, Slip, spliced
from klsym.errors import Span
from klsym.syntax.tree import Binary, Negative, Node
from klsym.syntax.walk import walk

OPPOSITE = {"+": "-", "-": "+", "\N{MINUS SIGN}": "+", "\N{EN DASH}": "+"}


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with one sign turned, wherever there is one."""
    text = claim.formula
    for node in walk(claim.formula_tree):
        if isinstance(node, Binary) and node.operator in "+-":
            place = _operator(text, node)
            if place is not None:
                turned = spliced(text, [(place, OPPOSITE[text[place.start]])])
                yield Amendment(turned, f"the sign before {_shown(text, node.right)} is wrong")
            first = _leftmost(node)
            if first is not None:
                amended = spliced(text, [(Span(first.span.start, first.span.start), "-")])
                yield Amendment(amended, f"a minus sign is missing before {_shown(text, first)}")
        elif isinstance(node, Negative):
            sign = Span(node.span.start, node.operand.span.start)
            yield Amendment(
                spliced(text, [(sign, "")]),
                f"the minus before {_shown(text, node.operand)} is wrong",
            )
    whole = claim.formula_tree.span
    yield Amendment(
        spliced(text, [(whole, f"-({_shown(text, claim.formula_tree)})")]),
        "the sign of the whole formula is wrong",
        2,
    )


def _leftmost(node: Binary) -> Node | None:
    """The first term of a sum, if it stands without a sign."""
    first = node.left
    if isinstance(first, Negative) or (isinstance(first, Binary) and first.operator in "+-"):
        return None
    return first


def _operator(text: str, node: Binary) -> Span | None:
    for at in range(node.left.span.end, node.right.span.start):
        if text[at] in OPPOSITE:
            return Span(at, at + 1)
    return None


def _shown(text: str, node: Node) -> str:
    return text[node.span.start : node.span.end]


DIAGNOSIS = Slip("sign", "formula", 3, amendments)
