"""From a text to its readings: the default one, and those the ambiguous places allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from klsym.errors import KlsymError, Span
from klsym.syntax.advice import advice_for
from klsym.syntax.layout import join_rows, opened, too_deep
from klsym.syntax.names import Names
from klsym.syntax.parser import Parser
from klsym.syntax.reading import Choices, Ledger, Reading
from klsym.syntax.tokens import tokenize


def parse(
    text: str,
    names: Names | None = None,
    choices: Choices | None = None,
    *,
    latex: bool | None = None,
) -> Reading:
    """Read a text as a tree.

    ``names`` says which names are declared, ``choices`` which reading to take at an ambiguous
    place; without them the default reading is taken.  ``latex`` says which notation it is; without
    it the text itself does.  Raises :class:`KlsymError`, and no other
    exception, for what cannot be read.
    """
    names = names or Names()
    ledger = Ledger(choices or {}, dict(names.preferred))
    tokens, notation = tokenize(text, names, ledger, latex)
    tokens = join_rows(opened(tokens))
    if len(tokens) == 1:
        raise KlsymError(
            "empty-formula",
            "there is no formula here",
            text=text,
            span=Span(0, len(text)),
            help=advice_for("empty-formula"),
        )
    parser = Parser(tokens, text, names, ledger, notation)
    try:
        tree = parser.statements(len(tokens) - 1)
    except RecursionError:
        # The caller left too little of the stack for even the permitted depth.
        raise too_deep(parser.token.span, text) from None
    ambiguities = tuple(sorted(ledger.ambiguities.values(), key=lambda a: (a.span.start, a.kind)))
    return Reading(tree, ambiguities, tuple(ledger.notes), notation)


def readings(
    text: str, names: Names | None = None, limit: int = 8, *, latex: bool | None = None
) -> Iterator[Reading]:
    """Every way to read a text, the default first, at most ``limit`` of them.

    Readings in which all places of one kind are read the other way come first, since an author is
    consistent; then those that differ from the default in one place, then in two.
    Raises :class:`KlsymError` if the default reading fails; another that fails is left out.
    """
    default = parse(text, names, latex=latex)
    yield default
    given = 1
    tried: set[frozenset[tuple[tuple[str, int], str]]] = {frozenset()}
    for choices in _consistent(default):
        if given >= limit:
            return
        tried.add(frozenset(choices.items()))
        try:
            yield parse(text, names, choices, latex=latex)
        except KlsymError:
            continue
        given += 1
    queue: list[tuple[dict[tuple[str, int], str], Reading]] = [({}, default)]
    while queue and given < limit:
        chosen, reading = queue.pop(0)
        for ambiguity in reading.ambiguities:
            key = ambiguity.kind, ambiguity.span.start
            if key in chosen:
                continue
            for alternative in ambiguity.alternatives:
                choices = {**chosen, key: alternative}
                if frozenset(choices.items()) in tried or len(tried) > limit * limit:
                    continue
                tried.add(frozenset(choices.items()))
                try:
                    other = parse(text, names, choices, latex=latex)
                except KlsymError:
                    continue
                queue.append((choices, other))
                yield other
                given += 1
                if given >= limit:
                    return


def _consistent(default: Reading) -> Iterator[dict[tuple[str, int], str]]:
    """For each kind that is met at several places: the choice of another reading at all of them."""
    kinds = Counter(ambiguity.kind for ambiguity in default.ambiguities)
    for kind, places in kinds.items():
        if places > 1:
            yield {
                (a.kind, a.span.start): a.alternatives[0]
                for a in default.ambiguities
                if a.kind == kind and a.alternatives
            }
