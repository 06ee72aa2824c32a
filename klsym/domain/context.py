"""Context: all symbols, the values they may take and the relations between them, together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from klsym.domain import lattice
from klsym.domain.interval import NEGATIVE, NONNEGATIVE, POSITIVE, REAL, Domain
from klsym.errors import KlsymError

if TYPE_CHECKING:
    from sympy import Expr, Rational, Symbol
    from sympy.core.relational import Relational

    from klsym.domain.signs import Signs


@dataclass(frozen=True)
class Context:
    """The declared symbols with their domains, and relations over them.

    >>> from klsym.domain import POSITIVE
    >>> context = Context().declare("a", POSITIVE).declare("b", POSITIVE)
    >>> a, b = context.symbols
    >>> context.sign(a + b), context.sign(b - a), context.assume(a < b).sign(b - a)
    (1, None, 1)
    """

    domains: Mapping[str, Domain] = field(default_factory=dict)
    relations: tuple[Relational, ...] = ()

    def __hash__(self) -> int:
        return hash((frozenset(self.domains.items()), self.relations))

    def symbol(self, name: str) -> Symbol:
        """The symbol of that name, with the assumptions its domain allows.

        Raises KeyError if the name is not declared.
        """
        return symbol_in(name, self.domains[name])

    def confines(self, symbol: Symbol, domain: Domain) -> bool:
        """Whether a symbol is one of these, and its own domain lies within that domain."""
        known = self.domains.get(symbol.name)
        return known is not None and domain.includes(known) and symbol == self.symbol(symbol.name)

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The declared symbols, in the order of their declaration."""
        return tuple(self.symbol(name) for name in self.domains)

    def declare(self, name: str, domain: Domain) -> Context:
        """A context in which ``name`` also lies in ``domain``; domains of one name intersect.

        Raises KlsymError ``empty-domain`` if no value is left.
        """
        known = self.domains.get(name)
        both = domain if known is None else known.intersect(domain)
        if both.is_empty:
            raise KlsymError(
                "empty-domain",
                f"no value is left for {name}: it is to be {domain}"
                + (f" and {known}" if known is not None else ""),
                help="what is said of it, by --let, --assume and its place, contradicts itself",
            )
        return Context({**self.domains, name: both}, self.relations)

    def assume(self, *relations: Relational) -> Context:
        """A context in which the relations hold too; the symbols stay the same.

        Raises KlsymError ``contradiction`` if one is known to be false here.
        """
        import sympy

        new: list[Any] = []
        for relation in relations:
            if relation == sympy.true or relation in self.relations:
                continue
            if relation == sympy.false or self.holds(relation) is False:
                told = f"{relation} contradicts what is assumed already"
                raise KlsymError(
                    "contradiction",
                    "this is false" if relation == sympy.false else told,
                    help="leave it out, or change what else is assumed",
                )
            new.append(relation)
        return Context(self.domains, (*self.relations, *new)) if new else self

    @cached_property
    def _signs(self) -> Signs:
        return _signs_of(self)

    def possible(self, expr: Expr) -> int:
        """The set of things that can happen to ``expr`` here, in :mod:`klsym.domain.lattice`."""
        return self._signs.of(expr)

    def sign(self, expr: Expr) -> int | None:
        """+1 or -1 if ``expr`` is proved of that sign everywhere, 0 if it is zero, else None."""
        return _SIGNS.get(self._signs.of(expr))

    def nonnegative(self, expr: Expr) -> bool:
        """Whether ``expr`` is proved to be at least zero everywhere here."""
        return not self._signs.of(expr) & (lattice.NEGATIVE | lattice.UNDEFINED)

    def real(self, expr: Expr) -> bool:
        """Whether ``expr`` is proved to have a finite real value everywhere here."""
        return not self._signs.of(expr) & lattice.UNDEFINED

    def nonzero(self, expr: Expr) -> bool:
        """Whether ``expr`` is proved to be real and different from zero everywhere here."""
        return not self._signs.of(expr) & (lattice.ZERO | lattice.UNDEFINED)

    def holds(self, relation: Relational) -> bool | None:
        """True if the relation is proved, False if it is proved to hold nowhere, else None."""
        return self._signs.holds(relation)

    def satisfies(self, point: Mapping[Symbol, Rational]) -> bool:
        """Whether the point, a value for each symbol, lies in the domain; exact."""
        from klsym.domain.points import satisfies

        return satisfies(self, point)

    def points(self, seed: int = 0) -> Iterator[dict[Symbol, Rational]]:
        """Random exact points from the whole domain: all orderings and sizes, near its edges too.

        Ends when no further point is found in a bounded number of tries.
        """
        from klsym.domain.points import random_points

        return iter(random_points(self, seed))

    def small_points(self) -> Iterator[dict[Symbol, Rational]]:
        """Points by size, the simplest first: small integers, then simple fractions."""
        from klsym.domain.points import small_points

        return iter(small_points(self))


@lru_cache(maxsize=256)
def _signs_of(context: Context) -> Signs:
    """What was found out about the expressions of a context and of those that equal it."""
    from klsym.domain.signs import Signs

    return Signs(context)


@lru_cache(maxsize=1024)
def symbol_in(name: str, domain: Domain) -> Symbol:
    """The sympy symbol of that name with the assumptions the domain allows."""
    import sympy

    lower = None if domain.lower is None else domain.lower.numerator
    upper = None if domain.upper is None else domain.upper.numerator
    assumptions: dict[str, bool] = {"integer": True} if domain.integer else {}
    if lower is not None and (lower > 0 or (lower == 0 and not domain.lower_closed)):
        assumptions["positive"] = True
    elif upper is not None and (upper < 0 or (upper == 0 and not domain.upper_closed)):
        assumptions["negative"] = True
    elif lower == 0:
        assumptions["nonnegative"] = True
    elif upper == 0:
        assumptions["nonpositive"] = True
    elif not domain.integer:
        assumptions["real"] = True
    return sympy.Symbol(name, **assumptions)


def domain_of(symbol: Symbol) -> Domain | None:
    """The widest domain whose symbols have the assumptions of ``symbol``; None if it is not real.

    An engine's own bound variable need not be declared: its assumptions say where it lies.
    """
    # What a symbol was declared with is all that is known of it: no question is asked.
    facts = {fact for fact, holds in symbol.assumptions0.items() if holds}
    if "real" not in facts:
        return None
    domain = next((domain for fact, domain in _SIDES if fact in facts), REAL)
    return replace(domain, integer=True) if "integer" in facts else domain


_SIGNS = {lattice.POSITIVE: 1, lattice.ZERO: 0, lattice.NEGATIVE: -1}
_SIDES = (
    ("positive", POSITIVE),
    ("negative", NEGATIVE),
    ("nonnegative", NONNEGATIVE),
    ("nonpositive", Domain(upper=Fraction(0), upper_closed=True)),
)
