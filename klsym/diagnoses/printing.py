"""Printing: a tree with new parts in it, in the author's own spelling where there is one."""

from __future__ import annotations

import re

from klsym.syntax.tree import Bars, Binary, Call, Name, Negative, Node, Number, Root
from klsym.syntax.walk import walk

_HEAD = re.compile(r"(?:\s|\\left|\\[,;:! ]|[({\[])*$|\\frac.*|\\sqrt.*", re.DOTALL)
_GREEK = re.compile(
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau"
    "|phi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Sigma|Phi|Psi|Omega"
)


class Printer:
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
        self.heads = {
            node.function: _HEAD.sub("", text[node.span.start : node.arguments[0].span.start])
            for node in walk(tree)
            if isinstance(node, Call) and node.arguments and node.subscript is None
        }

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
