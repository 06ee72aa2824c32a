"""What a document says its names mean: its lexicon, from its directives and its passages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from klsym.documents.bindings import (
    CONDITION,
    DENSITY,
    LAW,
    NOTHING,
    VALUE,
    Binding,
    declarations,
    definition,
    further_cases,
    is_claim_of_parameter,
    redeclares,
    supposition,
)
from klsym.documents.chains import is_case, is_condition
from klsym.documents.conditions import declared_of
from klsym.documents.draft import Draft, Where, called_names, probabilities
from klsym.documents.lexicon import Lexicon
from klsym.documents.source import Excerpt
from klsym.documents.statements import Statement
from klsym.documents.supports import mass_of, support_of
from klsym.errors import KlsymError, Span
from klsym.meaning.declarations import Declared, declared_names, read_assumption, read_let
from klsym.syntax.names import Names


def lexicon_of(found: Draft, shared: Sequence[Declared], names: Names, strict: bool) -> Lexicon:
    """The names of the document, from its directives and its passages."""
    own: list[tuple[Declared, Where]] = []
    words = declared_names([excerpt.text for excerpt, _ in found.lets])
    events = probabilities(found.passages)
    known = Names(words.scalars, words.functions | names.functions | events)
    for texts, read in ((found.lets, read_let), (found.assumptions, read_assumption)):
        for excerpt, where in texts:
            try:
                own.append((read(excerpt.text, known, "directive"), where))
            except KlsymError as error:
                found.errors.append(replaced(error, excerpt))
    laws, functions = called_names(found.passages, Names(None, known.functions))
    lexicon = Lexicon(shared, own, laws, functions | events, strict=strict)
    called = lexicon.names
    for passage in found.passages:
        for statement in passage.statements(called):
            if isinstance(statement, Statement):
                lexicon.bindings += declarations(statement, passage.where)
    classifier = Classifier(lexicon, found)
    pages = [
        (passage, [s for s in passage.statements(called) if isinstance(s, Statement)])
        for passage in found.passages
        if not passage.skipped
    ]
    for number, (passage, statements) in enumerate(pages):
        after = pages[number + 1] if number + 1 < len(pages) else None
        conditions = [s for s in statements if is_condition(s)]
        if passage.prose.places and not passage.display:
            section = Where(passage.where.section)
            lexicon.told += [(d, section) for s in conditions for d in declared_of(s.whole)]
        if after is not None and after[0].prose.places and not after[0].display:
            conditions += [s for s in after[1] if is_condition(s)]
        for statement in statements:
            bound = classifier.bound(statement, passage.where)
            if bound is not None:
                lexicon.bindings.append(_on_support(bound, _beside(statement, conditions)))
            if is_case(statement):
                lexicon.bindings += further_cases(statement, passage.where)
    return lexicon


def _beside(statement: Statement, conditions: Sequence[Statement]) -> list[Statement]:
    """The conditions printed in a statement's row, then those below it; none of another's above."""
    own = [c for c in conditions if c.row is statement.row]
    place = statement.terms[0].place
    below = [
        c
        for c in conditions
        if c.row is not statement.row
        and (c.whole.place.line, c.whole.place.column) > (place.line, place.column)
    ]
    return own + below


_WRITTEN_DENSITY = re.compile(r"[fpqg](?:_\w+)?$")


def _on_support(bound: Binding, conditions: Sequence[Statement]) -> Binding:
    """A density's definition with the support that is printed beside it.

    What is written as a density is one where it has mass 1.
    """
    if bound.kind not in (DENSITY, NOTHING) or bound.variate is None:
        return bound
    found = (support_of(condition.whole.tree, bound.variate) for condition in conditions)
    bound = replace(bound, support=next((s for s in found if s is not None), None))
    if bound.kind == NOTHING and _WRITTEN_DENSITY.match(bound.name) and mass_of(bound) == "1":
        return replace(bound, kind=DENSITY)
    return bound


class Classifier:
    """Tells definitions from claims."""

    def __init__(self, lexicon: Lexicon, found: Draft) -> None:
        self.lexicon = lexicon
        self.found = found

    def bound(self, statement: Statement, where: Where) -> Binding | None:
        """What a statement's first link gives a meaning, None if it is a claim."""
        lexicon = self.lexicon
        before = {
            b.name
            for b in lexicon.bindings
            if b.kind != CONDITION
            and not (b.kind in (LAW, DENSITY) and redeclares(statement))
            and not (b.kind == VALUE and _redefines(statement))
            and where.section == b.where.section
            and (b.where.order, b.place.column) < (where.order, _column(statement))
        }
        known = {*lexicon.shared, *(d.name for d, w in lexicon.own if where.within(w)), *before}
        bound = definition(statement, where, lexicon.laws, lexicon.families, known)
        if bound is None:
            return supposition(statement, where) if statement.supposed else None
        if bound.kind == VALUE and bound.name in lexicon.parameters():
            return None if is_claim_of_parameter(bound) else replace(bound, kind=CONDITION)
        return bound

    def classify(self, statement: Statement, where: Where) -> tuple[str, Binding | None]:
        """The class of a statement's first link, and its binding."""
        sign = statement.relations[0].sign
        if sign == "~":
            return "declaration", next(declarations(statement, where), None)
        bound = self.bound(statement, where)
        if bound is None and sign == ":=":
            return "definition", None
        return ("claim", None) if bound is None else ("definition", bound)


def _redefines(statement: Statement) -> bool:
    """Whether a letter gets a new meaning from here on: by ``:=``, or by the words before it."""
    return statement.defines or any(r.sign == ":=" for r in statement.relations[:1])


def _column(statement: Statement) -> int:
    return statement.terms[0].place.column


def replaced(error: KlsymError, excerpt: Excerpt) -> KlsymError:
    """An error in a directive's text, in its place in the file."""
    span = error.span or Span(0, len(excerpt.text))
    start, end = excerpt.range(span)
    return excerpt.source.error(error.name, error.message, start, end, error.help)
