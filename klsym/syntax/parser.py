r"""Tokens to a tree: the Pratt loop, and what every kind of token begins.

A product by juxtaposition binds like a written one, except after a slash: ``a/bc`` is ``a/(bc)`` in
print, and is kept as an ambiguity.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from klsym.errors import Span
from klsym.syntax.bars import read_bars
from klsym.syntax.brackets import read_bracket
from klsym.syntax.calls import finish_symbol, read_function, read_symbol
from klsym.syntax.constructs import read_construct
from klsym.syntax.cursor import Cursor
from klsym.syntax.evaluation import bracket_is_evaluated, evaluation_stands, read_points
from klsym.syntax.operators import read_accent, read_average, read_big_operator
from klsym.syntax.scripts import double_superscript, raise_bracket
from klsym.syntax.tables import read_table
from klsym.syntax.tree import (
    Binary,
    Chain,
    Factorial,
    Items,
    Name,
    Negative,
    Node,
    Number,
    Relation,
    Text,
)


class Parser(Cursor):
    """The grammar's core; what a kind of token begins stands in :data:`PREFIX`."""

    def expression(self, term: bool = False) -> Node:
        """Read a sum, or only its first term."""
        begin = self.token.start
        total: Node | None = None
        sign = ""
        while True:
            start = self.token.start
            negative = self.token.kind == "op" and self._signs()
            inner = self.token.start
            node = self.factor()
            while True:
                token = self.token
                if token.kind == "op":
                    if token.value == "*":
                        self.advance()
                        right = self._signed_factor()
                        node = Binary(self.span_from(inner), "*", node, right)
                    elif token.value == "/":
                        node = self.quotient(node, inner)
                    else:
                        break
                elif self.starts_factor():
                    node = self._juxtapose(node, inner)
                else:
                    break
            whole = False
            if self.token.kind == "bar" and evaluation_stands(self):
                whole = total is not None and not term and self._takes_sum()
                if not whole:
                    self.advance()
                    node = read_points(self, node, inner)
            if negative:
                node = Negative(self.span_from(start), node)
            total = node if total is None else Binary(self.span_from(begin), sign, total, node)
            if whole:
                self.advance()
                total = read_points(self, total, begin)
            token = self.token
            if term or token.kind != "op" or token.value not in ("+", "-") or self.in_numerator():
                return total
            sign = token.value
            self.advance()

    def _takes_sum(self) -> bool:
        """Whether the bar that stands here is of the whole sum rather than of its last term."""
        return self.ledger.choose("bar-extent", self.token.span, "the term") == "the sum"

    def _signs(self) -> bool:
        """Take leading signs; whether they make the term negative."""
        negative = False
        while self.token.kind == "op" and self.token.value in ("+", "-"):
            negative ^= self.advance().value == "-"
        return negative

    def _signed_factor(self) -> Node:
        start = self.token.start
        negative = self._signs()
        node = self.factor()
        return Negative(self.span_from(start), node) if negative else node

    def _juxtapose(self, left: Node, start: int) -> Node:
        token = self.token
        right = self.factor()
        operator = "*"
        if token.kind == "command" and isinstance(left, Number) and _is_numeral_fraction(right):
            place = Span(token.start, right.span.end)
            if self.ledger.choose("mixed-number", place, "product") == "sum":
                operator = "+"
        return Binary(self.span_from(start), operator, left, right, implicit=operator == "*")

    def quotient(self, dividend: Node, start: int) -> Node:
        """Read a slash and the divisor; ``start`` is where the dividend begins."""
        slash = self.advance()
        divisor_start = self.token.start
        divisor = self._signed_factor()
        numerals = isinstance(dividend, Number) and isinstance(divisor, Number)
        while self.starts_factor():
            token = self.token
            spaced = self.tokens[self.index - 1].end < token.start
            exponential = token.value == "e" and self.peek().value in ("^", "**")
            loose = token.kind in ("function", "big") or exponential
            loose = loose or (numerals and (spaced or token.kind != "name"))
            default = "(a/b)c" if loose else "a/(bc)"
            if self.ledger.choose("slash-product", slash.span, default) == "(a/b)c":
                break
            right = self.factor()
            span = self.span_from(divisor_start)
            divisor = Binary(span, "*", divisor, right, implicit=True)
        return Binary(self.span_from(start), "/", dividend, divisor)

    def factor(self) -> Node:
        """Read one factor of a product, with its powers and factorials."""
        self.enter()
        start = self.token.start
        node = self.prefix()
        raised = False
        while self.token.kind == "op":
            value = self.token.value
            if value == "!":
                self.advance()
                if self.is_op("!"):
                    raise self.error("unsupported-notation", "a double factorial")
                node = Factorial(self.span_from(start), node)
            elif value == "^" and (self.latex or self.peek().value == "{"):
                if raised:
                    raise double_superscript(self)
                node = raise_bracket(self, node, start)
                raised = True
            elif value in ("^", "**"):
                self.advance()
                power = self._signed_factor()
                node = Binary(self.span_from(start), "^", node, power)
            elif value in ("_", "'"):
                what = "a subscript" if value == "_" else "a prime"
                raise self.error(
                    "unexpected-token",
                    f"{what} on an expression",
                    advice="only a name can carry it",
                )
            else:
                break
        self.depth -= 1
        return node

    def prefix(self) -> Node:
        """Read one factor without what may follow it."""
        kind = self.token.kind
        if kind not in PREFIX:
            raise self.unexpected("an expression")
        return PREFIX[kind](self)

    def symbol(self, base: str, style: str, start: int) -> Node:
        """Read what follows a name put together from several tokens."""
        return finish_symbol(self, base, style, start)

    def chain(self) -> Node:
        """Read terms joined by relations; a lone term is returned bare."""
        start = self.token.start
        terms: list[Node] = []
        relations: list[Relation] = []
        if self.at_relation():
            relations.append(self._relation())
        terms.append(self.expression())
        while self.at_relation():
            relations.append(self._relation())
            terms.append(self.expression())
        if not relations:
            return terms[0]
        return Chain(self.span_from(start), tuple(terms), tuple(relations))

    def _relation(self) -> Relation:
        start = self.token.start
        if self.is_command("not"):
            self.advance()
            sign = self.advance().value
            negated = {"=": "!=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}.get(sign)
            if negated is None:
                raise self.error(
                    "unsupported-notation", "a negated relation", self.span_from(start)
                )
            return Relation(self.span_from(start), negated)
        if not (self.is_command("stack") or self.is_command("under")):
            token = self.advance()
            return Relation(token.span, token.value)
        self.advance()
        opening, close = self.token, self.brackets[self.index].close
        reason = self.text[opening.end : self.tokens[close].start].strip()
        self.go(close + 1)
        closing = self.brackets[self.index].close if self.token.kind == "open" else 0
        if closing:
            self.advance()
        sign = self.advance().value
        if closing:
            if self.index != closing:
                raise self.unexpected("a single relation")
            self.advance()
        return Relation(self.span_from(start), sign, reason)

    def statements(self, close: int) -> Node:
        """Read chains separated by commas and gaps, up to a token by its index."""
        start = self.token.start
        items: list[Node] = []
        dots = False
        while self.index < close:
            if self.token.kind == "text":
                token = self.advance()
                items.append(Text(token.span, token.value))
            elif self.token.kind == "dots" and items and self._after_separator():
                dots = True
                self.advance()
            elif self.token.kind == "gap" or (self.token.kind == "op" and self.token.value in ",;"):
                self.advance()
            else:
                items.append(self.chain())
                if self.index < close and not self._statement_ends():
                    raise self.unexpected("an operator or the end")
        if len(items) == 1 and not dots:
            return items[0]
        if not items:
            raise self.error("empty-formula", "there is no formula here", Span(start, start))
        return Items(self.span_from(start), tuple(items), "", "", dots)

    def _statement_ends(self) -> bool:
        token = self.token
        return token.kind in ("gap", "text") or (token.kind == "op" and token.value in ",;")

    def _after_separator(self) -> bool:
        return self.tokens[self.index - 1].value in (",", ";")


def _is_numeral_fraction(node: Node) -> bool:
    return (
        isinstance(node, Binary)
        and node.operator == "/"
        and isinstance(node.left, Number)
        and isinstance(node.right, Number)
    )


def _read_number(c: Cursor) -> Node:
    token = c.advance()
    return Number(token.span, token.value)


def _read_open(c: Cursor) -> Node:
    token = c.token
    if token.value in ("(", "[", "\\{", "."):
        node = read_bracket(c)
        if bracket_is_evaluated(c, token) and not isinstance(node, Items):
            return read_points(c, node, token.start)
        return node
    if token.value == "{":
        node = read_bracket(c)
        # A group around a bare name is transparent: {\sigma}_2, {\rm KL}(p, q).
        if isinstance(node, Name) and node.subscript is None:
            return finish_symbol(c, node.name, node.style, token.start)
        return node
    if token.value == "<":
        return read_average(c)
    if token.value == "env":
        return _read_environment(c)
    return read_table(c)


def _read_environment(c: Cursor) -> Node:
    close = c.brackets[c.index].close
    c.advance()
    node = c.statements(close)
    c.advance()
    return node


PREFIX: Mapping[str, Callable[[Cursor], Node]] = {
    "number": _read_number,
    "name": read_symbol,
    "function": read_function,
    "open": _read_open,
    "bar": read_bars,
    "big": read_big_operator,
    "accent": read_accent,
    "command": read_construct,
}
