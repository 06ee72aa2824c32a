r"""Scope: a logarithm, a power or a bracket reaches too far, or not far enough.

log(a + b) for log(a) + b, log(s)^2 for log(s^2), log(p)/log(q) for log(p/q), a*b - c for
a*(b - c), a/b*c for a/(b*c).

>>> from klsym import check
>>> result = check("KL(Normal(mu, s) || Normal(0, 1))", "(s^2 + mu^2 - 1 - log(s)^2)/2")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('scope', '(s^2 + mu^2 - 1 - log(s^2))/2')

Seen in: udlbook/udlbook issue 184, FluxML/model-zoo issue 73, caglar/autoencoders issue 5,
StatProofBook P/gibbs-ineq.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import addends, is_sum, quotient, summed, times
from klsym.syntax.tree import Binary, Call, Negative, Node

APPLIED = ("log", "exp", "sqrt", "loggamma", "psi")


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each function, each power and each product with another reach."""
    for node in claim.nodes:
        if isinstance(node, Call) and node.function in APPLIED and len(node.arguments) == 1:
            yield from _narrower(claim, node)
        if isinstance(node, Binary):
            yield from _wider(claim, node)
            yield from _rebracketed(claim, node)
        if isinstance(node, Negative) and is_sum(node.operand):
            (sign, first), *rest = addends(node.operand)
            told = f"the minus before {claim.written(node.operand)} reaches too far"
            yield Amendment(told, ((node, summed([(-sign, first), *rest])),))


def _narrower(claim: Claim, node: Call) -> Iterator[Amendment]:
    """Of a function of a sum, a product or a power, only the first part under it."""
    argument = node.arguments[0]
    told = f"{claim.written(node)} reaches too far"
    if is_sum(argument):
        terms = list(addends(argument))
        for count in range(1, len(terms)):
            head = replace(node, arguments=(summed(terms[:count]),))
            yield Amendment(told, ((node, summed([(1, head), *terms[count:]])),))
    elif isinstance(argument, Binary):
        head = replace(node, arguments=(argument.left,))
        yield Amendment(told, ((node, replace(argument, left=head)),))
        factor, rest = _first_factor(argument)
        if rest is not None:
            yield Amendment(told, ((node, times(factor, replace(node, arguments=(rest,)))),))


def _first_factor(node: Node) -> tuple[Node, Node | None]:
    """What a product begins with, and the rest of it."""
    if not isinstance(node, Binary) or node.operator not in "*/":
        return node, None
    factor, rest = _first_factor(node.left)
    if rest is not None:
        return factor, replace(node, left=rest)
    return factor, node.right if node.operator == "*" else None


def _wider(claim: Claim, node: Binary) -> Iterator[Amendment]:
    """A function that takes in what stands beside it."""
    for call in (node.left, node.right):
        if isinstance(call, Call) and call.function in APPLIED and len(call.arguments) == 1:
            inner = _with(node, call, call.arguments[0])
            told = f"{claim.written(call)} does not reach far enough"
            yield Amendment(told, ((node, replace(call, arguments=(inner,))),))
    if node.operator in "*/" and isinstance(node.left, Binary):
        inner, call = node.left, node.left.right
        if isinstance(call, Call) and call.function in APPLIED and len(call.arguments) == 1:
            wider = replace(call, arguments=(_with(node, inner, call.arguments[0]),))
            told = f"{claim.written(call)} does not reach far enough"
            yield Amendment(told, ((node, replace(inner, right=wider)),))
    match node:
        case Binary(
            operator="/",
            left=Call(function="log", arguments=(top,)) as head,
            right=Call(function="log", arguments=(bottom,)),
        ):
            told = f"{claim.written(node)} is a quotient of logarithms"
            yield Amendment(told, ((node, replace(head, arguments=(quotient(top, bottom),))),))
        case Binary(
            operator="/",
            left=Binary(operator="*", left=factor, right=Call(function="log") as head),
            right=Call(function="log", arguments=(bottom,)),
        ):
            told = f"{claim.written(node)} is a quotient of logarithms"
            under = quotient(head.arguments[0], bottom)
            quotient_of_logs = times(factor, replace(head, arguments=(under,)))
            yield Amendment(told, ((node, quotient_of_logs),))


