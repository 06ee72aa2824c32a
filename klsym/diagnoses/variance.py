"""Variance: standard deviation, variance, precision and their logarithms are mixed up.

Papers write N(mu, sigma**2) and libraries Normal(mu, sigma); a log-variance stands for a log
standard deviation, its half.  The amended formula has sigma**2, sqrt(sigma), 1/sigma, 2*l, l/2 or
-l for the letter, in all its places or in some of them.

>>> from klsym import check
>>> statement = "KL(Normal(mu, variance=v) || Normal(0, 1))"
>>> result = check(statement, "(mu^2 + v^2 - 1)/2 - log(v)")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('variance', '(mu^2 + v - 1)/2 - log(sqrt(v))')

Seen in: pytorch/examples issue 225, pyg-team/pytorch_geometric pull request 1368, DmitryUlyanov/AGE
issue 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from klsym.diagnoses.editing import Edit
from klsym.diagnoses.laws import reciprocal, spread_letters
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import (
    NOWHERE,
    log,
    negative,
    number,
    power,
    quotient,
    root,
    times,
)
from klsym.syntax.tree import Binary, Call, Name, Node, Number, Root

Form = tuple[Callable[[Node], Node], str]

POSITIVE_FORMS: tuple[Form, ...] = (
    (lambda n: power(n, 2), "{0}^2"),
    (root, "sqrt({0})"),
    (lambda n: quotient(number(1), n), "1/{0}"),
    (lambda n: quotient(number(1), power(n, 2)), "1/{0}^2"),
    (lambda n: quotient(number(1), root(n)), "1/sqrt({0})"),
    (log, "log({0})"),
)
REAL_FORMS: tuple[Form, ...] = (
    (lambda n: times(number(2), n), "2*{0}"),
    (lambda n: quotient(n, number(2)), "{0}/2"),
    (negative, "-{0}"),
    (lambda n: Call(NOWHERE, "exp", (n,)), "exp({0})"),
    (lambda n: Call(NOWHERE, "exp", (quotient(n, number(2)),)), "exp({0}/2)"),
    (lambda n: Call(NOWHERE, "exp", (times(number(2), n),)), "exp(2*{0})"),
)
"""Each as a tree and in words."""
IN_PART = 2
"""Of a single place so many forms are tried, the likeliest."""
MOST_PLACES = 3
"""So many single places are amended at once, at the most."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The formula with another measure of spread for a letter, in all places or in some."""
    places = claim.letters()
    spreads = [n for n in places if n in spread_letters(claim)]
    positive = [n for n in spreads if claim.scope.context.symbol(n).is_positive]
    real = [n for n in spreads if n not in positive]
    groups = [(tuple(positive), POSITIVE_FORMS)] if len(positive) > 1 else []
    groups += [(tuple(real), REAL_FORMS)] if len(real) > 1 else []
    groups += [((n,), POSITIVE_FORMS if n in positive else REAL_FORMS) for n in spreads]
    for group, forms in groups:
        occurrences = [place for n in group for place in places[n]]
        for form, told in forms if len(occurrences) > 1 else forms[:IN_PART]:
            yield _amended(claim, occurrences, form, _told(group, told))
    for letters, forms in ((positive, POSITIVE_FORMS), (real, REAL_FORMS)):
        everywhere = [place for letter in letters for place in places[letter]]
        for size in range(1, MOST_PLACES + 1):
            for chosen in combinations(everywhere, size):
                told_of = tuple(dict.fromkeys(map(_letter, chosen)))
                for form, told in forms[:IN_PART]:
                    yield _amended(claim, list(chosen), form, f"{_told(told_of, told)}, in part")


def _told(letters: tuple[str, ...], form: str) -> str:
    meant = " and ".join(form.format(letter) for letter in letters)
    stand, are = ("stands", "is") if len(letters) == 1 else ("stand", "are")
    return f"{' and '.join(letters)} {stand} where {meant} {are} meant"


def _letter(node: Node) -> str:
    return node.name if isinstance(node, Name) else ""


def _amended(
    claim: Claim, occurrences: list[Node], form: Callable[[Node], Node], told: str
) -> Amendment:
    return Amendment(told, tuple(_edit(claim, place, form) for place in occurrences))


def _edit(claim: Claim, place: Node, form: Callable[[Node], Node]) -> Edit:
    """A form of a letter; of the square of its root, or the root of its square, the letter."""
    new, above = form(place), claim.above.get(id(place))
    if isinstance(new, Binary) and new.operator == "/" and new.right is place:
        return reciprocal(claim, place)
    doubled = isinstance(above, Binary) and above.operator == "*" and above.left == number(2)
    if isinstance(above, Binary) and doubled and new == quotient(place, number(2)):
        return above, place
    if isinstance(above, Binary) and above.operator == "^" and above.left is place:
        exponent = above.right.text if isinstance(above.right, Number) else ""
        if isinstance(new, Root) and exponent == "2":
            return above, place
        if isinstance(new, Root) and exponent.isdigit() and int(exponent) % 2 == 0:
            return above.right, number(int(exponent) // 2)
        if isinstance(new, Binary) and new.operator == "^" and exponent.isdigit():
            return above.right, number(2 * int(exponent))
    return place, new


DIAGNOSIS = Slip("variance", "formula", 1, amendments)
