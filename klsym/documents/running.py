"""From paths to verdicts: each document drafted, its names bound, its links decided."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from klsym.documents.bindings import (
    DENSITY,
    LAW,
    NOTHING,
)
from klsym.documents.chains import Aside, Link, Lost, chains
from klsym.documents.deciding import judge
from klsym.documents.definitions import remarks
from klsym.documents.directives import misplaced
from klsym.documents.draft import Draft, draft
from klsym.documents.faults import Fault, faults
from klsym.documents.files import find, load, whole
from klsym.documents.finding import Finding
from klsym.documents.learning import Classifier, lexicon_of
from klsym.documents.lexicon import Lexicon
from klsym.documents.optima import optimised
from klsym.documents.relations import ORDERS
from klsym.documents.report import Claim, Document, Error, Other, Run
from klsym.documents.source import Excerpt, Source
from klsym.documents.statements import one_line, span_of
from klsym.errors import KlsymError, Span
from klsym.meaning.declarations import Declared, declared_names, read_assumption, read_let
from klsym.syntax.names import Names
from klsym.syntax.walk import walk
from klsym.verdict import Verdict


def run(
    paths: Sequence[str | os.PathLike[str]],
    *,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    coverage: bool = False,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
    given_up: Mapping[str, str] | None = None,
) -> Run:
    """Check every equation of documents.

    ``paths`` are files and folders.  ``let`` and ``assume`` hold in all of them, ``time_limit``
    for each claim.  With ``coverage`` the answer says how much was read and decided.  A path or a
    directive that cannot be read is among the errors of its document.  ``progress`` is told of
    each claim before it is decided, by its path, line and column; those in ``given_up`` are
    undecided for the reason given there.  Raises KlsymError for a ``let`` or an ``assume`` that
    cannot be understood.
    """
    started = time.perf_counter()
    names = declared_names(let)
    shared = [read_let(text, names) for text in let]
    shared += [read_assumption(text, names) for text in assume]
    decide = _Decider(time_limit, progress, given_up or {})
    documents: list[Document] = []
    for path, error in whole(find([paths] if isinstance(paths, (str, os.PathLike)) else paths)):
        if error is not None:
            documents.append(Document(path, errors=(error,)))
        else:
            documents += _documents(path, shared, names, strict, decide)
    return Run(tuple(documents), time.perf_counter() - started, coverage)


@dataclass(frozen=True)
class _Decider:
    """Decides links one by one, and says which."""

    time_limit: float | None
    progress: Callable[[str], None] | None
    given_up: Mapping[str, str]

    def decide(self, link: Link, lexicon: Lexicon) -> Finding:
        """The finding on a link."""
        place = link.right.place
        key = f"{link.right.excerpt.source.path}:{place.line}:{place.column}"
        if key in self.given_up:
            return Finding(Verdict.UNDECIDED, self.given_up[key])
        if self.progress is not None:
            self.progress(key)
        return judge(link, lexicon, self.time_limit)

    def again(self, link: Link, finding: Finding, lexicon: Lexicon) -> Finding:
        """The finding once the document as a whole has shown how its spellings are to be read."""
        settled = lexicon.settled()
        fits = all(settled.get(key, chosen) == chosen for key, chosen in finding.spelt.items())
        shown = finding.verdict is not Verdict.REFUTED or not any(settled.values())
        if fits and shown:
            return finding
        return judge(link, lexicon, self.time_limit, settled)

    def between(self, link: Link, lexicon: Lexicon) -> Finding:
        """The finding on a link that is not printed, which must not take long."""
        limit = min(self.time_limit or SECONDS_BETWEEN_ROWS, SECONDS_BETWEEN_ROWS)
        return judge(link, lexicon, limit, lexicon.settled())


SECONDS_BETWEEN_ROWS = 4.0


def _without_echo(link: Link, finding: Finding, found: Sequence[Fault]) -> Finding:
    """The finding on a link, without a diagnosis where the error is another row's."""
    for fault in found:
        if any(link is other for other in fault.links[1:]):
            line = fault.first.right.place.line
            again = any(link is other for other in fault.repeats)
            told = f"the error of line {line} again" if again else f"the error is in line {line}"
            return replace(finding, message=told, diagnoses=())
    return finding


def _faults_in(
    path: str, found: Sequence[Fault], positions: Mapping[int, tuple[str, int]]
) -> Iterator[Error]:
    """The errors that enter in a file, with the positions of the claims they refute."""
    for fault in found:
        placed = [positions[id(link)] for link in fault.links if id(link) in positions]
        here = tuple(number for name, number in placed if name == path)
        if placed and placed[0][0] == path:
            yield Error(fault.first.right.place, here, fault.message)


