"""Which names a tree uses, and which of them it uses as distributions."""

from __future__ import annotations

from collections.abc import Iterator

from klsym.divergences import divergences_by_any_name
from klsym.errors import KlsymError
from klsym.families import families_by_any_name
from klsym.meaning import functions
from klsym.meaning.comparisons import ENTROPIES, divergence_of
from klsym.meaning.means import MEANS
from klsym.meaning.naming import names_distribution
from klsym.meaning.survey import Survey
from klsym.syntax.tree import BigOperator, Binary, Call, Chain, Integral, Mean, Name, Node
from klsym.syntax.walk import walk


def is_known(name: str) -> bool:
    """Whether klsym itself gives a meaning to a name that is called."""
    return (
        functions.is_function(name)
        or name in MEANS
        or name in ENTROPIES
        or name in divergences_by_any_name()
        or name in families_by_any_name()
        or names_distribution(name)
    )


def used(tree: Node) -> set[str]:
    """Every name in a tree, of numbers, functions and distributions."""
    return {node.name for node in walk(tree) if isinstance(node, Name)} | {
        node.function for node in walk(tree) if isinstance(node, Call)
    }


def compared(tree: Node) -> set[str]:
    """Names in the place of a distribution: KL(p || q), H(p), a mean under p."""
    survey = Survey({}, {})
    try:
        survey.scalar(tree)
    except KlsymError:
        return set()
    calls = {
        argument.function
        for node in walk(tree)
        if isinstance(node, Call) and divergence_of(node.function, len(node.arguments))
        for argument in node.arguments
        if isinstance(argument, Call) and not is_known(argument.function)
    }
    return set(survey.missing) | calls


def densities(tree: Node) -> set[str]:
    """Unknown names called at the variable of an integral, a sum or a mean: densities."""
    return {name for node in walk(tree) for name in _inside(node)}


def called(tree: Node) -> Iterator[Call]:
    """Calls of names that klsym itself gives no meaning."""
    for node in walk(tree):
        if isinstance(node, Call) and node.arguments and not is_known(node.function):
            yield node


def _inside(node: Node) -> Iterator[str]:
    match node:
        case Integral() | BigOperator():
            name = node.variable if isinstance(node, Integral) else node.index
            letter = name.name if name else None
        case Mean():
            letter = None
        case _:
            return
    for call in called(node.body):
        point = call.arguments[0]
        if isinstance(point, Name) and letter in (None, point.name):
            yield call.function


def bound_letters(tree: Node) -> Iterator[str]:
    """The letters that integrals and sums in a tree run over."""
    for node in walk(tree):
        name = getattr(node, "variable", None) or getattr(node, "index", None)
        if isinstance(node, (Integral, BigOperator)) and name is not None:
            yield name.name


def holds_value(tree: Node) -> bool:
    """Whether a tree holds a mean, an integral, a sum, a divergence or a density."""
    return any(
        isinstance(node, (Integral, BigOperator, Mean))
        or (isinstance(node, Call) and divergence_of(node.function, len(node.arguments)))
        or (isinstance(node, Call) and (node.function in MEANS or node.function in ENTROPIES))
        for node in walk(tree)
    )


def is_comparison(call: Node) -> bool:
    """Whether a tree is a divergence or an entropy of something."""
    if not isinstance(call, Call) or not call.arguments:
        return False
    return (
        call.function in ENTROPIES or divergence_of(call.function, len(call.arguments)) is not None
    )


def occurrences_of_laws(tree: Node) -> Iterator[str]:
    """Names that stand in a distribution's place in a tree, or are called."""
    for node in walk(tree):
        match node:
            case Call():
                yield node.function
                if is_comparison(node) or (node.function in MEANS and len(node.arguments) > 1):
                    for argument in node.arguments:
                        if isinstance(argument, Name):
                            yield argument.name
            case Mean(law=Name(name=name)):
                yield name
            case Mean(law=Chain(terms=(_, Name(name=name)))):
                yield name


def names_of_laws(body: Node) -> Iterator[str]:
    """Names that stand for distributions in what one is declared to be: of parts of a mixture."""
    match body:
        case Name():
            yield body.name
        case Binary():
            yield from names_of_laws(body.left)
            yield from names_of_laws(body.right)
        case _:
            yield from occurrences_of_laws(body)
