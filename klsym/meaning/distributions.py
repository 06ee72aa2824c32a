r"""Distributions of a request as print spells them: every reading of ``\mathrm{Gam}(x; a, b)``.

Only LaTeX is read so, and only what stands in the place of a distribution or is taken at a point;
in plain text ``Gamma(k, b)`` says too little.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from klsym.meaning.comparisons import ENTROPIES, divergence_of
from klsym.meaning.spellings import has_point, readings
from klsym.syntax.reading import Note, Reading
from klsym.syntax.tree import Call, Chain, Mean, Node
from klsym.syntax.walk import parts_of

MOST = 4
"""How many readings of the spellings are tried; one choice holds for all of a formula."""


def spelt(reading: Reading) -> Iterator[Reading]:
    """The reading with its distributions as families, in each way they may be meant."""
    if reading.notation != "latex":
        yield reading
        return
    seen: list[Node] = []
    for choice in range(MOST):
        told: list[str] = []
        tree = _spelt(reading.tree, False, choice, told)
        if tree not in seen:
            seen.append(tree)
            notes = tuple(Note(reading.tree.span, text, True) for text in dict.fromkeys(told))
            yield replace(reading, tree=tree, notes=(*reading.notes, *notes))


def _spelt(node: Node, law: bool, choice: int, told: list[str]) -> Node:
    """The tree with its distributions spelt out; ``law`` says that a distribution stands here."""
    if isinstance(node, Call) and (law or has_point(node)):
        ways = readings(node, law=law)
        if ways:
            way = ways[min(choice, len(ways) - 1)]
            if len(ways) > 1 or way.call.function != node.function:
                told.append(way.told)
            node = way.call
    compares = isinstance(node, Call) and (
        divergence_of(node.function, len(node.arguments)) is not None or node.function in ENTROPIES
    )
    changed: dict[str, Any] = {}
    for name in parts_of(node):
        value = getattr(node, name)
        inner = (compares and name == "arguments") or (isinstance(node, Mean) and name == "law")
        if law and isinstance(node, Chain) and name == "terms":
            inner = True  # x ~ Exp(a)
        new = _inside(value, inner, choice, told)
        if new is not value:
            changed[name] = new
    return replace(node, **changed) if changed else node


def _inside(value: object, law: bool, choice: int, told: list[str]) -> object:
    if isinstance(value, Node):
        return _spelt(value, law, choice, told)
    if isinstance(value, tuple):
        found = tuple(_inside(item, law, choice, told) for item in value)
        same = all(new is old for new, old in zip(found, value, strict=True))
        return value if same else found
    return value