def _rebracketed(claim: Claim, node: Binary) -> Iterator[Amendment]:
    """Brackets around another part: a*b + c as a*(b + c), a/b*c as a/(b*c), and the reverse."""
    told = f"the brackets in {claim.written(node)} are missing or misplaced"
    left, right = node.left, node.right
    if node.operator in "+-":
        yield from _around_right(claim, node, told)
        yield from _around_left(node, told)
    if node.operator in "*/":
        if isinstance(left, Binary) and left.operator == "/":
            turned = times(left.right, right)
            if node.operator == "*":
                yield Amendment(told, ((node, quotient(left.left, turned)),))
        if node.operator == "/" and isinstance(right, Binary) and right.operator == "*":
            turned = replace(right, left=replace(node, right=right.left))
            yield Amendment(told, ((node, turned),))
        for inner in (left, right):
            terms = list(addends(inner)) if is_sum(inner) else []
            for count in range(1, len(terms)):
                kept, rest = terms[:count], terms[count:]
                head = _with(node, inner, summed(kept))
                yield Amendment(told, ((node, summed([(1, head), *rest])),))
                turned = summed([(1, head), *((-sign, term) for sign, term in rest)])
                yield Amendment(told, ((node, turned),))
                if inner is left:
                    whole = summed([*kept, (1, _with(node, inner, summed(rest)))])
                    yield Amendment(told, ((node, whole),))
    if node.operator == "^" and isinstance(left, Binary) and left.operator in "*/+-":
        yield Amendment(told, ((node, replace(left, right=replace(node, left=left.right))),))
    if node.operator in "*/+-" and isinstance(right, Binary) and right.operator == "^":
        whole = replace(right, left=replace(node, right=right.left))
        yield Amendment(told, ((node, whole),))


def _with(node: Binary, old: Node, new: Node) -> Binary:
    """An operation with one of its two sides replaced."""
    return replace(node, left=new) if old is node.left else replace(node, right=new)


def _around_left(node: Node, told: str) -> Iterator[Amendment]:
    """a - b*c as (a - b)*c, wherever in a sum the bracket would open."""
    terms = list(addends(node))
    for end, (sign, last) in enumerate(terms):
        if isinstance(last, Binary) and last.operator in "*/":
            for start in range(end):
                first = terms[start][0]
                inner = [(first * s, term) for s, term in [*terms[start:end], (sign, last.left)]]
                bracket = replace(last, left=summed(inner))
                whole = summed([*terms[:start], (first, bracket), *terms[end + 1 :]])
                yield Amendment(told, ((node, whole),))


def _around_right(claim: Claim, node: Binary, told: str) -> Iterator[Amendment]:
    """a*b + c as a*(b + c), wherever in a sum the bracket would close."""
    terms = list(addends(node))
    for start, (sign, first) in enumerate(terms[:-1]):
        if not (isinstance(first, Binary) and first.operator in "*/"):
            continue
        for end in range(start + 1, len(terms)):
            if first.operator == "*":
                inner = summed([(1, first.right), *terms[start + 1 : end + 1]])
                bracket: Node = replace(first, right=inner)
            else:
                top = summed([(1, first.left), *terms[start + 1 : end + 1]])
                bracket = replace(first, left=top)
                below = summed([(1, first.right), *terms[start + 1 : end + 1]])
                wider = replace(first, right=below)
                whole = summed([*terms[:start], (sign, wider), *terms[end + 1 :]])
                yield Amendment(told, ((node, whole),))
            whole = summed([*terms[:start], (sign, bracket), *terms[end + 1 :]])
            yield Amendment(told, ((node, whole),))
            if sign < 0 or first.operator == "/":
                turned = [(-s, t) for s, t in terms[start + 1 : end + 1]] if sign < 0 else []
                if turned and first.operator == "*":
                    bracket = replace(first, right=summed([(1, first.right), *turned]))
                    whole = summed([*terms[:start], (sign, bracket), *terms[end + 1 :]])
                    yield Amendment(told, ((node, whole),))
    for start, (sign, _) in enumerate(terms[:-1]):
        if sign < 0:
            inside = [(1, terms[start][1]), *terms[start + 1 :]]
            whole = summed([*terms[:start], (-1, summed(inside))])
            yield Amendment(told, ((node, whole),), size=2)


DIAGNOSIS = Slip("scope", "formula", 4, amendments)
