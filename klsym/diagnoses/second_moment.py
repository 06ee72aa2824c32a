"""Second moment: E[x^2] is V + E[x]^2, not V - E[x]^2, nor V alone.

>>> from klsym import check
>>> result = check("KL(Normal(mu, s) || Normal(0, 1))", "-(log(s^2) + 1 - s^2 + mu^2)/2")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('second-moment', '-(log(s^2) + 1 - s^2 - mu^2)/2')

Seen in: cs.stackexchange.com question 122082.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import replace

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.laws import laws_of, mean_of
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import minus, plain, plus, power, quotient, times
from klsym.diagnoses.values import Ball, each
from klsym.expectation import Law
from klsym.numerics.arithmetic import divide
from klsym.syntax.tree import Binary, Node
from klsym.writing.plain import plain as in_plain

TOLD = "E[x^2] = V + E[x]^2: the square of the mean "


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each multiple of the squared mean of a distribution with the other sign, or put in."""
    for law in laws_of(claim):
        mean = mean_of(Law(law), claim.context)
        if mean is None or not mean.free_symbols:
            continue
        square = claim.values.of_expression(mean**2)
        for node in claim.nodes:
            if isinstance(node, Binary) and node.operator in "+-":
                yield from _turned(claim, node, square)
        written = plain(in_plain(mean))
        for node in claim.nodes:
            yield from _missing(claim, node, square, written)


def _turned(claim: Claim, node: Binary, square: tuple[Ball, ...]) -> Iterator[Amendment]:
    multiple = constant_of(each(divide, claim.values.of(node.right), square))
    if multiple is not None:
        turned = replace(node, operator="-" if node.operator == "+" else "+")
        yield Amendment(f"{TOLD}has the wrong sign", ((node, turned),))


def _missing(claim: Claim, node: Node, square: tuple[Ball, ...], mean: Node) -> Iterator[Amendment]:
    wanted = claim.needed(node)
    if wanted is None:
        return
    lacking = each(operator.sub, wanted, claim.values.of(node))
    multiple = constant_of(each(divide, lacking, square))
    if multiple is None:
        return
    size = multiple.removeprefix("-")
    term: Node = power(mean, 2)
    if size.startswith("1/"):
        term = quotient(term, plain(size[2:]))
    elif size != "1":
        term = times(plain(size), term)
    whole = minus(node, term) if multiple.startswith("-") else plus(node, term)
    yield Amendment(f"{TOLD}is missing", ((node, whole),))


DIAGNOSIS = Slip("second-moment", "formula", 2, amendments)
