"""Letters before a bracket that are no functions: ``a(b + c)`` is a product of undeclared names."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from klsym.meaning import functions
from klsym.meaning.comparisons import divergence_of
from klsym.meaning.conventions import convention
from klsym.meaning.means import MEANS
from klsym.meaning.naming import names_distribution
from klsym.syntax.names import Names
from klsym.syntax.tree import Call, Name, Node
from klsym.syntax.walk import children


def with_factors(names: Names, tree: Node, families: Container[str]) -> Names:
    """The names, and those the tree calls as functions though convention has them as numbers."""
    found: set[str] = set()
    pending = [tree]
    while pending:
        node = pending.pop()
        pending += children(node)
        if isinstance(node, Call) and _is_factor(node, names, families):
            found.add(node.function)
    scalars = names.scalars or frozenset()
    return names if found <= scalars else replace(names, scalars=scalars | found)


def _is_factor(node: Call, names: Names, families: Container[str]) -> bool:
    name = node.function
    if len(node.arguments) != 1 or node.keywords or node.subscript or node.primes:
        return False
    if isinstance(node.arguments[0], Name):  # nobody puts the one letter of a product in brackets
        return False
    if names.is_function(name) or name in MEANS or name in families:
        return False
    if functions.is_function(name) and name not in functions.LETTERS:
        return False
    if divergence_of(name, 1) is not None or names_distribution(name):
        return False
    return convention(name) is not None
