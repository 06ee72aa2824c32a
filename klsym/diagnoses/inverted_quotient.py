r"""Inverted quotient: the log of a quotient, or a quotient, stands upside down.

log(a/b) is -log(b/a); of a quotient outside a logarithm, the inverse is another number.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Exponential(b))", "log(b/a) + b/a - 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('inverted-quotient', 'log(a/b) + b/a - 1')

Seen in: StanfordDataCompressionClass/notes pull request 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from klsym.diagnoses.editing import Edit
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import quotient
from klsym.syntax.tree import Binary, Call, Name, Number
from klsym.syntax.walk import names

MOST_TOGETHER = 3


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each quotient upside down; then several that stand in logarithms."""
    logs: list[Edit] = []
    within = {id(n.arguments[0]) for n in claim.nodes if isinstance(n, Call) and n.arguments}
    for node in claim.nodes:
        if isinstance(node, Binary) and node.operator == "/" and _has_names(node):
            edit = node, quotient(node.right, node.left)
            yield Amendment(f"{claim.written(node)} stands upside down", (edit,), size=1)
            if id(node) in within:
                logs.append(edit)
    for count in range(2, min(MOST_TOGETHER, len(logs)) + 1):
        for chosen in combinations(logs, count):
            told = " and ".join(claim.written(old) for old, _ in chosen)
            yield Amendment(f"{told} stand upside down", chosen, size=count)


def _has_names(node: Binary) -> bool:
    plain = isinstance(node.left, Number) or isinstance(node.right, (Name, Number))
    return bool(list(names(node.left)) and list(names(node.right))) or not plain


DIAGNOSIS = Slip("inverted-quotient", "formula", 2, amendments)
