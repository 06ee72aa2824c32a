r"""A tree as LaTeX, with every bracket that says how it was read.

>>> from klsym.syntax import readings
>>> [printed(reading.tree) for reading in readings(r"\log p/q")]
['\\log\\left(\\frac{p}{q}\\right)', '\\frac{\\log\\left(p\\right)}{q}']
"""

from __future__ import annotations

from klsym.shown import one_line
from klsym.syntax import vocabulary as v
from klsym.syntax.tree import (
    Bars,
    BigOperator,
    Binary,
    Call,
    Cases,
    Chain,
    Derivative,
    Evaluated,
    Factorial,
    Given,
    Integral,
    Items,
    Limit,
    Matrix,
    Mean,
    Name,
    Negative,
    Node,
    Number,
    Root,
    Text,
)

_SIGNS = {
    "<=": "\\le", ">=": "\\ge", "!=": "\\ne", "~": "\\sim", ":=": "\\coloneqq",
    "approx": "\\approx", "propto": "\\propto", "in": "\\in",
}  # fmt: skip
_ROW = " \\\\ "
_STYLES = {"bold": "mathbf", "calligraphic": "mathcal", "blackboard": "mathbb"}
_OWN = frozenset(
    {
        *("log", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth"),
        *("arcsin", "arccos", "arctan", "det", "max", "min"),
    }
)
_GREEK_CALLS = {"gamma": "\\Gamma", "psi": "\\psi", "zeta": "\\zeta", "Phi": "\\Phi"}
_MARKS = {"plus": "+", "minus": "-", "star": "*"}
_MIDDLE = {"||": "\\,\\|\\,", "|": "\\mid ", ";": "; ", ",": ", ", ":": " : "}


def printed(node: Node) -> str:
    """The tree in LaTeX."""
    match node:
        case Number():
            return node.text
        case Name():
            return _name(node)
        case Negative():
            return f"-{_term(node.operand)}"
        case Binary():
            return _binary(node)
        case Call():
            return _call(node)
        case Bars():
            bar = "\\|" if node.double else "|"
            return f"\\left{bar}{printed(node.content)}\\right{bar}"
        case Root():
            degree = "" if node.degree is None else f"[{printed(node.degree)}]"
            return f"\\sqrt{degree}{{{printed(node.radicand)}}}"
        case Factorial():
            return f"{_base(node.operand)}!"
        case Chain():
            return _chain(node)
        case _:
            return _binding(node)


def _binding(node: Node) -> str:
    match node:
        case Integral():
            over = f"\\,\\mathrm{{d}}{_name(node.variable)}" if node.variable else ""
            return f"\\int{_limits(node.lower, node.upper)} {_sum(node.body)}{over}"
        case BigOperator():
            return f"\\{node.operator}{_range(node)} {_term(node.body)}"
        case Mean():
            head = "\\mathbb{E}" if node.operator == "E" else f"\\operatorname{{{node.operator}}}"
            law = "" if node.law is None else f"_{{{printed(node.law)}}}"
            return f"{head}{law}\\left[{printed(node.body)}\\right]"
        case Derivative():
            power = "" if node.order == 1 else f"^{{{node.order}}}"
            below = f"\\partial {_name(node.variable)}{power}"
            return f"\\frac{{\\partial{power}}}{{{below}}} {_term(node.body)}"
        case Evaluated():
            named = "" if node.variable is None else f"{_name(node.variable)}="
            upper = "" if node.upper is None else f"^{{{printed(node.upper)}}}"
            points = f"_{{{named}{printed(node.lower)}}}{upper}"
            return f"\\left.{printed(node.body)}\\right|{points}"
        case Limit():
            side = f"^{{{node.side}}}" if node.side else ""
            where = f"{_name(node.variable)} \\to {printed(node.point)}{side}"
            return f"\\lim_{{{where}}} {_term(node.body)}"
        case _:
            return _listed(node)


def _listed(node: Node) -> str:
    match node:
        case Items():
            dots = ", \\ldots" if node.dots else ""
            inside = ", ".join(map(printed, node.items)) + dots
            if not node.opening:
                return inside.replace(", ", ",\\quad ")
            opening, closing = (
                bracket.replace("{", "\\{").replace("}", "\\}")
                for bracket in (node.opening, node.closing or ".")
            )
            return f"\\left{opening}{inside}\\right{closing}"
        case Cases():
            rows = (
                f"{printed(value)} & "
                + ("\\text{otherwise}" if condition is None else printed(condition))
                for value, condition in node.rows
            )
            return f"\\begin{{cases}} {_ROW.join(rows)} \\end{{cases}}"
        case Given():
            return f"{printed(node.left)} \\mid {printed(node.right)}"
        case Matrix():
            kinds = {mark: name for name, mark in v.MATRICES.items() if name.endswith("matrix")}
            kind = kinds.get(node.delimiter, "matrix") if node.delimiter else "matrix"
            rows = (" & ".join(map(printed, row)) for row in node.rows)
            return f"\\begin{{{kind}}} {_ROW.join(rows)} \\end{{{kind}}}"
        case Text():
            return f"\\text{{{one_line(node.text)}}}"
    raise AssertionError(type(node))


def _name(node: Name) -> str:
    primes = len(node.name) - len(node.name.rstrip("'"))
    parts = node.name.rstrip("'").split("_")
    accent = ""
    if len(parts) > 1 and parts[0] in v.ACCENTS.values():
        accent, *parts = parts
    letter, *below = parts
    if letter == "oo":
        return "\\infty"
    shown = f"\\{letter}" if letter in v.GREEK or letter == "ell" else letter
    if shown == letter and len(letter) > 1:
        shown = f"\\mathrm{{{letter}}}"
    elif node.style in _STYLES:
        shown = f"\\{_STYLES[node.style]}{{{shown}}}"
    if accent:
        shown = f"\\{accent}{{{shown}}}"
    above = ""
    if below and below[-1] in _MARKS:
        above = f"^{{{_MARKS[below.pop()]}}}"
    if below:
        labels = ",".join(_label(part) for part in below)
        shown += f"_{{{labels}}}"
    return shown + "'" * primes + above


def _label(part: str) -> str:
    if part in v.GREEK:
        return f"\\{part}"
    return part if len(part) == 1 or part.isdigit() else f"\\text{{{part}}}"


def _binary(node: Binary) -> str:
    if node.operator in "+-":
        return f"{printed(node.left)} {node.operator} {_term(node.right)}"
    if node.operator == "/":
        return f"\\frac{{{printed(node.left)}}}{{{printed(node.right)}}}"
    if node.operator == "^":
        return f"{_base(node.left)}^{{{printed(node.right)}}}"
    left = _left_factor(node.left)
    right = _factor(node.right)
    digits = left[-1:].isdigit() and right[:1].isdigit()
    sign = " \\cdot " if digits or isinstance(node.right, Number) or not node.implicit else " "
    return f"{left}{sign}{right}"


def _bracketed(text: str) -> str:
    return f"\\left({text}\\right)"


def _is_sum(node: Node) -> bool:
    return isinstance(node, (Negative, Chain, Given)) or (
        isinstance(node, Binary) and node.operator in "+-"
    )


def _open_ended(node: Node) -> bool:
    """Whether what follows would be taken into it."""
    if isinstance(node, (BigOperator, Derivative, Limit)):
        return True
    if isinstance(node, Integral):
        return node.variable is None
    return isinstance(node, Binary) and node.operator == "*" and _open_ended(node.right)


def _sum(node: Node) -> str:
    text = printed(node)
    return _bracketed(text) if isinstance(node, (Chain, Given)) else text


def _term(node: Node) -> str:
    text = printed(node)
    return _bracketed(text) if _is_sum(node) else text


def _factor(node: Node) -> str:
    text = printed(node)
    product = isinstance(node, Binary) and node.operator == "*"
    return _bracketed(text) if _is_sum(node) or product else text


def _left_factor(node: Node) -> str:
    text = printed(node)
    return _bracketed(text) if _is_sum(node) or _open_ended(node) else text


def _base(node: Node) -> str:
    text = printed(node)
    return text if isinstance(node, (Number, Bars)) or _is_bare(node) else _bracketed(text)


def _is_bare(node: Node) -> bool:
    return isinstance(node, Name) and "^" not in _name(node)


def _call(node: Call) -> str:
    if node.function == "transpose" and len(node.arguments) == 1:
        return f"{_base(node.arguments[0])}^{{\\top}}"
    if node.function == "binomial" and len(node.arguments) == 2:
        above, below = map(printed, node.arguments)
        return f"\\binom{{{above}}}{{{below}}}"
    inside = ""
    for argument, separator in zip(node.arguments, (*node.separators, ""), strict=False):
        inside += printed(argument) + _MIDDLE.get(separator, separator)
    inside += "".join(f", \\mathrm{{{key}}}={printed(tree)}" for key, tree in node.keywords)
    below = f"_{{{printed(node.subscript)}}}" if node.subscript is not None else ""
    primes = f"^{{({node.primes})}}" if node.primes > 3 else "'" * node.primes
    return f"{_function(node)}{below}{primes}\\left({inside}\\right)"


def _function(node: Call) -> str:
    name = node.function
    if name in _OWN:
        return f"\\{name}"
    if name in _GREEK_CALLS:
        return _GREEK_CALLS[name]
    if name in ("lowergamma", "uppergamma"):
        return "\\gamma" if name == "lowergamma" else "\\Gamma"
    if name == "KL":
        return "D_{\\mathrm{KL}}" if node.subscript is None else "\\mathrm{KL}"
    if name == "N":
        return "\\mathcal{N}"
    if len(name) > 1 and name.isalpha() and name not in v.GREEK:
        return f"\\operatorname{{{name}}}"
    return _name(Name(node.span, name, node.style))


def _chain(node: Chain) -> str:
    signs = []
    for relation in node.relations:
        sign = _SIGNS.get(relation.sign, relation.sign)
        signs.append(f"\\overset{{{relation.reason}}}{{{sign}}}" if relation.reason else sign)
    text = f"{signs.pop(0)} " if len(signs) == len(node.terms) else ""
    for term, sign in zip(node.terms, [*signs, ""], strict=True):
        text += f"{printed(term)} {sign} " if sign else printed(term)
    return text


def _limits(lower: Node | None, upper: Node | None) -> str:
    below = "" if lower is None else f"_{{{printed(lower)}}}"
    return below + ("" if upper is None else f"^{{{printed(upper)}}}")


def _range(node: BigOperator) -> str:
    if node.index is None:
        below = ""
    elif node.domain is not None:
        below = f"_{{{_name(node.index)} \\in {printed(node.domain)}}}"
    elif node.lower is not None:
        below = f"_{{{_name(node.index)}={printed(node.lower)}}}"
    else:
        below = f"_{{{_name(node.index)}}}"
    return below + ("" if node.upper is None else f"^{{{printed(node.upper)}}}")
