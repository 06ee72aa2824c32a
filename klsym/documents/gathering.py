"""Gathering: the findings on the links of a paper, put together into its documents.

What only the document as a whole can tell is told here: how its spellings are to be read, which of
several refuted rows is the wrong one, and which verdicts its directives expect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from klsym.documents.chains import Aside, Link, Lost
from klsym.documents.claims import Claim, Document, Error, Other
from klsym.documents.directives import misplaced
from klsym.documents.draft import Draft
from klsym.documents.faults import Fault, faults
from klsym.documents.finding import Finding
from klsym.documents.optima import optimised
from klsym.documents.paper import Paper
from klsym.documents.relations import ORDERS
from klsym.documents.source import Excerpt
from klsym.documents.statements import one_line, span_of
from klsym.errors import KlsymError, Span
from klsym.syntax.walk import walk
from klsym.verdict import Verdict

LONGEST_LINE = 10_000
"""A longer line, such as the whole of a notebook, is not shown with each of its claims."""


def documents_of(paper: Paper) -> list[Document]:
    """A document with its claims, and the files it includes, each as a document of its own."""
    suggestions = dict.fromkeys(paper.lexicon.suggestions)

    def kept(finding: Finding) -> Finding:
        suggestions.update(dict.fromkeys(finding.suggestions))
        return finding.told(paper.lexicon.with_lines)

    expected = _Expectations(paper.draft, [i for i in paper.items if isinstance(i, (Link, Lost))])
    links = [item for item in paper.items if isinstance(item, Link)]
    first = [kept(paper.finding(link)) for link in links]
    settled = _settled(first)
    final = [
        found if _fits(found, settled) else kept(paper.finding(link, settled))
        for link, found in zip(links, first, strict=True)
    ]
    decided = list(zip(links, final, strict=True))
    known = faults(decided, lambda link: kept(paper.between(link, settled)))
    findings = {id(link): _without_echo(link, finding, known) for link, finding in decided}
    pages = {name: _Page() for name in paper.files}
    positions: dict[int, tuple[str, int]] = {}
    for item in paper.items:
        page = pages[item.path]
        match item:
            case Link() if _is_open(item, findings[id(item)]):
                page.other.append(_listed(item))
            case Link():
                positions[id(item)] = item.path, len(page.claims)
                page.claims.append(_claim(item, findings[id(item)], expected.of(item)))
            case Lost():
                page.claims.append(_lost(item, expected.of(item)))
            case Aside():
                remarks = paper.remarks(item)
                suggestions.update(dict.fromkeys(remarks["suggestions"]))
                notes = tuple(map(paper.lexicon.with_lines, remarks["notes"]))
                page.other.append(Other(item.place.line, item.kind, item.text, notes))
    for missing in paper.draft.missing:
        text, line = one_line(missing.excerpt.text), missing.excerpt.place(Span(0, 1)).line
        page = pages[missing.excerpt.source.path]
        page.other.append(Other(line, "missing", text, (missing.reason,)))
    for error in sorted(paper.draft.errors, key=lambda error: (error.line, error.column)):
        pages[error.place].errors.append(error)
    for name, page in pages.items():
        page.findings += _faults_in(name, known, positions)
    own = pages[paper.path]
    return [
        page.document(name, tuple(suggestions) if page is own else ())
        for name, page in pages.items()
        if page is own or page.claims or page.other or page.errors
    ]


@dataclass
class _Page:
    """What is found in one file."""

    claims: list[Claim] = field(default_factory=list)
    other: list[Other] = field(default_factory=list)
    errors: list[KlsymError] = field(default_factory=list)
    findings: list[Error] = field(default_factory=list)

    def document(self, path: str, suggestions: tuple[str, ...]) -> Document:
        """It as a document."""
        parts = tuple(self.claims), tuple(self.other), tuple(self.errors)
        return Document(path, *parts, suggestions, tuple(self.findings))


def _settled(findings: Sequence[Finding]) -> dict[str, int]:
    """The readings of spellings in which most links hold that hold in one reading only."""
    votes: dict[str, Counter[int]] = {}
    for finding in findings:
        spelt = finding.spelt if finding.verdict is Verdict.PROVED else {}
        for key, reading in spelt.items():
            votes.setdefault(key, Counter())[reading] += 1
    found = {}
    for key, counted in votes.items():
        (best, most), *rest = counted.most_common(2)
        if not rest or most > rest[0][1]:
            found[key] = best
    return found


def _fits(finding: Finding, settled: Mapping[str, int]) -> bool:
    """Whether a finding stands once the document as a whole has shown how spellings are read."""
    return all(settled.get(key, chosen) == chosen for key, chosen in finding.spelt.items())


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


class _Expectations:
    """Which verdict each claim is to have, by the directives before its display."""

    def __init__(self, found: Draft, items: Sequence[Link | Lost]) -> None:
        """Find the claim each directive means; one that means none or several is an error."""
        self._found = found
        self._verdicts: dict[int, Verdict] = {}
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
        _, message, advice = finding.error
        finding = replace(finding, message=f"{message}; {advice}" if advice else message)
    return _at(excerpt, span, link.left.printed, link.right.printed, finding, expected, link.sign)


def _lost(item: Lost, expected: Verdict) -> Claim:
    """The claim of a row that could not be read; it stands at what was not understood."""
    error, row = item.error, item.row
    # Of the row, only the part that was being read is left.
    whole = next((r for r in item.passage.rows if r.first == row.first), row).excerpt
    left, _, right = whole.text.partition("=")
    found = (error.name, error.message, error.help)
    finding = Finding(Verdict.UNREAD, _told(error), error=found)
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
    line = source.line(place.line)
    line = line if len(line) <= LONGEST_LINE else ""
    return Claim(place, left, right, finding, expected, line, sign)


def _told(error: KlsymError) -> str:
    return f"{error.message}; {error.help}" if error.help else error.message
