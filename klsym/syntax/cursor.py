"""Where the parser stands among the tokens, and what every part of the grammar asks of it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from klsym.errors import KlsymError, Span
from klsym.syntax.advice import advice_for
from klsym.syntax.layout import DEEPEST, Bracket, match_brackets, too_deep
from klsym.syntax.names import Names
from klsym.syntax.reading import Ledger
from klsym.syntax.scanner import Token
from klsym.syntax.tree import Name, Node

_STARTING_COMMANDS = frozenset({"frac", "sqrt", "cbrt", "binom", "cancel", "brace", "partial"})
_CALLING = frozenset({"(", "[", "\\{"})
_STARTING_KINDS = frozenset({"number", "name", "function", "open", "big", "accent"})


class Cursor(ABC):
    """A position in the tokens of one text.

    ``context`` tells what surrounds the position, innermost last: ``call`` (a bar separates),
    ``bar`` and ``norm`` (a bar closes) or ``bracket``.  ``integrals`` holds the depth of context at
    which each enclosing integral waits for its differential, ``bound`` the indices of sums.
    ``within`` is the variable of the innermost integral if its differential stood in a numerator.
    """

    def __init__(
        self, tokens: list[Token], text: str, names: Names, ledger: Ledger, notation: str
    ) -> None:
        self.tokens = tokens
        self.text = text
        self.names = names
        self.ledger = ledger
        self.latex = notation == "latex"
        self.brackets: dict[int, Bracket] = match_brackets(tokens, text)
        self.closing = {bracket.close for bracket in self.brackets.values()}
        self.index = 0
        self.token = tokens[0]
        self.depth = 0
        self.context: list[str] = ["top"]
        self.integrals: list[int] = []
        self.within: Name | None = None
        self.bound: list[str] = []

    @abstractmethod
    def expression(self, term: bool = False) -> Node:
        """Read a sum, or only its first term."""

    @abstractmethod
    def factor(self) -> Node:
        """Read one factor of a product, with its powers and factorials."""

    @abstractmethod
    def prefix(self) -> Node:
        """Read one factor without what may follow it."""

    @abstractmethod
    def symbol(self, base: str, style: str, start: int) -> Node:
        """Read what follows a name put together from several tokens."""

    @abstractmethod
    def quotient(self, dividend: Node, start: int) -> Node:
        """Read a slash and the divisor; ``start`` is where the dividend begins."""

    @abstractmethod
    def statements(self, close: int) -> Node:
        """Read chains separated by commas and gaps, up to a token by its index."""

    @abstractmethod
    def chain(self) -> Node:
        """Read terms joined by relations; a lone term is returned bare."""

    def advance(self) -> Token:
        """Take the current token."""
        token = self.token
        if token.kind != "end":
            self.index += 1
            self.token = self.tokens[self.index]
        return token

    def peek(self, ahead: int = 1) -> Token:
        """A token further on, the last one if there are not so many."""
        try:
            return self.tokens[self.index + ahead]
        except IndexError:
            return self.tokens[-1]

    def go(self, index: int) -> None:
        """Stand at a token by its index."""
        self.index = index
        self.token = self.tokens[index]

    def replace(self, token: Token) -> None:
        """Put another token in place of the current one."""
        self.tokens[self.index] = self.token = token

    def is_op(self, value: str) -> bool:
        """Whether the current token is this operator."""
        return self.token.kind == "op" and self.token.value == value

    def is_command(self, value: str) -> bool:
        """Whether the current token is this command."""
        return self.token.kind == "command" and self.token.value == value

    def span_from(self, start: int) -> Span:
        """The span from a place in the text to the end of the last token taken."""
        end = self.tokens[self.index - 1].end if self.index else start
        return Span(start, max(start, end))

    def enter(self) -> None:
        """Go one level deeper; error ``too-deep``."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise too_deep(self.token.span, self.text)

    def error(
        self, name: str, message: str, span: Span | None = None, advice: str = ""
    ) -> KlsymError:
        """The error of something at a span, by default the current token."""
        advice = advice or advice_for(name)
        return KlsymError(name, message, text=self.text, span=span or self.token.span, help=advice)

    def unexpected(self, wanted: str) -> KlsymError:
        """The error that the current token is not what the grammar wants."""
        token = self.token
        if token.kind == "dots":
            return self.error(
                "ellipsis-without-value",
                "an ellipsis has no value",
                advice="write the sum with \\sum, or every term",
            )
        if token.kind == "command" and token.value.startswith("\\"):
            return self.error("unsupported-notation", f"{token.value} has no meaning here yet")
        return self.error("unexpected-token", f"expected {wanted}, found {self.show(token)}")

    def show(self, token: Token) -> str:
        """A token as the user wrote it."""
        if token.kind == "end":
            return "the end"
        return f"'{self.text[token.start : token.end]}'"

    def opens_call(self) -> bool:
        """Whether a bracket that may hold arguments stands here."""
        token = self.token
        return token.kind == "open" and token.value in _CALLING

    def unwrap(self) -> bool:
        r"""Step inside braces that only wrap a bracket, ``\log{\left(x\right)}``."""
        if not (self.token.kind == "open" and self.token.value == "{"):
            return False
        inner = self.peek()
        if inner.kind != "open":
            return False
        close = self.brackets[self.index].close
        if inner.value not in _CALLING or self.brackets[self.index + 1].close + 1 != close:
            return False
        self.advance()
        return True

    def holds_lone_name(self) -> bool:
        """Whether the bracket here holds one letter, with scripts perhaps, or one number."""
        tokens, close = self.tokens, self.brackets[self.index].close
        index = self.index + 1
        if tokens[index].kind == "accent":
            index += 1
        if tokens[index].kind == "open" and tokens[index].value == "{":
            index = self.brackets[index].close
        elif tokens[index].kind not in ("name", "number"):
            return False
        index += 1
        while index < close and tokens[index].value in ("_", "'"):
            if tokens[index].value == "_":
                index += 1
                index = self.brackets[index].close if index in self.brackets else index
            index += 1
        return index == close

    def at_differential(self) -> bool:
        """Whether the differential of the innermost integral stands here."""
        if not self.integrals or self.integrals[-1] != len(self.context):
            return False
        token = self.token
        if token.kind != "name" or token.value[0] != "d":
            return False
        if token.value != "d":
            return not self.latex and len(token.value) > 1 and token.value[1] != "_"
        following = self.peek()
        if following.kind not in ("name", "accent"):
            return False
        if token.style == "upright":
            return True
        return not (self.names.is_scalar("d") and self._differential_follows())

    def in_numerator(self) -> bool:
        """Whether the differential of the innermost integral stood in a numerator."""
        waits = bool(self.integrals) and self.integrals[-1] == len(self.context)
        return waits and self.within is not None

    def _differential_follows(self) -> bool:
        """Whether a later d of this bracket could be the differential; only if d is a scalar."""
        index = self.index + 1
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.kind == "open" and index in self.brackets:
                index = self.brackets[index].close
            elif token.kind in ("close", "end"):
                return False
            elif token.value == "d" and self.tokens[index + 1].kind == "name":
                return True
            index += 1
        return False

    def starts_factor(self) -> bool:
        """Whether a factor can begin here, so that a product by juxtaposition goes on."""
        token = self.token
        kind = token.kind
        if kind == "op" or kind == "end" or kind == "close" or kind == "relation":
            return False
        if kind in _STARTING_KINDS:
            return not (self.integrals and kind == "name" and self.at_differential())
        if kind == "command":
            return token.value in _STARTING_COMMANDS
        if kind == "bar":
            if token.side:
                return token.side == "left"
            if self.peek().kind == "op" and self.peek().value == "_":
                return False
            return self.context[-1] not in (
                ("bar", "call") if token.value == "|" else ("norm", "call", "bar")
            )
        return False

    def at_relation(self) -> bool:
        """Whether a relation stands here, bare, negated or with a reason over it."""
        token = self.token
        if token.kind == "relation":
            return True
        if token.kind != "command":
            return False
        if token.value == "not":
            return self.peek().kind == "relation"
        if token.value not in ("stack", "under") or self.index + 1 not in self.brackets:
            return False
        sign = self.brackets[self.index + 1].close + 1
        if self.tokens[sign].kind == "open" and sign in self.brackets:
            sign += 1
        return self.tokens[sign].kind == "relation"
