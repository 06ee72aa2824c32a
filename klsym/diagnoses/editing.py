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

from klsym.diagnoses.printing import Printer
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
    Negative,
    Node,
    Root,
)
from klsym.syntax.walk import children, parts_of, walk

Edit = tuple[Node, Node]
"""A part of the formula, and what it should be."""
Splice = tuple[Span, str]

_SIGNS = {"+": "-", "-": "+", "\N{MINUS SIGN}": "+", "\N{EN DASH}": "+"}
_OPENING = re.compile(r"(?:\\left\s*)?\(\s*$")
_CLOSING = re.compile(r"\s*(?:\\right\s*)?\)")


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
    splicer = _Splicer(text, tree, latex)
    splices = [splice for edit in edits for splice in splicer.splices(*edit)]
    seen: set[str] = set()
    opening, closing = (r"\left(", r"\right)") if any(r"\frac" in s for _, s in splices) else "()"
    forms = (
        [(splicer.unbracketed(span), new) for span, new in splices],
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


class _Splicer:
    """What to replace in the text of a tree, and how far."""

    def __init__(self, text: str, tree: Node, latex: bool) -> None:
        self.text = text
        self.printed = Printer(text, tree, latex).printed
        calls = [node for node in walk(tree) if isinstance(node, Call)]
        self.arguments = {argument.span for call in calls for argument in call.arguments}

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
