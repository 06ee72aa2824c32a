"""Setting: the growing knowledge of one request, from which a Scope is made in the end."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

import sympy

from klsym.density import Density, Joint, Mixture, Product
from klsym.domain import Context
from klsym.domain.lattice import NEGATIVE, POSITIVE, ZERO
from klsym.errors import KlsymError, Span
from klsym.meaning.indices import Indices
from klsym.meaning.scope import Scope, UserFamily
from klsym.syntax.names import Names

LETTERS = ("x", "t", "z", "y", "u", "w", "s", "v")
NAMES = (("p", "P", "f", "p_0"), ("q", "Q", "g", "q_0"))
"""What two distributions that have no name are called, the first choice first."""


AnyLaw = TypeVar("AnyLaw", bound=Density | Mixture | Product | Joint)
"""Whatever kind of distribution it is."""


class Setting:
    """The names of a request: their symbols, distributions, families, and what was assumed.

    ``normalise`` says what to do with weights that do not sum to 1: to scale them, with a note,
    or to refuse them.
    """

    def __init__(self, context: Context, *, normalise: bool = False) -> None:
        self.context = context
        self.names: dict[str, Any] = {name: context.symbol(name) for name in context.domains}
        self.laws: dict[str, Density | Mixture] = {}
        self.products: dict[str, Product] = {}
        self.joints: dict[str, Joint] = {}
        self.letters: dict[str, str] = {}
        self.families: dict[str, UserFamily] = {}
        self.functions: dict[str, Any] = {}
        self.assumed: list[str] = []
        self.notes: list[str] = []
        self.trusted: list[str] = []
        self.unread = False
        self.normalise = normalise
        self.indices = Indices()
        self.outcomes: dict[str, int] = {}
        self._given: dict[str, str] = {}

    @classmethod
    def of(cls, scope: Scope) -> Setting:
        """The setting in which a scope's texts are lowered."""
        setting = cls(scope.context)
        setting.laws.update(scope.laws)
        setting.products.update(scope.products)
        setting.joints.update(scope.joints)
        setting.families.update(scope.families)
        setting.assumed.extend(scope.assumptions)
        setting.notes.extend(scope.notes)
        setting.trusted.extend(scope.trusted)
        setting.unread = scope.unread
        setting.indices = scope.indices
        return setting

    def scope(self) -> Scope:
        """What was found out, for good."""
        domains = [
            domain.statement(name)
            for name, domain in self.context.domains.items()
            if not domain.is_whole
        ]
        relations = [_written(relation) for relation in self.context.relations]
        found = dict.fromkeys([*domains, *self.assumed, *relations])
        return Scope(
            self.context,
            dict(self.laws),
            dict(self.families),
            tuple(found),
            tuple(self.notes),
            self.indices,
            dict(self.products),
            dict(self.joints),
            tuple(self.trusted),
            self.unread,
        )

    def known(self) -> Names:
        """The names for the parser."""
        return Names(
            frozenset(self.names),
            frozenset({*self.laws, *self.products, *self.joints, *self.families}),
        )

    def note(self, text: str) -> None:
        """Keep a remark, once."""
        if text not in self.notes:
            self.notes.append(text)

    def trust(self, what: str) -> None:
        """Remember that something is taken from elsewhere without a proof."""
        if what not in self.trusted:
            self.trusted.append(what)

    def require(self, relation: Any, message: str, span: Span | None, advice: str) -> None:
        """Take a relation for granted unless it is known; raise KlsymError if it is false."""
        holds = self.context.holds(relation)
        if holds is False:
            raise KlsymError("parameter-domain", message, span=span, help=advice)
        if holds is None:
            self.context = self.context.assume(relation)

    def letter(self, wanted: str) -> str:
        """A letter for a variate that is no parameter's name."""
        if wanted not in self.names:
            return wanted
        return next((x for x in LETTERS if x not in self.names), f"{wanted}_variate")

    def named(self, density: AnyLaw, position: int) -> AnyLaw:
        """The density under a letter of its own; equal ones get the same."""
        known = self._given.get(density.label)
        if known is None:
            taken = {*self.names, *self.laws, *self._given.values()}
            choices = chain(NAMES[position % 2], (f"{NAMES[0][0]}_{k}" for k in range(1, 99)))
            known = next(name for name in choices if name not in taken)
            self._given[density.label] = known
        return replace(density, name=known)


def _written(relation: Any) -> str:
    if isinstance(relation, sympy.Unequality):
        return f"{relation.lhs} != {relation.rhs}"
    if isinstance(relation, sympy.Equality):
        return f"{relation.lhs} = {relation.rhs}"
    return str(relation)


def variate(letter: str, lower: Any, upper: Any, discrete: bool, context: Context) -> Any:
    """The symbol of a variate, with what its support says of it."""
    assumptions = {"integer": True} if discrete else {}
    least = context.possible(lower)
    if least == POSITIVE or (not discrete and least | POSITIVE | ZERO == POSITIVE | ZERO):
        assumptions["positive"] = True
    elif least | POSITIVE | ZERO == POSITIVE | ZERO:
        assumptions["nonnegative"] = True
    elif context.possible(upper) | NEGATIVE | ZERO == NEGATIVE | ZERO:
        assumptions["nonpositive" if discrete else "negative"] = True
    elif not discrete:
        assumptions["real"] = True
    return sympy.Symbol(letter, **assumptions)
