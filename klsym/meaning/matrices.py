r"""Matrices and vectors: read, and not decided upon, since they do not commute.

>>> from klsym.syntax import parse
>>> product = parse(r"\Sigma_1\Sigma_2 - \Sigma_2\Sigma_1").tree
>>> require_scalars(product, frozenset())  # doctest: +ELLIPSIS
Traceback (most recent call last):
klsym.errors.KlsymError: error[unsupported]: Sigma_1 is a matrix, and klsym has no rules...
>>> require_scalars(product, frozenset({"Sigma_1", "Sigma_2"}))
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from klsym.errors import KlsymError, Span
from klsym.meaning import functions
from klsym.syntax.tree import (
    Bars,
    Binary,
    Call,
    Factorial,
    Matrix,
    Name,
    Negative,
    Node,
    Root,
)
from klsym.syntax.walk import children

LETTERS = frozenset({"Sigma", "Lambda"})
"""Letters that stand for matrices unless they are declared."""

OF_MATRICES = {
    "transpose": "a transpose", "tr": "a trace", "det": "a determinant",
    "diag": "a diagonal matrix", "rank": "a rank", "dim": "a dimension",
}  # fmt: skip
"""Functions of matrices, with what each gives."""

_ARITHMETIC = (Binary, Negative, Bars, Root, Factorial)


def require_scalars(tree: Node, numbers: Container[str]) -> None:
    """Raise KlsymError ``unsupported`` if a formula is about matrices or vectors.

    ``numbers`` are the names that are declared to be numbers, or that stand for distributions.
    """
    found = next(_matrices(tree, numbers), None)
    if found is not None:
        what, span, advice = found
        raise KlsymError(
            "unsupported",
            f"{what}, and klsym has no rules for matrices and vectors yet",
            span=span,
            help=advice,
        )


def _matrices(tree: Node, numbers: Container[str]) -> Iterator[tuple[str, Span, str]]:
    pending: list[tuple[Node, bool]] = [(tree, True)]
    while pending:
        node, counts = pending.pop()
        match node:
            case Call(function=name) if name in OF_MATRICES:
                yield f"this is {OF_MATRICES[name]}", node.span, "write the scalar case"
            case Matrix():
                yield "this is a matrix", node.span, "write the scalar case"
            case Bars(double=True):
                yield "this is a norm", node.span, "write the scalar case"
            case Name() if node.name not in numbers and counts:
                letter = node.name.partition("_")[0]
                if letter in LETTERS or node.style == "bold":
                    kind = "matrix" if letter[:1].isupper() else "vector"
                    declare = f"declare it where it is a number: --let '{node.name} positive'"
                    yield f"{node.name} is a {kind}", node.span, declare
        inside = isinstance(node, _ARITHMETIC) or (
            isinstance(node, Call) and functions.is_function(node.function)
        )
        pending += [(child, inside) for child in reversed(children(node))]
