"""What a condition beside a formula says of its names: where they lie, how they are related."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klsym.documents.statements import Term
from klsym.domain import DOMAINS
from klsym.meaning.declarations import SETS, Assumed, Declared, SymbolsDeclared
from klsym.syntax.tree import (
    Chain,
    Items,
    Name,
)


def declared_by(conditions: Sequence[Term]) -> list[Declared]:
    """What side conditions declare of names."""
    return [d for term in conditions for d in declared_of(term)]


def declared_of(term: Term) -> Iterator[Declared]:
    """What a side condition declares; nothing where klsym has no use for it."""
    chain, text = term.tree, term.excerpt.text
    if not isinstance(chain, Chain):
        return
    match chain:
        case Chain(terms=(Name() as name, Items(items=(_, _), dots=False) as interval)):
            if "{" not in interval.opening:
                yield SymbolsDeclared(text, "document", (name,), None, interval)
        case Chain(terms=(Name() as name, Name(name=known)), relations=(relation,)) if (
            relation.sign == "in"
        ):
            if known in SETS:
                yield SymbolsDeclared(text, "document", (name,), DOMAINS[SETS[known]])
        case _ if all(relation.sign != "in" for relation in chain.relations):
            yield Assumed(text, "document", chain)
