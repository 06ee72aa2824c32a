r"""Editing: amended trees, and the author's own text with no more changed than they need.

An edit says that one part of the formula is to be another.  What is kept is never printed anew:
it is copied from the text, with its spacing, its brackets and its commands.

>>> from klsym.syntax import parse
>>> text = r"\log\frac{a}{b} + \frac{b}{a} + 1"
>>> tree = parse(text).tree
>>> edit = tree, Binary(tree.span, "-", tree.left, tree.right)
>>> next(texts(text, tree, (edit,), latex=True))
'\\log\\frac{a}{b} + \\frac{b}{a} - 1'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from klsym.errors import Span
from klsym.syntax.tree import (
    Bars,
    BigOperator,
    Binary,
    Call,
    Derivative,
    Factorial,
    Integral,
    Mean,
    Name,
    Negative,
    Node,
    Number,
    Root,
)
from klsym.syntax.walk import children, parts_of, walk

Edit = tuple[Node, Node]
"""A part of the formula, and what it should be."""
Splice = tuple[Span, str]

_SIGNS = {"+": "-", "-": "+", "\N{MINUS SIGN}": "+", "\N{EN DASH}": "+"}
_OPENING = re.compile(r"(?:\\left\s*)?\(\s*$")
_CLOSING = re.compile(r"\s*(?:\\right\s*)?\)")
_HEAD = re.compile(r"(?:\s|\\left|\\[,;:! ]|[({\[])*$|\\frac.*|\\sqrt.*", re.DOTALL)
_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau"
    "|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega"
)


def parts(tree: Node) -> Iterator[Node]:
    """The parts of a formula that have a value, the whole first; no index and no distribution."""
    yield tree
    for node in _inner(tree):
        yield from parts(node)


def _inner(node: Node) -> tuple[Node, ...]:
    match node:
        case Binary():
            return node.left, node.right
        case Negative() | Factorial():
            return (node.operand,)
        case Bars():
            return (node.content,)
        case Root():
            return (node.radicand,)
        case Call(function="sum" | "prod", arguments=(body, *_)):
            return (body,)
        case Call(separators=separators) if "||" not in separators and not node.keywords:
            return node.arguments
        case BigOperator() | Integral() | Mean() | Derivative():
            return (node.body,)
    return ()


def parents(tree: Node) -> dict[int, Node]:
    """For each node below the root the one it is part of, by identity."""
    return {id(child): node for node in walk(tree) for child in children(node)}


def edited(tree: Node, edits: Sequence[Edit], above: Mapping[int, Node]) -> Node:
    """The tree with each edited part replaced; all that is untouched is shared.

    ``above`` are the `parents` of the tree.
    """
    way: set[int] = set()
    for node, _ in edits:
        while node is not tree:
            node = above[id(node)]
            way.add(id(node))
    return _edited(tree, {id(old): new for old, new in edits}, way)


def _edited(node: Node, new: Mapping[int, Node], above: set[int]) -> Node:
    if id(node) in new:
        rest = {key: other for key, other in new.items() if key != id(node)}
        return _with_parts_edited(new[id(node)], rest, above) if rest else new[id(node)]
    return _with_parts_edited(node, new, above) if id(node) in above else node


def _with_parts_edited(node: Node, new: Mapping[int, Node], above: set[int]) -> Node:
    if isinstance(node, Binary):
        left, right = _edited(node.left, new, above), _edited(node.right, new, above)
        return Binary(node.span, node.operator, left, right, node.implicit)
    changed: dict[str, Any] = {}
    for name in parts_of(node):
        value = getattr(node, name)
        found = _edited_value(value, new, above)
        if found is not value:
            changed[name] = found
    return replace(node, **changed)


def _edited_value(value: object, new: Mapping[int, Node], above: set[int]) -> object:
    if isinstance(value, Node):
        return _edited(value, new, above)
    if isinstance(value, tuple):
        items = tuple(_edited_value(item, new, above) for item in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    return value


def texts(text: str, tree: Node, edits: Sequence[Edit], *, latex: bool) -> Iterator[str]:
    """The amended text with fewer brackets, with the same, and with brackets around what changed.

    Whoever asks reads them again, and takes the first that means what was meant.
    """
    printer = _Printer(text, tree, latex)
    splices = [splice for edit in edits for splice in printer.splices(*edit)]
    seen: set[str] = set()
    opening, closing = (r"\left(", r"\right)") if any(r"\frac" in s for _, s in splices) else "()"
    forms = (
        [(printer.unbracketed(span), new) for span, new in splices],
        splices,
        [(span, f"{opening}{new}{closing}" if new else new) for span, new in splices],
        [(span, f" {new} " if new else new) for span, new in splices],
    )
    for form in forms:
        amended = spliced(text, form)
        if amended not in seen:
            seen.add(amended)
            yield amended


def spliced(text: str, edits: Sequence[Splice]) -> str:
    """The text with each span replaced; spans must not overlap.

    >>> spliced("a + b", [(Span(4, 5), "c"), (Span(0, 1), "x")])
    'x + c'
    """
    for span, replacement in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: span.start] + replacement + text[span.end :]
    return text


class _Printer:
    """Prints new nodes, and copies those that stand in the text."""

    def __init__(self, text: str, tree: Node, latex: bool) -> None:
        self.text = text
        self.own = {id(node) for node in walk(tree)}
        self.latex = latex
        self.spelt = {
            node.name: text[node.span.start : node.span.end]
            for node in walk(tree)
            if isinstance(node, Name)
        }
        calls = [node for node in walk(tree) if isinstance(node, Call)]
        self.arguments = {argument.span for call in calls for argument in call.arguments}
        self.heads = {
            node.function: _HEAD.sub("", text[node.span.start : node.arguments[0].span.start])
            for node in walk(tree)
            if isinstance(node, Call) and node.arguments and node.subscript is None
        }

    def splices(self, old: Node, new: Node) -> list[Splice]:
        """What to replace by what, as little of it as will do."""
        if old is new:
            return []
        match old, new:
            case Binary(), Binary() if self._is_turned(old, new):
                sign = self._sign(old)
                if sign is not None:
                    return [sign, *self.splices(old.right, new.right)]
            case Binary(), Binary() if old.operator == new.operator and (
                old.left is new.left or old.right is new.right
            ):
                return [*self.splices(old.left, new.left), *self.splices(old.right, new.right)]
            case Negative(), Negative():
                return self.splices(old.operand, new.operand)
            case Call(), Call() if replace(old, arguments=new.arguments) == new:
                if len(old.arguments) == len(new.arguments) == 1:
                    return self._argument(old, old.arguments[0], new.arguments[0])
                pairs = zip(old.arguments, new.arguments, strict=True)
                return [splice for pair in pairs for splice in self.splices(*pair)]
            case Root(), Root() if old.degree is new.degree:
                return self.splices(old.radicand, new.radicand)
        return [(old.span, self.printed(new))]

    def unbracketed(self, span: Span) -> Span:
        """A place with the brackets around it, unless they belong to a function."""
        before, after = self.text[: span.start], self.text[span.end :]
        opening, closing = _OPENING.search(before), _CLOSING.match(after)
        if span in self.arguments or not opening or not closing:
            return span
        if ("\\left" in opening.group()) != ("\\right" in closing.group()):
            return span
        return Span(opening.start(), span.end + closing.end())

    def _argument(self, call: Call, old: Node, new: Node) -> list[Splice]:
        r"""The argument of a function, in brackets where ``\log x`` has none."""
        before = self.text[call.span.start : old.span.start].rstrip()
        splices = self.splices(old, new)
        bare = not before.endswith(("(", "[", "{"))
        if bare and splices and isinstance(new, Binary) and not isinstance(old, Binary):
            return [(old.span, f"({self.printed(new)})")]
        return splices

    @staticmethod
    def _is_turned(old: Binary, new: Binary) -> bool:
        signs = old.operator + new.operator
        return signs in ("+-", "-+") and old.left is new.left

    def _sign(self, node: Binary) -> Splice | None:
        for at in range(node.left.span.end, node.right.span.start):
            if self.text[at] in _SIGNS:
                return Span(at, at + 1), _SIGNS[self.text[at]]
        return None

    def printed(self, node: Node) -> str:
        """A node as text: copied where it is the author's, printed where it is new."""
        if id(node) in self.own:
            return self.text[node.span.start : node.span.end]
        match node:
            case Number():
                return node.text
            case Name():
                return self._name(node.name)
            case Negative():
                return f"-{self._factor(node.operand)}"
            case Binary(operator="+" | "-" as sign):
                right = self._factor(node.right) if sign == "-" else self.printed(node.right)
                return f"{self.printed(node.left)} {sign} {right}"
            case Binary(operator="*"):
                return self._product(node)
            case Binary(operator="/") if self.latex:
                return rf"\frac{{{self.printed(node.left)}}}{{{self.printed(node.right)}}}"
            case Binary(operator="/"):
                return f"{self._factor(node.left)}/{self._atom(node.right)}"
            case Binary(operator="^"):
                return f"{self._atom(node.left)}^{self._script(node.right)}"
            case Root():
                inner = self.printed(node.radicand)
                return rf"\sqrt{{{inner}}}" if self.latex else f"sqrt({inner})"
            case Bars():
                inner = self.printed(node.content)
                return f"|{inner}|" if self.latex else f"abs({inner})"
            case Call():
                inner = ", ".join(map(self.printed, node.arguments))
                return f"{self._head(node)}{self._brackets(inner)}"
        return self.text[node.span.start : node.span.end]

    def _head(self, node: Call) -> str:
        """The name of a function as the author wrote it, if he did."""
        written = self.heads.get(node.function) if node.subscript is None else None
        return written or self._name(node.function)

    def _product(self, node: Binary) -> str:
        left, right = self._factor(node.left), self._factor(node.right)
        if not self.latex:
            return f"{left}*{right}"
        return f"{left} \\cdot {right}" if right[:1].isdigit() else f"{left} {right}"

    def _script(self, node: Node) -> str:
        if not self.latex:
            return self._atom(node)
        text = self.printed(node)
        return text if len(text) == 1 else f"{{{text}}}"

    def _factor(self, node: Node) -> str:
        sums = isinstance(node, Binary) and node.operator in "+-"
        text = self.printed(node)
        return self._brackets(text) if sums or isinstance(node, Negative) else text

    def _atom(self, node: Node) -> str:
        """As the base of a power, or below a stroke."""
        text = self.printed(node)
        single = isinstance(node, (Name, Number, Root)) or (
            isinstance(node, Call) and not self.latex
        )
        return text if single else self._brackets(text)

    def _brackets(self, text: str) -> str:
        return rf"\left({text}\right)" if self.latex and r"\frac" in text else f"({text})"

    def _name(self, name: str) -> str:
        if name in self.spelt:
            return self.spelt[name]
        if name == "EulerGamma":
            return r"\gamma_E" if self.latex else name
        if name == "oo":
            return r"\infty" if self.latex else name
        if not self.latex:
            return name
        letter, *below = name.split("_")
        if name in ("log", "exp") or _GREEK.fullmatch(letter):
            letter = "\\" + letter
        if not below:
            return letter
        script = ",".join(below)
        return f"{letter}_{script if len(script) == 1 else f'{{{script}}}'}"
