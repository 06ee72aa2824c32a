"""Faults: which row is wrong, when several links are refuted because of one error.

A row that disagrees with the rows above and below it while these agree is the wrong row.  A
display that starts again from the same left side and ends in the same wrong value repeats an error
above.  Either is one fault, at the place where the error enters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from klsym.documents.chains import Link
from klsym.documents.finding import Finding
from klsym.verdict import Verdict

Judge = Callable[[Link], Finding]
"""Decides a link that is not printed: between rows that are no neighbours."""
MOST_REPEATS = 6
"""With how many faults above a refuted link is compared."""


@dataclass
class Fault:
    """One error: the links it refutes, the first where it enters, and what it is."""

    links: list[Link]
    message: str = ""
    repeats: list[Link] = field(default_factory=list)

    @property
    def first(self) -> Link:
        """The link at which the error enters."""
        return self.links[0]


def faults(decided: Sequence[tuple[Link, Finding]], judge: Judge) -> list[Fault]:
    """The errors behind the refuted links of a document, in its order."""
    found: list[Fault] = []
    done: set[int] = set()
    for number, (link, finding) in enumerate(decided):
        if id(link) in done or finding.verdict is not Verdict.REFUTED:
            continue
        fault = Fault([link])
        above = _repeated(link, found, judge)
        if above is not None:
            above.links.append(link)
            above.repeats.append(link)
            continue
        following = _next(decided, number)
        if following is not None and _agree(_across(link, following), judge):
            row = link.right.place.line
            fault.links.append(following)
            fault.message = (
                f"line {row} disagrees with the rows above and below it, and these agree: "
                "it is the wrong one"
            )
            done.add(id(following))
        found.append(fault)
    return found


def _next(decided: Sequence[tuple[Link, Finding]], number: int) -> Link | None:
    """The refuted link that goes on from the right side of another one."""
    link = decided[number][0]
    for other, finding in decided[number + 1 : number + 2]:
        refuted = other.left is link.right and finding.verdict is Verdict.REFUTED
        if refuted and link.sign == other.sign == "=":
            return other
    return None


def _across(one: Link, other: Link) -> Link:
    return replace(other, left=one.left, before=one.before)


def _repeated(link: Link, above: Sequence[Fault], judge: Judge) -> Fault | None:
    """The fault above from whose wrong value this link starts again."""
    for fault in list(_alike(link, above))[:MOST_REPEATS]:
        if _agree(replace(link, left=fault.first.right, before=(fault.first.right,)), judge):
            return fault
    return None


def _alike(link: Link, above: Sequence[Fault]) -> Iterator[Fault]:
    for fault in reversed(above):
        first = fault.first
        if first.passage.where.section != link.passage.where.section:
            continue
        if first.sign == link.sign == "=" and first.left.tree == link.left.tree:
            yield fault


def _agree(link: Link, judge: Judge) -> bool:
    return judge(link).verdict is Verdict.PROVED
