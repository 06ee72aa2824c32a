"""A text being cut into tokens: where the scan stands, and what it has found so far."""

from __future__ import annotations

from typing import NamedTuple

from klsym.errors import KlsymError, Span
from klsym.syntax.advice import advice_for
from klsym.syntax.names import Names
from klsym.syntax.reading import Ledger

LONGEST_NUMERAL = 1000


class Token(NamedTuple):
    """A piece of text: its kind, its value in canonical form, its place, its font and its side.

    Kinds are ``number name function op open close bar relation big command accent text dots align
    row gap end``.  ``side`` is ``left``, ``right`` or ``middle`` for a sized delimiter.
    """

    kind: str
    value: str
    start: int
    end: int
    style: str = ""
    side: str = ""

    @property
    def span(self) -> Span:
        """The place of the token in the text."""
        return Span(self.start, self.end)


class Scanner:
    """One pass over a text from left to right; ``position`` never moves back."""

    def __init__(self, text: str, names: Names, ledger: Ledger, latex: bool) -> None:
        self.text = text
        self.names = names
        self.ledger = ledger
        self.latex = latex
        self.position = 0
        self.limit = len(text)
        self.tokens: list[Token] = []
        self.style = ""
        self.side = ""
        self.braces: list[tuple[str, str]] = []

    @property
    def last(self) -> str:
        """The kind of the last token, ``""`` at the start."""
        return self.tokens[-1].kind if self.tokens else ""

    def add(self, kind: str, value: str, end: int, style: str = "") -> None:
        """Add a token that reaches from the position to ``end``, and move there."""
        self.tokens.append(Token(kind, value, self.position, end, style, self.side))
        self.side = ""
        self.position = end

    def open_brace(self, end: int, value: str = "{", style: str | None = None) -> None:
        """Open a TeX group, in which a font may be in force until it closes."""
        self.braces.append((self.style, value))
        if style is not None:
            self.style = style
        self.add("open", value, end)

    def close_brace(self) -> None:
        """Close the innermost TeX group."""
        value = "{"
        if self.braces:
            self.style, value = self.braces.pop()
        if value == "{" and self._is_empty_filler():
            self.tokens.pop()
            self.position += 1
            return
        if value == "{" and self._is_wrapped_sign():
            sign = self.tokens.pop()
            self.position += 1
            self.tokens[-1] = sign._replace(start=self.tokens[-1].start, end=self.position)
            return
        self.add("close", value, self.position + 1)

    def in_plain_table(self) -> bool:
        r"""Whether the scan stands in ``\cases{...}``, of which the second column is text."""
        return any(value == "cases" for _, value in self.braces)

    def failure(
        self, name: str, message: str, start: int, end: int, advice: str = ""
    ) -> KlsymError:
        """The error that something in the text cannot be cut into tokens."""
        advice = advice or advice_for(name)
        return KlsymError(name, message, text=self.text, span=Span(start, end), help=advice)

    def unexpected(self, char: str) -> KlsymError:
        """The error that a character has no meaning in a formula."""
        shown = repr(char) if char.isprintable() else f"U+{ord(char):04X}"
        where = "outside a number" if char == "." else "in a formula"
        message = f"{shown} has no meaning {where}"
        return self.failure("unexpected-character", message, self.position, self.position + 1)

    def _is_wrapped_sign(self) -> bool:
        r"""Whether braces close that hold one sign or function only, ``\mathbin{/}``."""
        if len(self.tokens) < 2 or self.tokens[-2].kind != "open" or self.tokens[-2].value != "{":
            return False
        token, before = self.tokens[-1], self.tokens[-3] if len(self.tokens) > 2 else None
        if before is not None and (
            before.kind in ("command", "accent") or before.value in ("^", "_")
        ):
            return False
        differential = token.kind == "name" and token.value == "d" and token.style == "upright"
        sign = (token.kind == "op" and token.value in "+-*/,;:") or token.kind in (
            "relation",
            "bar",
        )
        mean = token.kind == "name" and token.style == "blackboard"
        return differential or sign or mean or token.kind == "function"

    def _is_empty_filler(self) -> bool:
        """Whether ``{}`` closes here that nothing takes for an argument."""
        if self.last != "open" or self.tokens[-1].value != "{":
            return False
        before = self.tokens[-2] if len(self.tokens) > 1 else None
        return before is None or not (
            before.kind in ("command", "accent") or before.value in ("^", "_")
        )
