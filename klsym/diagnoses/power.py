r"""Power: a square is missing or too much, or an exponent or a root is wrong.

>>> from klsym import check
>>> statement = "KL(Normal(mu_1, s) || Normal(mu_2, s))"
>>> result = check(statement, "(mu_1 - mu_2)/(2*s^2)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('power', '(mu_1 - mu_2)^2/(2*s^2)')

Seen in: pytorch/pytorch pull request 4638 (Gumbel and normal), StatProofBook P/mean-wlln.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import addends, is_sum, plain, power, root, summed
from klsym.syntax.tree import Binary, Call, Name, Node, Number, Root
from klsym.syntax.walk import names


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each exponent left out, put in or changed; then several letters squared at once."""
    for node in claim.nodes:
        if is_sum(node):
            yield from _of_sums(claim, node)
        if isinstance(node, Binary) and node.operator == "^":
            yield from _exponent(claim, node)
            if is_sum(node.left):
                squares: list[tuple[int, Node]] = [
                    (sign, replace(node, left=term)) for sign, term in addends(node.left)
                ]
                told = f"the squares of the terms of {claim.written(node.left)} are meant"
                yield Amendment(told, ((node, summed(squares)),))
        elif isinstance(node, Root) or (isinstance(node, Call) and node.function == "sqrt"):
            inner = node.radicand if isinstance(node, Root) else node.arguments[0]
            yield Amendment(f"the root of {claim.written(inner)} is too much", ((node, inner),))
        elif not isinstance(node, Number) and list(names(node)):
            yield Amendment(
                f"the square of {claim.written(node)} is meant", ((node, power(node, 2)),)
            )
            yield Amendment(f"the root of {claim.written(node)} is meant", ((node, root(node)),))


def _exponent(claim: Claim, node: Binary) -> Iterator[Amendment]:
    base = claim.written(node.left)
    if _is_e(node.left):
        return
    yield Amendment(f"the power of {base} is too much", ((node, node.left),))
    wanted = claim.needed(node.right)
    if wanted is None:
        return
    found = constant_of(wanted)
    if found is not None and found != "1":
        told = f"the exponent of {base} should be {found}"
        size = 2 if found.startswith("-") else 0
        yield Amendment(told, ((node.right, plain(found)),), size=size)


def _of_sums(claim: Claim, node: Node) -> Iterator[Amendment]:
    """a^2 - b^2 as (a - b)^2, wherever two squares stand side by side, and the reverse."""
    terms = list(addends(node))
    for place, ((sign, one), (other_sign, other)) in enumerate(pairwise(terms)):
        if _is_square(one) and _is_square(other):
            inner = summed([(1, one.left), (sign * other_sign, other.left)])
            whole = [*terms[:place], (sign, replace(one, left=inner)), *terms[place + 2 :]]
            told = f"the square of a difference is meant in {claim.written(node)}"
            yield Amendment(told, ((node, summed(whole)),))


def _square_of(node: Binary, term: Node) -> Node:
    return replace(node, left=term)


def _is_square(node: Node) -> TypeGuard[Binary]:
    return isinstance(node, Binary) and node.operator == "^" and isinstance(node.right, Number)


def _is_e(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "e"


DIAGNOSIS = Slip("power", "formula", 4, amendments)