def _documents(
    path: str, shared: Sequence[Declared], names: Names, strict: bool, decider: _Decider
) -> list[Document]:
    """A document, and the files it includes, each as a document of its own."""
    files: list[str] = [path]

    def included(name: str) -> Source:
        files.append(name)
        return load(name)

    try:
        found = draft(load(path), included)
    except KlsymError as error:
        return [Document(path, errors=(error,))]
    lexicon = lexicon_of(found, shared, names, strict)
    expected = _Expectations(found)
    claims: dict[str, list[Claim]] = {name: [] for name in files}
    other: dict[str, list[Other]] = {name: [] for name in files}
    errors: dict[str, list[KlsymError]] = {name: [] for name in files}
    items = list(chains(found.passages, lexicon.names, Classifier(lexicon, found).classify))
    expected.match([item for item in items if isinstance(item, (Link, Lost))])
    findings = [decider.decide(i, lexicon) if isinstance(i, Link) else None for i in items]
    for number, item in enumerate(items):
        first = findings[number]
        if isinstance(item, Link) and first is not None:
            findings[number] = decider.again(item, first, lexicon)
    decided = [(i, f) for i, f in zip(items, findings, strict=True) if isinstance(i, Link) and f]
    errors_found = faults(decided, lambda link: decider.between(link, lexicon))
    positions: dict[int, tuple[str, int]] = {}
    for item, finding in zip(items, findings, strict=True):
        match item:
            case Link():
                assert finding is not None
                finding = _without_echo(item, finding, errors_found)
                if not _is_open(item, finding):
                    positions[id(item)] = item.path, len(claims[item.path])
                if _is_open(item, finding):
                    other[item.path].append(_listed(item))
                else:
                    claims[item.path].append(_claim(item, finding, expected.of(item)))
            case Lost():
                claims[item.path].append(_lost(item, expected.of(item)))
            case Aside():
                other[item.path].append(_other(item, lexicon))
    for missing in found.missing:
        text = missing.excerpt
        aside = Other(
            text.place(Span(0, 1)).line, "missing", one_line(text.text), (missing.reason,)
        )
        other[text.source.path].append(aside)
    for fault in sorted(found.errors, key=lambda fault: (fault.line, fault.column)):
        errors[fault.place].append(fault)
    documents = []
    for name in dict.fromkeys(files):
        parts = tuple(claims[name]), tuple(other[name]), tuple(errors[name])
        suggestions = tuple(lexicon.suggestions) if name == path else ()
        if name == path or any(parts):
            known = tuple(_faults_in(name, errors_found, positions))
            documents.append(Document(name, *parts, suggestions, known))
    return documents


class _Expectations:
    """Which verdict each claim is to have, by the directives before its display."""

    def __init__(self, found: Draft) -> None:
        self._found = found
        self._verdicts: dict[int, Verdict] = {}

    def match(self, items: Sequence[Link | Lost]) -> None:
        """Find the claim each directive means; one that means none or several is an error."""
        for passage in self._found.passages:
            own = [item for item in items if item.passage is passage]
            for directive in passage.expected:
                row = directive.row
                meant = [i for i in own if row is None or i.row.first <= row <= i.row.last]
                if len(meant) == 1:
                    self._verdicts[id(meant[0])] = directive.verdict
                    continue
                which = "this display" if row is None else f"row {row}"
                many = f"{which} has {len(meant) or 'no'} links"
                advice = "say which: expect refuted row 2" if row is None and meant else ""
                excerpt = directive.excerpt
                span = Span(0, len(excerpt.text))
                self._found.errors.append(misplaced(excerpt, span, many, advice))

    def of(self, item: Link | Lost) -> Verdict:
        """The verdict a claim is to have."""
        return self._verdicts.get(id(item), Verdict.PROVED)


def _is_open(link: Link, finding: Finding) -> bool:
    """Whether a link is no claim: a relation of what has no value, an optimum left open."""
    optimum = optimised(link) is not None or any(
        getattr(node, "function", "") in ("argmin", "argmax")
        for term in (link.left, link.right)
        for node in walk(term.tree)
    )
    if link.sign == "=" and not optimum:
        return False
    return finding.verdict is Verdict.UNREAD or (
        finding.verdict is Verdict.UNDECIDED and link.sign not in ORDERS
    )


def _listed(link: Link) -> Other:
    kind = "optimum" if link.sign == "=" else link.kind
    return Other(link.right.place.line, kind, one_line(link.row.excerpt.text))


def _claim(link: Link, finding: Finding, expected: Verdict) -> Claim:
    excerpt, span = link.right.excerpt, link.right.span
    if finding.error is not None:
        finding = replace(finding, message=_told(finding.error))
    return _at(excerpt, span, link.left.printed, link.right.printed, finding, expected, link.sign)


def _lost(item: Lost, expected: Verdict) -> Claim:
    """The claim of a row that could not be read; it stands at what was not understood."""
    error, row = item.error, item.row
    # Of the row, only the part that was being read is left.
    whole = next((r for r in item.passage.rows if r.first == row.first), row).excerpt
    left, _, right = whole.text.partition("=")
    finding = Finding(Verdict.UNREAD, _told(error), error=error)
    span = error.span or span_of(row.excerpt)
    return _at(row.excerpt, span, one_line(left), one_line(right), finding, expected)


def _at(
    excerpt: Excerpt,
    span: Span,
    left: str,
    right: str,
    finding: Finding,
    expected: Verdict,
    sign: str = "=",
) -> Claim:
    """A claim at its place; the message says in which cell of a notebook."""
    source, place = excerpt.source, excerpt.place(span)
    region = source.region(excerpt.range(span)[0])
    if region:
        message = f"in {region}: {finding.message}" if finding.message else f"in {region}"
        finding = replace(finding, message=message)
    return Claim(place, left, right, finding, expected, source.line(place.line), sign)


def _told(error: KlsymError) -> str:
    return f"{error.message}; {error.help}" if error.help else error.message


def _other(item: Aside, lexicon: Lexicon) -> Other:
    notes: tuple[str, ...] = ()
    if item.binding is not None and item.binding.kind in (LAW, DENSITY, NOTHING):
        notes = tuple(remarks(item.binding, lexicon))
    return Other(item.place.line, item.kind, item.text, notes)
