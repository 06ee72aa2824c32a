"""A tree on one line, for tests that compare how a text was read.

Products by juxtaposition show a dot, calls an ``@``; a chain, a list or a bound variable shows its
parts.
"""

from __future__ import annotations

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


def outline(node: Node | None) -> str:
    match node:
        case None:
            return "-"
        case Number():
            return node.text
        case Name():
            style = f"<{node.style}>" if node.style else ""
            return node.name + style + (f"[{outline(node.subscript)}]" if node.subscript else "")
        case Negative():
            return f"(-{outline(node.operand)})"
        case Binary():
            sign = "." if node.implicit else node.operator
            return f"({outline(node.left)}{sign}{outline(node.right)})"
        case Call():
            return _call(node)
        case Bars():
            bar = "||" if node.double else "|"
            return bar + outline(node.content) + bar
        case Root():
            return f"sqrt[{outline(node.degree)}]({outline(node.radicand)})"
        case Factorial():
            return f"{outline(node.operand)}!"
        case Matrix():
            return f"matrix{node.delimiter}{[[outline(x) for x in row] for row in node.rows]}"
        case Text():
            return repr(node.text)
        case _:
            return _binding(node)


def _call(node: Call) -> str:
    inside = ""
    for argument, separator in zip(node.arguments, (*node.separators, ""), strict=False):
        inside += outline(argument) + separator
    inside += "".join(f", {key}={outline(value)}" for key, value in node.keywords)
    below = f"_{outline(node.subscript)}" if node.subscript else ""
    return f"{node.function}{below}{chr(39) * node.primes}@({inside})"


def _binding(node: Node) -> str:
    match node:
        case Integral():
            limits = f"{outline(node.lower)},{outline(node.upper)}"
            return f"int[{outline(node.variable)},{limits}]({outline(node.body)})"
        case BigOperator():
            parts = (node.index, node.lower, node.upper, node.domain)
            return f"{node.operator}[{','.join(map(outline, parts))}]({outline(node.body)})"
        case Evaluated():
            points = f"{outline(node.lower)},{outline(node.upper)}"
            return f"at[{outline(node.variable)},{points}]({outline(node.body)})"
        case Limit():
            point = outline(node.point) + node.side
            return f"lim[{outline(node.variable)},{point}]({outline(node.body)})"
        case Mean():
            return f"{node.operator}<{outline(node.law)}>[{outline(node.body)}]"
        case Derivative():
            return f"D[{outline(node.variable)},{node.order}]({outline(node.body)})"
        case Items():
            inside = "; ".join(map(outline, node.items))
            return f"Items{node.opening}{inside}{node.closing}{'..' if node.dots else ''}"
        case Cases():
            rows = (f"{outline(value)} if {outline(when)}" for value, when in node.rows)
            return f"cases({'; '.join(rows)})"
        case Given():
            return f"({outline(node.left)} given {outline(node.right)})"
        case Chain():
            return f"Chain{{{_chain(node)}}}"
    raise AssertionError(type(node))


def _chain(node: Chain) -> str:
    signs = [r.sign + (f"<{r.reason}>" if r.reason else "") for r in node.relations]
    terms = [outline(term) for term in node.terms]
    words = [f"{signs.pop(0)} "] if len(signs) == len(terms) else []
    for term, sign in zip(terms, [*signs, ""], strict=True):
        words.append(f"{term} {sign} " if sign else term)
    return "".join(words)
