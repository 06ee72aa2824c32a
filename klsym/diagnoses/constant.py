"""Constant: a constant term was dropped, added or mistyped.

The difference of the two sides is the same number everywhere, and that number is simple.

>>> from klsym import check
>>> result = check("KL(Normal(mu, s) || Normal(0, 1))", "(mu^2 + s^2)/2 - log(s)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('constant', '(mu^2 + s^2 - 1)/2 - log(s)')

Seen in: probml/pml2-book issue 297.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import addends, is_sum, minus, name, plain, plus, times
from klsym.diagnoses.values import each
from klsym.numerics.arithmetic import divide
from klsym.syntax.tree import Binary, Node
from klsym.syntax.walk import names


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each constant term as it would have to be, then each sum with a constant added at its end."""
    for node in claim.nodes:
        if is_sum(node):
            for sign, term in addends(node):
                yield from _mistyped(claim, node, sign, term)
    for node in claim.nodes:
        if node is claim.formula_tree or is_sum(node):
            yield from _dropped(claim, node)


def _mistyped(claim: Claim, total: Node, sign: int, term: Node) -> Iterator[Amendment]:
    wanted = claim.needed(term)
    if wanted is None or any(n.name in claim.scope.context.domains for n in names(term)):
        return
    for letter in claim.counts:
        share = constant_of(each(divide, wanted, claim.values.of(name(letter))))
        if share is not None and share[0] != "-":
            count = name(letter) if share == "1" else times(plain(share), name(letter))
            told = f"the constant {claim.written(term)} lacks the factor {letter}"
            yield Amendment(told, ((term, count),))
    found = constant_of(wanted)
    zero = all(value == 0 or (value != 0) is False for value in wanted)
    if zero:
        told = f"the constant {claim.written(term)} is too much"
        if isinstance(total, Binary) and total.right is term:
            yield Amendment(told, ((total, total.left),))
    elif found is not None and found.startswith("-"):
        if isinstance(total, Binary) and total.right is term:
            build = minus if total.operator == "+" else plus
            told = f"the constant {claim.written(term)} has the wrong sign"
            yield Amendment(told, ((total, build(total.left, plain(found[1:]))),))
    elif found is not None:
        told = f"the constant {claim.written(term)} should be {found}"
        yield Amendment(told, ((term, plain(found)),))


def _dropped(claim: Claim, node: Node) -> Iterator[Amendment]:
    wanted = claim.needed(node)
    if wanted is None:
        return
    found = constant_of(each(operator.sub, wanted, claim.values.of(node)))
    if found is None:
        return
    size = plain(found.removeprefix("-"))
    negative = found.startswith("-")
    amended = minus(node, size) if negative else plus(node, size)
    verb = "subtracted" if negative else "added"
    told = f"the constant {found.removeprefix('-')} is to be {verb}"
    yield Amendment(told, ((node, amended),))


DIAGNOSIS = Slip("constant", "formula", 4, amendments)
