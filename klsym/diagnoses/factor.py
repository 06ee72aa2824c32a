"""Factor: a factor 2, 1/2, pi or n of one term, or of the whole, is missing, doubled or wrong.

>>> from klsym import check
>>> result = check("KL(Exponential(a) || Exponential(b))", "log(a/b) + 2*b/a - 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('factor', 'log(a/b) + b/a - 1')

Seen in: google-deepmind/torch-distributions pull request 34, rstudio/keras3 issue 359.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator

from flint import fmpq

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import name, plain, power, quotient, times
from klsym.diagnoses.values import Ball, each
from klsym.numerics.arithmetic import divide
from klsym.syntax.tree import Binary, Name, Node, Number
from klsym.syntax.walk import children


def amendments(claim: Claim) -> Iterator[Amendment]:
    """A factor left out, a number changed, then a part multiplied by what it lacks."""
    exponents = {id(n.right) for n in claim.nodes if isinstance(n, Binary) and n.operator == "^"}
    for node in claim.nodes:
        if isinstance(node, Binary) and node.operator in "*/":
            yield from _without(claim, node)
    for node in claim.nodes:
        if isinstance(node, Number) and id(node) not in exponents:
            yield from _number(claim, node)
    for node in claim.nodes:
        if not isinstance(node, Number) and id(node) not in exponents:
            yield from _multiplied(claim, node)
            yield from _letters(claim, node)


def _letters(claim: Claim, node: Node) -> Iterator[Amendment]:
    """A part multiplied or divided by a parameter or its square, perhaps by a number too."""
    wanted = claim.needed(node)
    if wanted is None:
        return
    ratio = each(divide, wanted, claim.values.of(node))
    for letter in claim.scope.context.domains:
        if isinstance(node, Name) and node.name == letter:
            continue  # its power is wrong
        value = claim.values.of(name(letter))
        for exponent in (1, 2):
            scale = each(operator.mul, value, value) if exponent == 2 else value
            letters = name(letter) if exponent == 1 else power(name(letter), exponent)
            above = _times(constant_of(each(divide, ratio, scale)), letters)
            if above is not None:
                told = f"a factor of {claim.written(node)} with {letter} is missing"
                yield Amendment(told, ((node, times(above, node)),))
            below = _times(constant_of(_inverse(each(operator.mul, ratio, scale))), letters)
            if below is not None:
                told = f"a divisor of {claim.written(node)} with {letter} is missing"
                if isinstance(node, Binary) and node.operator == "/":
                    yield Amendment(told, ((node.right, times(node.right, below)),))
                yield Amendment(told, ((node, quotient(node, below)),))


def _times(number: str | None, letters: Node) -> Node | None:
    """A number times letters; None where it is no number, or a negative one."""
    if number is None or number.startswith("-"):
        return None
    return letters if number == "1" else times(plain(number), letters)


def _without(claim: Claim, node: Binary) -> Iterator[Amendment]:
    if node.operator == "/":
        told_of = f"the division of {claim.written(node.left)} by {claim.written(node.right)}"
        yield Amendment(f"{told_of} is too much", ((node, node.left),))
        return
    for factor, other in ((node.left, node.right), (node.right, node.left)):
        told = f"the factor {claim.written(factor)} of {claim.written(node)} is too much"
        yield Amendment(told, ((node, other),))


def _number(claim: Claim, node: Number) -> Iterator[Amendment]:
    above = claim.above.get(id(node))
    product = isinstance(above, Binary) and above.operator in "*/"
    wanted = claim.needed(node)
    found = [constant_of(wanted)] if wanted is not None else []
    if node.text.isdigit() and int(node.text) <= LARGEST:
        found += map(str, _near(int(node.text)))
    for number in dict.fromkeys(filter(None, found)):
        above_stroke = isinstance(above, Binary) and above.operator == "/" and above.left is node
        whole = product and ((number == "1" and not above_stroke) or _is_number(above, number))
        if number != node.text and number[0] != "-" and not whole:
            told = f"the number {node.text} should be {number}"
            yield Amendment(told, ((node, plain(number)),))


def _inverse(values: tuple[Ball, ...]) -> tuple[Ball, ...]:
    return each(divide, (fmpq(1),) * len(values), values)


def _without_divisor(node: Node, number: str) -> Node | None:
    """Of x/2 or 1/2*x, with 2 as the number, x; None for anything else."""
    match node:
        case Binary(operator="/", left=whole, right=Number(text=text)) if text == number:
            return whole
        case Binary(
            operator="*",
            left=Binary(operator="/", left=Number(text="1"), right=Number(text=text)),
            right=whole,
        ) if text == number:
            return whole
    return None


def _is_number(above: Node | None, number: str) -> bool:
    """Whether what a number stands beside is the same number, as in 2/2."""
    return isinstance(above, Binary) and any(
        isinstance(side, Number) and side.text == number for side in (above.left, above.right)
    )


def _near(number: int) -> Iterator[int]:
    """What a number is most often meant for."""
    yield 2 * number
    if number % 2 == 0:
        yield number // 2
    if number > 1:
        yield number - 1
    yield number + 1


def _multiplied(claim: Claim, node: Node) -> Iterator[Amendment]:
    wanted = claim.needed(node)
    if wanted is None:
        for constant in UNDER_FUNCTIONS:
            told = f"a factor {constant} of {claim.written(node)} is missing, or its inverse"
            yield Amendment(told, ((node, times(plain(constant), node)),))
            yield Amendment(told, ((node, quotient(node, plain(constant))),))
            if isinstance(node, Binary) and node.operator == "/":
                below = times(plain(constant), node.right)
                yield Amendment(told, ((node.right, below),))
        return
    ratio = each(divide, wanted, claim.values.of(node))
    found, inverse = constant_of(ratio), constant_of(_inverse(ratio))
    if found is None or found.startswith("-"):
        return
    told = f"a factor {found} of {claim.written(node)} is missing"
    whole = _without_divisor(node, found)
    if whole is not None:
        yield Amendment(f"the division by {found} is too much", ((node, whole),), size=1)
        return
    factors = list(children(node)) if isinstance(node, Binary) and node.operator == "/" else []
    if inverse is not None and "/" in found and "/" not in inverse:
        told = f"{claim.written(node)} is to be divided by {inverse}"
        if factors:
            below = times(plain(inverse), factors[1])
            yield Amendment(told, ((factors[1], below),))
        yield Amendment(told, ((node, quotient(node, plain(inverse))),))
    yield Amendment(told, ((node, times(plain(found), node)),))


UNDER_FUNCTIONS = ("2", "sqrt(2)", "pi")
"""Factors tried where it cannot be told what is needed, as under an error function."""
LARGEST = 10**6


DIAGNOSIS = Slip("factor", "formula", 5, amendments)
