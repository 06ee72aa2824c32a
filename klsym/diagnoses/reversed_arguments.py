"""Reversed arguments: the formula is the divergence of p from q instead of q from p.

KL(p || q) and KL(q || p) differ; the direction is the one with the mean under the first argument.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Exponential(b))", "log(b/a) + a/b - 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('reversed-arguments', 'KL(Exponential(b) || Exponential(a))')

Seen in: pytorch/pytorch issue 57459, openai/spinningup pull request 192.
"""

from __future__ import annotations

from collections.abc import Iterator

from klsym.diagnoses.editing import spliced
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.syntax.tree import Call
from klsym.syntax.walk import walk


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The statement with the two arguments of each divergence exchanged."""
    edits = []
    for node in walk(claim.statement_tree):
        if isinstance(node, Call) and len(node.arguments) == 2 and not _takes_numbers(node):
            first, second = (argument.span for argument in node.arguments)
            text = claim.statement
            edits.append((first, text[second.start : second.end]))
            edits.append((second, text[first.start : first.end]))
            break
    if edits:
        told = "the arguments are reversed: the formula is the divergence in the other direction"
        yield Amendment(told, text=spliced(claim.statement, edits))


def _takes_numbers(node: Call) -> bool:
    """Whether a call is a family or a function, whose arguments are parameters."""
    return "||" not in node.separators and node.function not in ("KL", "H")


DIAGNOSIS = Slip("reversed-arguments", "statement", 1, amendments)
