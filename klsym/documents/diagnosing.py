"""The slips that explain a refuted link of a document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from klsym.derivation import Derivation
from klsym.diagnoses.search import diagnose
from klsym.diagnoses.slip import Claim
from klsym.documents.chains import Link
from klsym.documents.comparison import close
from klsym.documents.draft import Where
from klsym.documents.lexicon import Lexicon
from klsym.documents.scope import Meant, read
from klsym.documents.statements import Term
from klsym.domain import Context
from klsym.errors import KlsymError
from klsym.gibbs import has_means
from klsym.integrals.engine import derive_closed_form
from klsym.meaning.equations import Side
from klsym.syntax import parse
from klsym.verdict import Diagnosis


def diagnosed(
    link: Link, meant: Meant, lexicon: Lexicon, conditions: tuple[Any, ...]
) -> tuple[Diagnosis, ...]:
    """The slips that explain a refuted link; what was derived is the statement."""
    scope = meant.equation.scope
    statement, formula = link.left, link.right
    values = [side.readings[0].expr for side in meant.equation.sides]
    if has_means(values[1]) and not has_means(values[0]):
        statement, formula = formula, statement
        values.reverse()
    closed, stated = [close(value, scope.context) for value in values], values[0]
    if any(side.value is None for side in closed):
        return ()
    # What makes two different numbers equal says nothing of how they came to differ.
    numbers = not any(side.value.free_symbols for side in closed)
    names = lexicon.names
    try:
        trees = [parse(term.printed, names, latex=True).tree for term in (statement, formula)]
        chain = tuple((t.printed, parse(t.printed, names, latex=True).tree) for t in link.before)
    except KlsymError:
        return ()
    claim = Claim(
        statement.printed,
        trees[0],
        formula.printed,
        trees[1],
        closed[1].value,
        closed[0].value if closed[0].found and not numbers else None,
        scope,
        scope.context.assume(*conditions),
        chain=chain if statement is link.left else (),
        stated=stated,
        in_document=True,
        laws=_laws(lexicon, link.passage.where),
    )
    restate = _Restate(lexicon, link.passage.where, link.right)
    return diagnose(claim, restate)


def _laws(lexicon: Lexicon, where: Where) -> tuple[str, ...]:
    """The distributions of the document that have a meaning here."""
    names = lexicon.names.functions - lexicon.families
    return tuple(sorted(name for name in names if lexicon.meaning(name, where) is not None))


@dataclass(frozen=True)
class _Restate:
    """Derives an amended statement in the scope of the link, where other names may be used."""

    lexicon: Lexicon
    where: Where
    right: Term

    def __call__(self, text: str) -> Derivation:
        tree = parse(text, self.lexicon.names, latex=True).tree
        meant = read(self.lexicon, (Side(text, ((tree, ""),)), self.right.side), self.where)
        value = meant.equation.sides[0].value
        return _derivation_of(value, meant.equation.scope.context)


@lru_cache(maxsize=256)
def _derivation_of(value: Any, context: Context) -> Derivation:
    """A derivation, found once for all links of which it may explain the error."""
    return derive_closed_form(value, context)
