r"""What a document says its names mean: definitions and declarations, each with its place.

``q(z) \sim N(\mu, \sigma^2)``, ``P: X \sim N(0, 1)`` and ``p(x) = \lambda e^{-\lambda x}`` bind
distributions, ``v = \sigma^2`` a name for an expression.  A name with a meaning of its own is not
new: what equates it to something is a claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from klsym.documents.draft import Where
from klsym.documents.source import Place
from klsym.documents.statements import Statement
from klsym.documents.usage import holds_value, is_known, used
from klsym.meaning import functions
from klsym.meaning.indices import is_indexed
from klsym.meaning.lowering import CONSTANTS
from klsym.meaning.naming import names_distribution
from klsym.meaning.spellings import has_point, readings
from klsym.syntax.tree import (
    BigOperator,
    Binary,
    Call,
    Chain,
    Given,
    Items,
    Name,
    Negative,
    Node,
    Number,
)
from klsym.syntax.walk import walk

LAW, DENSITY, FAMILY, VALUE = "law", "density", "family", "value"
CONDITION, NOTHING = "condition", "nothing"
"""What a definition binds; nothing where klsym has no use for it.

A condition such as ``mu = 0`` or ``sigma_1 = sigma_2`` restricts what follows it, perhaps; it
changes no verdict but one that would be a refutation.
"""
DEFINING = ("=", ":=")


@dataclass(frozen=True, slots=True)
class Binding:
    """A name and the tree of what it means, with the text the tree's spans are of.

    ``variate`` is the letter it is written over, ``given`` what stands after it in the head, as
    in ``q(z; mu, sigma)``.  ``label`` is the P of ``P: X ~ ...``; a ``premise`` holds only in its
    own display.  ``support`` is where a density is positive, if that is printed.
    """

    name: str
    kind: str
    body: Node
    text: str
    where: Where
    place: Place
    variate: str | None = None
    given: tuple[Node, ...] = ()
    label: str = ""
    premise: bool = False
    support: Node | None = None


def declarations(statement: Statement, where: Where) -> Iterator[Binding]:
    r"""The bindings of ``X \sim ...``; a label before it is bound as well."""
    for left, sign, right in _links(statement):
        if sign != "~" or not isinstance(right, (Call, Binary, BigOperator)):
            continue
        if isinstance(left, Call) and left.function == "log" and len(left.arguments) == 1:
            logarithm = replace(left, arguments=(right,))
            left, right = left.arguments[0], logarithm
        head = _head(left)
        if head is None:
            continue
        name, variate, given = head
        label, values = statement.label, variate
        if label and variate is None and len(name) == 1:
            values = name.lower()
        for bound, letter in ((name, variate), (label, values)):
            if bound and (not is_known(bound) or bound in functions.BESSEL):
                found = _binding(statement, bound, LAW, right, where, letter, given)
                yield replace(found, label=label, premise=statement.premise)


def definition(
    statement: Statement,
    where: Where,
    laws: Collection[str],
    families: Collection[str],
    known: Collection[str],
) -> Binding | None:
    """The meaning a statement's first link gives to a new name, if it does.

    ``laws`` are the names used as distributions anywhere, ``families`` the document's own, and
    ``known`` those that have a meaning here already.
    """
    if statement.leading or not statement.relations:
        return None
    left, sign, right = next(_links(statement))
    if sign not in DEFINING:
        return None
    head = _head(left) or _probability(left, right)
    if head is None and _constrains(left, right):
        return _binding(statement, "", NOTHING, right, where)
    if head is None:
        return _new_spelling(statement, left, right, where)
    name, variate, given = head
    if variate is not None and isinstance(right, Number) and right.text == "0":
        # That a density is zero somewhere defines none.
        return _binding(statement, "", NOTHING, right, where)
    if name in known or name in CONSTANTS:
        return None
    if variate is None and name not in laws:
        if name in used(right):
            return None
        if isinstance(right, Name) or _is_number(right):
            return _binding(statement, name, CONDITION, right, where)
        return _binding(statement, name, VALUE, right, where)
    if is_known(name):
        return None
    kind = NOTHING
    spelt = (
        isinstance(right, Call) and bool(readings(right, law=name.isupper())) and variate is None
    )
    if is_law(right, {*laws, *families}) or (spelt and name in laws):
        kind = LAW
    elif name in laws and variate is not None:
        kind = DENSITY
    return _binding(statement, name, kind, right, where, variate, given)


def _probability(left: Node, right: Node) -> tuple[str, str | None, tuple[Node, ...]] | None:
    """X and k of ``P(X = k) = ...``, which says how X is distributed."""
    match left:
        case Call(
            function="P" | "Pr" | "p", arguments=(Chain(terms=(Name() as of, Name() as at)),)
        ):
            if of.name != at.name and at.name in used(right) and of.name not in used(right):
                return of.name, at.name, ()
    return None


def supposition(statement: Statement, where: Where) -> Binding | None:
    """What a case such as ``for $p = 1/2$`` sets a name equal to."""
    left, *right = (term.tree for term in statement.terms)
    signs = [relation.sign for relation in statement.relations]
    if statement.leading or signs != ["="] or not isinstance(left, Name):
        return None
    return _binding(statement, left.name, CONDITION, right[0], where)


def further_cases(statement: Statement, where: Where) -> Iterator[Binding]:
    r"""What a case ``\alpha = \beta = 1`` sets the names after the first to."""
    for left, _, right in list(_links(statement))[1:]:
        if isinstance(left, Name):
            yield _binding(statement, left.name, CONDITION, right, where)


def redeclares(statement: Statement) -> bool:
    """Whether a statement equates a bare name to a family, which is no claim about numbers."""
    if statement.leading or len(statement.terms) != 2:
        return False
    left, right = (term.tree for term in statement.terms)
    family = isinstance(right, Call) and not has_point(right) and _is_family(right)
    return isinstance(left, Name) and family


def _is_family(call: Call) -> bool:
    return names_distribution(call.function) or bool(readings(call))


def is_law(tree: Node, known: Collection[str]) -> bool:
    """Whether a tree is a distribution, or a sum of some, rather than a number."""
    match tree:
        case BigOperator(operator="prod"):
            return is_law(tree.body, known)
        case Binary(operator="+"):
            return is_law(tree.left, known) and is_law(tree.right, known)
        case Binary(operator="*"):
            return is_law(tree.left, known) or is_law(tree.right, known)
        case Binary(operator="/"):
            return is_law(tree.left, known)
        case Call():
            own = bool(tree.separators) and tree.separators[0] in (";", "|")
            family = names_distribution(tree.function)
            return tree.function in known or family or (own and not is_known(tree.function))
        case Name():
            return tree.name in known
    return False


def is_claim_of_parameter(binding: Binding) -> bool:
    """Whether a definition says what an integral is, as claims about parameters do."""
    return binding.kind == VALUE and holds_value(binding.body)


def _head(left: Node) -> tuple[str, str | None, tuple[Node, ...]] | None:
    """The name on a left side, its variate, and what is given beside that."""
    if isinstance(left, Name):
        return left.name, None, ()
    if not isinstance(left, Call) or left.keywords or not left.arguments or left.primes:
        return None
    if is_known(left.function):
        return None
    first, rest = left.arguments[0], list(left.arguments[1:])
    if isinstance(first, Given):
        rest = [first.right, *rest]
        first = first.left
    given: list[Node] = []
    for node in rest:
        given += node.items if isinstance(node, Items) else [node]
    return (left.function, first.name, tuple(given)) if isinstance(first, Name) else None


def _constrains(left: Node, right: Node) -> bool:
    r"""Whether an equation says what components add up to, ``\sum_k w_k = 1``: no claim."""
    summed = isinstance(left, BigOperator) and is_indexed(left, ())
    return summed and not any(isinstance(n, (Call, BigOperator)) for n in walk(right))


def _new_spelling(statement: Statement, left: Node, right: Node, where: Where) -> Binding | None:
    """``KLD(F, G) = KL(F, G) + KL(G, F)`` defines KLD: it is spelt unlike what it is made of."""
    if not isinstance(left, Call) or left.function != "KL":
        return None
    text = statement.terms[0].excerpt.text
    spelling = _spelling(text, left)
    inner = [n for n in walk(right) if isinstance(n, Call) and n.function == "KL"]
    others = {_spelling(text, node) for node in inner}
    if not inner or spelling in others:
        return None
    return _binding(statement, spelling, NOTHING, right, where)


def _spelling(text: str, call: Call) -> str:
    opened = text[call.span.start : call.arguments[0].span.start].strip(" ([")
    return opened.removesuffix("\\left").strip()


def _is_number(tree: Node) -> bool:
    tree = tree.operand if isinstance(tree, Negative) else tree
    return isinstance(tree, Number)


def _links(statement: Statement) -> Iterator[tuple[Node, str, Node]]:
    if statement.leading:
        return
    trees = [term.tree for term in statement.terms]
    for left, relation, right in zip(trees, statement.relations, trees[1:], strict=False):
        yield left, relation.sign, right


def _binding(
    statement: Statement,
    name: str,
    kind: str,
    body: Node,
    where: Where,
    variate: str | None = None,
    given: tuple[Node, ...] = (),
) -> Binding:
    term = statement.terms[0]
    return Binding(name, kind, body, term.excerpt.text, where, term.place, variate, given)
