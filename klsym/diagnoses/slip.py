"""Slip: a known kind of mistake, as amendments of a claim that undo it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from klsym.domain import Context
from klsym.errors import Span
from klsym.syntax.tree import Node

if TYPE_CHECKING:
    from klsym.meaning import Scope


@dataclass(frozen=True)
class Claim:
    """A formula refuted for a statement: both as text with their trees, and what was derived.

    ``closed_form`` is what the statement is equal to on ``context``, ``value`` what the formula
    says.
    """

    statement: str
    statement_tree: Node
    formula: str
    formula_tree: Node
    value: Any
    closed_form: Any
    scope: Scope
    context: Context

    @property
    def is_latex(self) -> bool:
        """Whether the formula is written in LaTeX."""
        return "\\" in self.formula


@dataclass(frozen=True, slots=True)
class Amendment:
    """One of the two texts, changed; ``size`` orders amendments by how much they change."""

    text: str
    help: str
    size: int = 1


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of mistake: its name, which text it amends, and the amendments that undo it.

    Slips are tried in the order of ``cost``.  Its module's docstring is its manual page.
    """

    name: str
    amends: str
    cost: int
    amendments: Callable[[Claim], Iterator[Amendment]]


def spliced(text: str, edits: list[tuple[Span, str]]) -> str:
    """The text with each span replaced; spans must not overlap.

    >>> spliced("a + b", [(Span(4, 5), "c"), (Span(0, 1), "x")])
    'x + c'
    """
    for span, replacement in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: span.start] + replacement + text[span.end :]
    return text
