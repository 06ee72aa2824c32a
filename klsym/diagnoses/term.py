r"""Term: a term was dropped, or one stands there that does not belong.

>>> from klsym import check
>>> result = check("KL(Poisson(a) || Poisson(b))", "a*log(a/b) - a")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('term', 'a*log(a/b) - a + b')

Seen in: StatProofBook P/bern-kl, where one of the two terms was printed twice.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sympy

from klsym.diagnoses.constants import constant_of
from klsym.diagnoses.editing import Edit
from klsym.diagnoses.remainder import is_plain
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import addends, is_sum, minus, plain, plus, summed
from klsym.diagnoses.values import Ball, each
from klsym.equality.components import is_sum as is_total
from klsym.numerics.arithmetic import divide
from klsym.syntax.tree import Binary, Node, Number
from klsym.writing.plain import plain as in_plain

REPLACED = 3
"""A term that is written anew counts as so many changes, however alike the two are."""
LONGEST = 2
"""Of more terms than this a rest is no term that was dropped."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each sum without one of its terms, or with one that was derived and is missing."""
    for node in claim.nodes:
        if is_sum(node):
            for edit, term in _left_out(node):
                yield Amendment(f"the term {claim.written(term)} is too much", (edit,))
    derived = [] if is_total(claim.closed_form) else _derived(claim)
    for node in claim.nodes:
        if node is claim.formula_tree or is_sum(node):
            yield from _added(claim, node, derived)
    for node in claim.nodes:
        yield from _replaced(claim, node, derived)
    yield from _rest(claim)


def _left_out(node: Node) -> Iterator[tuple[Edit, Node]]:
    terms = list(addends(node))
    for place, (_, term) in enumerate(terms):
        if isinstance(node, Binary) and node.right is term:
            yield (node, node.left), term
        else:
            yield (node, summed([*terms[:place], *terms[place + 1 :]])), term


def _derived(claim: Claim) -> list[tuple[Any, tuple[Ball, ...]]]:
    """The terms of what was derived, expanded or not, with their values."""
    return [(term, claim.values.of_expression(term)) for term in _terms(claim.closed_form)]


@lru_cache(maxsize=64)
def _terms(closed: Any) -> tuple[Any, ...]:
    found: dict[Any, None] = {}
    for form in (closed, sympy.expand(closed), sympy.expand_log(sympy.expand(closed))):
        found.update(dict.fromkeys(sympy.Add.make_args(form)))
    return tuple(term for term in found if term.free_symbols and not term.is_Number)


def _added(
    claim: Claim, node: Node, derived: list[tuple[Any, tuple[Ball, ...]]]
) -> Iterator[Amendment]:
    wanted = claim.needed(node)
    if wanted is None:
        return
    lacking = each(operator.sub, wanted, claim.values.of(node))
    for term, values in derived:
        multiple = constant_of(each(divide, lacking, values))
        if multiple is None:
            continue
        written = in_plain(term * _number(multiple))
        text = written.removeprefix("-")
        told = f"the term {text} is missing"
        missing = plain(text)
        if written.startswith("-"):
            yield Amendment(told, ((node, minus(node, missing)),))
        else:
            yield Amendment(told, ((node, plus(node, missing)),))


def _rest(claim: Claim) -> Iterator[Amendment]:
    """The formula with all that it lacks, if that is short."""
    if not is_plain(claim.closed_form) or not is_plain(claim.value):
        return
    rest = sympy.expand_log(sympy.expand(claim.closed_form - claim.value))
    if rest.is_number or len(sympy.Add.make_args(rest)) > LONGEST or claim.remainder:
        return  # what is free of some parameters is for the slip ``gradient``
    tree = claim.formula_tree
    for sign, term in addends(plain(in_plain(rest))):
        tree = plus(tree, term) if sign > 0 else minus(tree, term)
    yield Amendment(f"what is missing is {in_plain(rest)}", ((claim.formula_tree, tree),))


def _number(text: str) -> Any:
    return sympy.Rational(text) if all(c in "-/0123456789" for c in text) else sympy.S.One


def _replaced(
    claim: Claim, node: Node, derived: list[tuple[Any, tuple[Ball, ...]]]
) -> Iterator[Amendment]:
    """A part that should be a term that was derived; of one printed twice, once."""
    wanted = claim.needed(node)
    if wanted is None:
        return
    for term, values in derived:
        if isinstance(node, Number) or constant_of(each(divide, wanted, values)) != "1":
            continue
        if not in_plain(term).startswith("-"):
            told = f"{claim.written(node)} stands where {in_plain(term)} is meant"
            yield Amendment(told, ((node, plain(in_plain(term))),), size=REPLACED)
    once = _once(node)
    if once is None:
        return
    lacking = each(operator.sub, wanted, claim.values.of(once))
    for term, values in derived:
        multiple = constant_of(each(divide, lacking, values))
        if multiple == "1":
            told = f"one of two terms is printed twice, and {in_plain(term)} is missing"
            yield Amendment(told, ((node, plus(once, plain(in_plain(term)))),))


def _once(node: Node) -> Node | None:
    """Of twice something, that something."""
    if isinstance(node, Binary) and node.operator in "*/":
        if isinstance(node.left, Number):
            return node.right if node.left.text == "2" and node.operator == "*" else None
        left = _once(node.left)
        return None if left is None else replace(node, left=left)
    if isinstance(node, Binary) and node.operator == "+" and node.left == node.right:
        return node.left
    return None


DIAGNOSIS = Slip("term", "formula", 6, amendments)
