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

    ``closed_form`` is what the statement is equal to on ``context``, None where none was found;
    ``value`` is what the formula says.  In a document ``chain`` holds the terms of the derivation
    that came before, the first one first, and ``laws`` the names of its distributions.
    """

    statement: str
    statement_tree: Node
    formula: str
    formula_tree: Node
    value: Any
    closed_form: Any
    scope: Scope
    context: Context
    chain: tuple[tuple[str, Node], ...] = ()
    laws: tuple[str, ...] = ()

    @property
    def is_latex(self) -> bool:
        """Whether the formula is written in LaTeX."""
        return "\\" in self.formula


@dataclass(frozen=True, slots=True)
class Amendment:
    """One of the two texts, changed; ``size`` orders amendments by how much they change.

    ``shown`` is the repair that is shown instead, where what is proved of ``text`` implies it.
    """

    text: str
    help: str
    size: int = 1
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of mistake: its name, which text it amends, and the amendments that undo it.

    Slips are tried in the order of ``cost``.  Its module's docstring is its manual page.
    ``certified`` slips give only amendments that they confirmed by enclosures themselves.
    """

    name: str
    amends: str
    cost: int
    amendments: Callable[[Claim], Iterator[Amendment]]
    certified: bool = False


def spliced(text: str, edits: list[tuple[Span, str]]) -> str:
    """The text with each span replaced; spans must not overlap.

    >>> spliced("a + b", [(Span(4, 5), "c"), (Span(0, 1), "x")])
    'x + c'
    """
    for span, replacement in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: span.start] + replacement + text[span.end :]
    return text
