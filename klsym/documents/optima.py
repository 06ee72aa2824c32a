"""Rows with arg min and arg max: equal as optima, not as values."""

from __future__ import annotations

from klsym.documents.chains import Link
from klsym.documents.outcome import Outcome
from klsym.documents.relations import same_optimum
from klsym.documents.scope import Meant
from klsym.meaning.equations import Side
from klsym.syntax.tree import (
    Call,
    Name,
    Negative,
)
from klsym.syntax.walk import walk
from klsym.verdict import Verdict


def optimised(link: Link) -> tuple[tuple[Side, Side], set[str]] | None:
    r"""The functions whose optima two rows of ``\arg\min`` equate, and over which letters."""
    calls = [term.tree for term in (link.left, link.right)]
    found: list[Side] = []
    letters: set[str] = set()
    for call, term in zip(calls, (link.left, link.right), strict=True):
        if not isinstance(call, Call) or call.function not in ("argmin", "argmax"):
            return None
        if call.subscript is None or len(call.arguments) != 1:
            return None
        body = call.arguments[0]
        if call.function == "argmax":
            body = Negative(body.span, body)
        letters |= {node.name for node in walk(call.subscript) if isinstance(node, Name)}
        found.append(Side(term.excerpt.text, ((body, ""),)))
    return (found[0], found[1]), letters


def optimum(meant: Meant, letters: set[str]) -> Outcome:
    """Whether two values are least, or greatest, at the same places."""
    scope = meant.equation.scope
    left, right = meant.equation.sides
    symbols = {scope.context.symbol(name) for name in letters & scope.context.domains.keys()}
    found = same_optimum(left.value, right.value, symbols, scope.context)
    message = "equal as optima" if found.decision.verdict is Verdict.PROVED else ""
    notes = (*meant.notes, *scope.notes)
    return Outcome(
        found.decision.verdict,
        message or found.decision.reason or "",
        assumptions=scope.assumptions,
        notes=notes,
    )
