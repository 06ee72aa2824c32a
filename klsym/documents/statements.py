"""Statements: terms joined by relations, each with its readings and its place.

A row that is no statement is unreadable, and says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from klsym.documents.rows import Row
from klsym.documents.source import Excerpt, Place
from klsym.documents.usage import is_known
from klsym.errors import KlsymError, Span
from klsym.meaning.equations import Side
from klsym.syntax.tree import Call, Chain, Given, Name, Node, Relation

ELLIPSIS = "ellipsis-without-value"
"""The error's name for dots that stand for terms."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a chain: its readings, the default first, in the excerpt their spans are of.

    ``span`` reaches from relation to relation, brackets and all; ``more`` says that it has other
    readings, which were not tried.
    """

    excerpt: Excerpt
    readings: tuple[tuple[Node, str], ...]
    span: Span
    more: bool = False

    @property
    def tree(self) -> Node:
        """The default reading."""
        return self.readings[0][0]

    @property
    def place(self) -> Place:
        """Where the term stands in the file."""
        return self.excerpt.place(self.span)

    @property
    def printed(self) -> str:
        """The term as it was printed, on one line."""
        return one_line(self.excerpt.text[self.span.start : self.span.end])

    @property
    def side(self) -> Side:
        """The term as a side of an equation."""
        return Side(self.excerpt.text, self.readings, self.more)


@dataclass(frozen=True, slots=True)
class Statement:
    """Terms joined by relations; ``leading`` if the first relation stands before the first term.

    ``notes`` say how the row was read, ``label`` names the distribution it declares.  ``premise``
    says that the rest of the row follows from it, ``words`` are those printed before it, and
    ``partial`` that the row goes on with what could not be read, ``defines`` that the words
    before it announce a definition, ``supposed`` that they make it a case.
    """

    row: Row
    terms: tuple[Term, ...]
    relations: tuple[Relation, ...]
    leading: bool = False
    label: str = ""
    notes: tuple[str, ...] = ()
    premise: bool = False
    words: str = ""
    partial: bool = False
    defines: bool = False
    supposed: bool = False

    @property
    def whole(self) -> Term:
        """The statement itself as one term, relations and all."""
        spans = [term.span for term in self.terms]
        span = Span(spans[0].start, spans[-1].end)
        chain = Chain(span, tuple(term.tree for term in self.terms), self.relations)
        return Term(self.terms[0].excerpt, ((chain, ""),), span)

    @property
    def head(self) -> str | None:
        """The name that is called on the left side, ``q`` in ``q(z) = ...``."""
        if self.leading or not self.relations:
            return None
        return head_of(self.terms[0].tree)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is no statement: it has an ellipsis, or cannot be read.

    ``before`` are the terms that stand before an ellipsis.  Of a row read in fragments,
    ``claimed`` says that a relation stands before this one, ``first`` that it begins a chain.
    """

    row: Row
    error: KlsymError
    before: tuple[Term, ...] = field(default=())
    claimed: bool = False
    first: bool = False

    @property
    def ellipsis(self) -> bool:
        """Whether dots stand for what is left out."""
        return self.error.name == ELLIPSIS


def head_of(tree: Node) -> str | None:
    """The name that is called in a tree such as ``q(z)``, if klsym gives it no meaning."""
    if not isinstance(tree, Call) or not tree.arguments or is_known(tree.function):
        return None
    return tree.function if isinstance(tree.arguments[0], (Name, Given)) else None


def one_line(text: str) -> str:
    """The text without alignment and line breaks."""
    return " ".join(text.replace("&", " ").split())


def span_of(excerpt: Excerpt) -> Span:
    """The span of the whole excerpt without the space and the alignment around it."""
    text = excerpt.text
    stripped = text.strip(" \t\n&")
    start = text.find(stripped) if stripped else 0
    return Span(start, start + max(1, len(stripped)))
