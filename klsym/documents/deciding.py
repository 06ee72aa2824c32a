"""Deciding one link: its sides read in the scope of its place, compared in all their readings.

A link is refuted only if every reading of it is, and if no case that the text above speaks of
makes it true; a refuted one is diagnosed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from klsym.deadline import OutOfTime, limited
from klsym.documents.chains import Link
from klsym.documents.choices import Choices
from klsym.documents.diagnosing import diagnosed
from klsym.documents.draft import Where
from klsym.documents.lexicon import Lexicon
from klsym.documents.outcome import Outcome
from klsym.documents.rewriting import rewritten
from klsym.documents.scope import read
from klsym.documents.statements import Term
from klsym.documents.weighing import chain_of, in_reading
from klsym.errors import KlsymError
from klsym.meaning.comparisons import ENTROPIES, divergence_of
from klsym.syntax.tree import (
    Call,
    Name,
    Node,
    Number,
)
from klsym.verdict import Verdict


def judge(
    link: Link,
    lexicon: Lexicon,
    time_limit: float | None = None,
    settled: Mapping[str, int] | None = None,
    *,
    explain: bool = True,
) -> Outcome:
    """The verdict on a link, if it is refuted with the slips that explain it.

    ``settled`` are readings of spellings to take and no others.
    """
    where = link.passage.where
    finding: Outcome | None = None
    try:
        with limited(time_limit):
            finding = _judged(link, lexicon, where, settled or {})
            if explain and finding.verdict is Verdict.REFUTED and link.sign == "=":
                finding = _explained(finding, link, lexicon, settled or {})
    except KlsymError as error:
        if error.name == "unsupported":
            finding = Outcome(Verdict.UNDECIDED, error.message)
        else:
            return Outcome(Verdict.UNREAD, error.message, error=error)
    except OutOfTime as limit:
        # A refutation stands without the slip that would explain it.
        finding = finding or Outcome(Verdict.UNDECIDED, str(limit))
    except (MemoryError, OverflowError):
        finding = Outcome(Verdict.UNDECIDED, "the memory limit was reached")
    except RecursionError:
        finding = Outcome(Verdict.UNDECIDED, "the expression is nested too deeply")
    return replace(finding, notes=tuple(dict.fromkeys((*link.notes, *finding.notes))))


READINGS_OF_PRINT = 8
"""In how many readings of what print leaves open a link is decided."""


def _judged(link: Link, lexicon: Lexicon, where: Where, settled: Mapping[str, int]) -> Outcome:
    """The finding in the likeliest reading of what print leaves open that is not refuted.

    ``settled`` are the readings of spellings that the document as a whole asks for.
    """
    default = Choices(settled)
    first = _attempt(link, lexicon, where, default)
    others = [Choices({**settled, **taken}) for taken in default.others()][:READINGS_OF_PRINT]
    if isinstance(first, Outcome) and first.verdict is Verdict.PROVED:
        new = [c for c in others if any(c.taken.get(key) for key in default.spelt)]
        if new and not any(_holds(_attempt(link, lexicon, where, choices)) for choices in new):
            return replace(first, spelt=_spelt(default))
        return first
    if _is_refuted(first):
        natural = _in_base_e(link, lexicon, where, settled)
        if natural is not None:
            return natural
    best = first
    for choices in others:
        found = _attempt(link, lexicon, where, choices)
        if isinstance(found, KlsymError):
            continue
        if found.verdict is Verdict.PROVED:
            found = replace(found, notes=(*found.notes, *choices.told.values()))
            if _holds(first):
                return found
            return replace(found, spelt=_spelt(choices))
        if isinstance(best, KlsymError) or not _is_refuted(found):
            best = found if isinstance(best, KlsymError) or _is_refuted(best) else best
    if isinstance(best, KlsymError):
        raise best
    if best.verdict is Verdict.REFUTED and link.doubt:
        reason = f"{best.message}, and the text may restrict it: '{link.doubt}'"
        return replace(best, verdict=Verdict.UNDECIDED, message=reason)
    return replace(best, spelt=_spelt(default)) if best.verdict is Verdict.REFUTED else best


def _explained(found: Outcome, link: Link, lexicon: Lexicon, settled: Mapping[str, int]) -> Outcome:
    """The refutation of a link with the slips that explain it."""
    sides, where = (link.left.side, link.right.side), link.passage.where
    meant = read(lexicon, sides, where, chain=chain_of(link), choices=Choices(settled))
    return replace(found, diagnoses=diagnosed(link, meant, lexicon, found.conditions))


def _is_refuted(found: Outcome | KlsymError) -> bool:
    return isinstance(found, Outcome) and found.verdict is Verdict.REFUTED


def _in_base_e(
    link: Link, lexicon: Lexicon, where: Where, settled: Mapping[str, int]
) -> Outcome | None:
    r"""The proof of a link about information in the unit that its logarithms are printed in.

    ``H(X) = -\sum_x p(x) \log_2 p(x)`` is in bits, and ``\log_b`` in whatever unit b gives.
    """
    bases: set[Node | None] = set()
    measured = False

    def natural(node: Node) -> Node:
        nonlocal measured
        if isinstance(node, Call) and node.function == "log":
            bases.add(node.subscript)
            return replace(node, subscript=None)
        measured = measured or (
            isinstance(node, Call)
            and bool(node.arguments)
            and (node.function in ENTROPIES or bool(divergence_of(node.function, 2)))
        )
        return node

    def changed(term: Term) -> Term:
        return replace(term, readings=tuple((rewritten(t, natural), n) for t, n in term.readings))

    link = replace(link, left=changed(link.left), right=changed(link.right))
    if not measured or len(bases) != 1:
        return None
    (base,) = bases
    if not isinstance(base, (Name, Number)):
        return None
    found = _attempt(link, lexicon, where, Choices(settled))
    if not isinstance(found, Outcome) or found.verdict is not Verdict.PROVED:
        return None
    told = f"with {base.name} = e" if isinstance(base, Name) else f"to the base {base.text}"
    return replace(found, notes=(*found.notes, f"in the unit of its logarithms, {told}"))


def _spelt(choices: Choices) -> dict[str, int]:
    """The reading that was taken of each spelling that has several."""
    several = [key for key in sorted(choices.spelt) if choices.made.get(key, 0) > 1]
    return {key: choices.taken.get(key, 0) for key in several}


def _holds(found: Outcome | KlsymError) -> bool:
    return isinstance(found, Outcome) and found.verdict is not Verdict.REFUTED


def _attempt(link: Link, lexicon: Lexicon, where: Where, choices: Choices) -> Outcome | KlsymError:
    """The finding in one reading of what print leaves open, or why there is none."""
    try:
        return in_reading(link, lexicon, where, choices)
    except KlsymError as error:
        return error
