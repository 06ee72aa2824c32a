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

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import plain, power, root
from klsym.syntax.tree import Binary, Call, Name, Node, Number, Root
from klsym.syntax.walk import names


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each exponent left out, put in or changed; then several letters squared at once."""
    for node in claim.nodes:
        if isinstance(node, Binary) and node.operator == "^":
            yield from _exponent(claim, node)
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
    if found not in (None, "1"):
        told = f"the exponent of {base} should be {found}"
        yield Amendment(told, ((node.right, plain(found)),))


def _is_e(node: Node) -> bool:
    return isinstance(node, Name) and node.name == "e"


DIAGNOSIS = Slip("power", "formula", 4, amendments)
