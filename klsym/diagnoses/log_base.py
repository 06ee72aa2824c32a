r"""Log base: a logarithm to base 2 or 10 where the natural one is meant, or bits for nats.

>>> from klsym import check
>>> result = check("H(Uniform(0, b))", "log_2(b)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('log-base', 'log(b)')

Seen in: statrs-dev/statrs pull request 383 (the entropy of a geometric variate, in bits).
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import log, number, times
from klsym.syntax.tree import Binary, Call, Node, Number

BASES = (2, 10)
SPELT = {"lg": 10, "log_2": 2, "log_10": 10}


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with natural logs, then the whole formula turned from bits to nats."""
    based = [node for node in claim.nodes if isinstance(node, Call) and _has_base(node)]
    edits = [(node, log(node.arguments[0])) for node in based]
    for edit in edits:
        yield Amendment("the natural log is meant", (edit,))
    if len(edits) > 1:
        yield Amendment("natural logs are meant", tuple(edits))
    for node in claim.nodes:
        if isinstance(node, Binary) and node.operator == "/" and _is_log_of_base(node.right):
            told = f"the division by {claim.written(node.right)} turns nats into other units"
            yield Amendment(told, ((node, node.left),))
    tree = claim.formula_tree
    for base in BASES:
        told = f"the formula has logs to base {base}: it is in other units than nats"
        yield Amendment(told, ((tree, times(log(number(base)), tree)),))


def _has_base(node: Call) -> bool:
    return node.function in SPELT or (node.function == "log" and node.subscript is not None)


def _is_log_of_base(node: Node) -> bool:
    match node:
        case Call(function="log", arguments=(Number() as base,), subscript=None):
            return base.text in map(str, BASES)
    return False


DIAGNOSIS = Slip("log-base", "formula", 2, amendments)
