"""Sign: one term, an exponent, or the whole formula has the wrong sign.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Exponential(b))", "log(a/b) + b/a + 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('sign', 'log(a/b) + b/a - 1')

Seen in: pytorch/examples issue 824, StatProofBook P/gam-dent, CompVis/stable-diffusion issue 849.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from klsym.diagnoses.editing import Edit
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import is_sum, negative
from klsym.syntax.tree import Binary, Negative, Node, Number

MOST_AT_ONCE = 14
"""Of a formula with more signs than this no two are turned together."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with its sign turned, then with one sign in it, then with two."""
    tree, turned = claim.formula_tree, list(_turned(claim))
    yield Amendment("the sign of the whole formula is wrong", ((tree, negative(tree)),))
    for edit, told in turned:
        yield Amendment(told, (edit,), size=2 if isinstance(edit[0], Number) else 1)
    signs = [(edit, told) for edit, told in turned if _is_operator(*edit)]
    if len(signs) <= MOST_AT_ONCE:
        for (one, told), (other, also) in combinations(signs, 2):
            yield Amendment(f"{told}; {also}", (one, other))


def _turned(claim: Claim) -> Iterator[tuple[Edit, str]]:
    for node in claim.nodes:
        if isinstance(node, Binary) and node.operator in "+-":
            other = replace(node, operator="-" if node.operator == "+" else "+")
            yield (node, other), f"the sign before {claim.written(node.right)} is wrong"
            first = node.left
            if node.operator == "-" and not is_sum(first):
                turned = replace(node, left=node.right, right=first)
                yield (node, turned), f"the difference {claim.written(node)} is the wrong way round"
            if not isinstance(first, Negative) and not is_sum(first):
                told = f"a minus sign is missing before {claim.written(first)}"
                yield (first, negative(first)), told
        elif isinstance(node, Negative):
            told = f"the minus before {claim.written(node.operand)} is wrong"
            yield (node, node.operand), told
        elif isinstance(node, Binary) and node.operator == "^":
            told = f"the exponent of {claim.written(node.left)} has the wrong sign"
            yield (node.right, negative(node.right)), told


def _is_operator(old: Node, new: Node) -> bool:
    """Whether an edit turns nothing but the sign between two parts."""
    match old, new:
        case Binary(), Binary():
            return old.left is new.left and old.right is new.right
    return False


DIAGNOSIS = Slip("sign", "formula", 3, amendments)
