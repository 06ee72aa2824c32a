r"""Stale head: the first line of a derivation was copied from another and not adapted.

An entropy, -\int q \log q, heads the derivation of a cross-entropy, -\int q \log p: the rows below
are right, and the head belongs to what was copied.  The amended head has another density in one
place, or in all; it is shown if it is proved equal to the row where the chain breaks, and the rows
between the two are named as those to drop.

Found in documents (`klsym run`), where a claim is a link of a chain.

Seen in: posts that derive KL as cross-entropy minus entropy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from klsym.diagnoses.editing import spliced
from klsym.diagnoses.slip import Amendment, Claim, Slip
from klsym.errors import Span
from klsym.syntax.tree import Call, Name, Node
from klsym.syntax.walk import walk

_NAME = re.compile(r"[A-Za-z]+(?:_(?:\{[^{}]*\}|\w))?")


def amendments(claim: Claim) -> Iterator[Amendment]:
    """The head of the chain with another distribution in one of its places, or in all of them."""
    if not claim.chain:
        return
    text, tree = claim.chain[0]
    places = list(_places(text, tree, claim.laws))
    for name in dict.fromkeys(name for name, _ in places):
        own = [span for known, span in places if known == name]
        for other in claim.laws:
            if other == name or not other.isalpha():
                continue
            for spans in [[span] for span in reversed(own)] + ([own] if len(own) > 1 else []):
                amended = spliced(text, [(span, other) for span in spans])
                told = _told(claim, name, other)
                yield Amendment(told, text=amended, shown=_shown(claim, amended))


def _places(text: str, tree: Node, laws: tuple[str, ...]) -> Iterator[tuple[str, Span]]:
    """Where a distribution is named, by its spelling."""
    for node in walk(tree):
        known = (
            node.function if isinstance(node, Call) else node.name if isinstance(node, Name) else ""
        )
        printed = _NAME.match(text, node.span.start)
        if known in laws and printed:
            yield known, Span(printed.start(), printed.end())


def _told(claim: Claim, name: str, other: str) -> str:
    told = f"the head of this chain has {name} where {other} is meant"
    skipped = [text for text, _ in claim.chain[1:]]
    if len(skipped) == 1:
        told += f"; drop the row below it: {skipped[0]}"
    elif skipped:
        told += f"; drop the rows below it: {', and '.join(skipped)}"
    return told


def _shown(claim: Claim, amended: str) -> str:
    return f"{amended} = {claim.formula}"


DIAGNOSIS = Slip("stale-head", "statement", 2, amendments, of_chains=True)
