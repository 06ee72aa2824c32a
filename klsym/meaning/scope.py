"""Scope: what each name means once everything is declared; Request: what was asked in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from klsym.density import Density, Joint, Mixture, Product
from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.meaning.indices import Indices
from klsym.syntax.tree import Node


@dataclass(frozen=True, slots=True)
class UserFamily:
    """A family under a document's own letter: ``f(x | m, v) = Normal(m, variance=v)``."""

    name: str
    variate: str
    parameters: tuple[str, ...]
    body: Node
    text: str


@dataclass(frozen=True)
class Scope:
    """What the names of a statement mean.

    ``laws`` holds the named distributions, ``families`` the user's own families.  ``assumptions``
    are the domains and relations under which everything is decided, as text; ``notes`` say how
    what could be read several ways was read.  ``indices`` is the index of
    components, ``products`` the named distributions of independent components, ``joints`` those of
    two variates.  ``trusted`` are values taken from elsewhere without a proof, on which no verdict
    may rest; ``unread`` says that a text has more readings than were tried.
    """

    context: Context = field(default_factory=Context)
    laws: Mapping[str, Density | Mixture] = field(default_factory=dict)
    families: Mapping[str, UserFamily] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    indices: Indices = field(default_factory=Indices)
    products: Mapping[str, Product] = field(default_factory=dict)
    joints: Mapping[str, Joint] = field(default_factory=dict)
    trusted: tuple[str, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True)
class FormulaReading:
    """One reading of a formula: its value, its tree, and in what it differs from the default.

    ``parts`` are what it is made of that may have no real value somewhere, as far as that cannot
    be seen of the value any more.  ``sign`` is the relation that is claimed between the statement
    and it: ``=``, or ``<=`` and the like.
    """

    expr: Any
    tree: Node
    note: str = ""
    parts: tuple[Any, ...] = ()
    sign: str = "="


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as text with its readings, the default one first."""

    text: str
    readings: tuple[FormulaReading, ...]

    @property
    def value(self) -> Any:
        """The value of the default reading."""
        return self.readings[0].expr


@dataclass(frozen=True, slots=True)
class Request:
    """A statement, perhaps with formulas for it, in the scope in which they were read.

    ``statement`` holds the divergences, means and laws unevaluated; ``tree`` is what it was
    lowered from, ``parts`` are those of a reading, and ``alternatives`` its other readings.
    """

    scope: Scope
    statement: Any
    statement_text: str
    tree: Node
    formulas: tuple[Formula, ...] = ()
    parts: tuple[Any, ...] = ()
    alternatives: tuple[FormulaReading, ...] = ()


class Placed:
    """A context in which errors get this text and this place, unless they have their own."""

    __slots__ = ("place", "text")

    def __init__(self, place: str, text: str) -> None:
        self.place, self.text = place, text

    def __enter__(self) -> None:
        """Nothing is needed before an error."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KlsymError):
            raise error.within(self.text).at(self.place) from None
