r"""Swapped index: a letter has the index of the other distribution, or stands for another letter.

>>> from klsym import check
>>> statement = "KL(Exponential(a_1) || Exponential(a_2))"
>>> result = check(statement, "log(a_1/a_2) + a_1/a_1 - 1")
>>> result.diagnoses[0].name, result.diagnoses[0].repair
('swapped-index', 'log(a_1/a_2) + a_2/a_1 - 1')

Seen in: StatProofBook P/bern-kl, Bauckhage, arXiv:1401.6853, as quoted on Cross Validated.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.diagnoses.trees import name
from klsym.syntax.tree import Name

Exchange = tuple[Name, Name]
"""A letter as it stands, and the one that is meant."""
MOST_PAIRS = 3000
"""No more pairs of changes than this are tried."""


def amendments(claim: Claim) -> Iterator[Amendment]:
    """Each letter replaced by another, alone; then in two places; then two exchanged throughout."""
    places = [node for node in claim.nodes if isinstance(node, Name) and _is_letter(claim, node)]
    known = list(dict.fromkeys([*(p.name for p in places), *claim.scope.context.domains]))
    single = [_edit(place, other) for place in places for other in known if other != place.name]
    for edit in single:
        yield Amendment(_told(claim, edit), (edit,))
    alike: dict[tuple[str, str], list[Exchange]] = {}
    for edit in single:
        change = _change(edit)
        if change is not None:
            alike.setdefault(change, []).append(edit)
    pairs = (pair for edits in alike.values() for pair in combinations(edits, 2))
    for one, other in islice(pairs, MOST_PAIRS):
        if one[0] is not other[0]:
            yield Amendment(f"{_told(claim, one)}, and {_told(claim, other)}", (one, other))
    for a, b in combinations(known, 2):
        swap = {a: b, b: a}
        edits = tuple(_edit(p, swap[p.name]) for p in places if p.name in swap)
        if edits:
            yield Amendment(f"{a} and {b} are exchanged", edits)


def _is_letter(claim: Claim, node: Name) -> bool:
    return node.name in claim.scope.context.domains


def _edit(place: Name, other: str) -> Exchange:
    return place, name(other)


def _change(edit: Exchange) -> tuple[str, str] | None:
    """Which letter becomes which under the same index, or which index which; None for neither."""
    old, new = edit
    letter, _, index = old.name.partition("_")
    other, _, its_index = new.name.partition("_")
    if letter == other:
        return index, its_index
    return (letter, other) if index == its_index else None


def _told(claim: Claim, edit: Exchange) -> str:
    return f"{claim.written(edit[0])} stands where {edit[1].name} is meant"


DIAGNOSIS = Slip("swapped-index", "formula", 3, amendments)
