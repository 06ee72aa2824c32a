r"""The formula that is being read: what closes it, what it holds so far, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from klsym.documents.blocks import Broken, Formula
from klsym.documents.source import Excerpt
from klsym.documents.tex.stream import Call, Slice, Written
from klsym.errors import KlsymError, Span

DISPLAYS = {
    **dict.fromkeys(("equation", "align", "gather", "multline", "flalign", "eqnarray"), 0),
    **dict.fromkeys(("displaymath", "dmath", "dgroup"), 0),
    **dict.fromkeys(("alignat", "xalignat", "xxalignat", "IEEEeqnarray", "empheq"), 1),
}
"""The environments that are displays, by how many arguments they take."""
INLINE = frozenset({"math"})
TEXTS = frozenset({"\\text", "\\mbox", "\\textrm", "\\hbox", "\\textit", "\\textnormal"})
"""The commands whose argument is words, in which dollars hold mathematics again."""

_OPENINGS = {"\\]": "\\[", "\\)": "\\("}


@dataclass
class OpenFormula:
    """A formula that ``closing`` ends; its opening stands from ``start`` to ``end``.

    ``groups`` are the braces that are open, of words or of mathematics, ``environments`` those
    begun within, ``interjections`` the prose between its rows.  After ``numbered`` comes its
    number.
    """

    written: Written
    closing: str
    display: bool
    start: int
    end: int
    groups: list[bool] = field(default_factory=list)
    environments: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    interjections: list[Slice] = field(default_factory=list)
    failure: KlsymError | None = None
    in_words: int = 0
    numbered: bool = False

    @classmethod
    def at(cls, call: Call, closing: str, *, display: bool) -> OpenFormula:
        """The formula that opens at a place."""
        return cls(Written(call.source), closing, display, call.start, call.end)

    @property
    def blank(self) -> bool:
        """Whether nothing but space was read."""
        return not any(piece.strip() for piece in self.written.pieces)

    def open_group(self, *, words: bool) -> None:
        """Go into a group, of words or not."""
        self.groups.append(words)
        self.in_words += words

    def close_group(self) -> None:
        """Leave a group."""
        if self.groups:
            self.in_words -= self.groups.pop()

    def turn(self) -> str:
        """Go from the words of a group to mathematics in them, or back; what does it in TeX."""
        self.groups[-1] = not self.groups[-1]
        return "\\text{" if self.groups[-1] else "}"

    def fail(self, name: str, message: str, advice: str, call: Call) -> None:
        """Give the formula up at the use of a macro; the first reason is told."""
        if self.failure is None:
            span = Span(call.start, call.end)
            self.failure = KlsymError(name, message, span=span, help=advice)

    def closed(self, end: int) -> Formula | None:
        """The formula, whose closing begins at ``end`` in the file; None if it is empty."""
        excerpt, failure = self.written.excerpt(), self.failure
        if failure is not None and failure.span is not None:
            # What could not be made out is shown as the author wrote it.
            span = failure.span
            begin = min(self.end, span.start)
            excerpt = Excerpt.of(excerpt.source, begin, max(span.end, end))
            failure.span = Span(span.start - begin, span.end - begin)
        if not excerpt.text.strip():
            return None
        return Formula(excerpt, self.display, tuple(self.labels), failure)

    def unclosed(self) -> Broken:
        """What is to be said if it is never closed."""
        opening = _OPENINGS.get(self.closing, self.closing)
        named = opening[0] not in "\\$"
        shown = f"\\begin{{{opening}}}" if named else opening
        advice = f"\\end{{{opening}}}" if named else self.closing
        kind = "display" if self.display else "formula"
        message = f"this {shown} is never closed"
        place = self.start, self.end
        source = self.written.source
        return Broken(source.error(f"unclosed-{kind}", message, *place, f"close it: {advice}"))
