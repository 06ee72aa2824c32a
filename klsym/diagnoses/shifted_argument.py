r"""Shifted argument: digamma, gamma, zeta or their kin at an argument one too small or too large.

psi(a + 1) = psi(a) + 1/a: the mean of x*log(x) under a gamma distribution has psi(a + 1).

>>> from klsym import check
>>> statement = "E(Gamma(a, rate=b), x*log(x))"
>>> result = check(statement, "a/b*(digamma(a) - log(b))")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('shifted-argument', 'a/b*(digamma(a + 1) - log(b))')

Seen in: StatProofBook P/gam-xlogx.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from klsym.diagnoses.editing import Edit
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import fraction, is_sum, minus, plus
from klsym.syntax.tree import Binary, Call, Factorial, Node, Number

FUNCTIONS = frozenset(
    {
        "Gamma", "gamma", "loggamma", "psi", "polygamma", "beta", "B", "Beta", "logbeta", "zeta",
        "factorial", "besseli", "besselk", "binomial",
    }
)  # fmt: skip
STEPS = ((1, 1), (1, 2), (2, 1))


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each argument of such a function with 1, 1/2 or 2 more or less; then two of them."""
    shifted: list[Edit] = []
    for node in claim.nodes:
        for argument in _arguments(node):
            for edit, told in _shifts(argument):
                shifted.append(edit)
                yield Amendment(f"{claim.written(argument)} {told}", (edit,))
    if len(shifted) <= 64:
        for one, other in combinations(shifted, 2):
            if one[0] is not other[0]:
                yield Amendment("two arguments are shifted", (one, other))


def _arguments(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Factorial):
        return (node.operand,)
    if isinstance(node, Call) and node.function in FUNCTIONS:
        return node.arguments
    return ()


def _shifts(argument: Node) -> Iterator[tuple[Edit, str]]:
    """The argument without a number it has, then with one it lacks."""
    if isinstance(argument, Binary) and is_sum(argument) and isinstance(argument.right, Number):
        yield (argument, argument.left), "is an argument that is shifted too far"
        turned = replace(argument, operator="-" if argument.operator == "+" else "+")
        yield (argument, turned), "is an argument that is shifted the wrong way"
    for top, bottom in STEPS:
        step = fraction(top, bottom)
        shown = f"{top}/{bottom}" if bottom > 1 else str(top)
        yield (argument, plus(argument, step)), f"should be an argument larger by {shown}"
        yield (argument, minus(argument, step)), f"should be an argument smaller by {shown}"


DIAGNOSIS = Slip("shifted-argument", "formula", 2, amendments)
