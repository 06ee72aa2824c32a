"""Densities given by their expression alone: on which support they have mass 1.

Print seldom says it.  The supports people mean are tried in turn, the whole line first; a density
of another mass on the whole line is normalised, with a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sympy import S

from klsym.documents.bindings import Binding
from klsym.documents.usage import used
from klsym.equality.prove import prove
from klsym.errors import KlsymError
from klsym.expectation import Law
from klsym.integrals.collection import collected
from klsym.integrals.conditions import settle
from klsym.integrals.recognition import kernel_of
from klsym.meaning.declarations import DensityDeclared
from klsym.meaning.equations import Side, read_equation
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Binary, Call, Chain, Items, Name, Node, Number
from klsym.verdict import Proof
from klsym.writing.plain import plain

SUPPORTS = ("(-oo, oo)", "(0, oo)", "(0, 1)", "{0..oo}", "{1..oo}", "{0..1}")
"""The supports people mean, tried in turn."""
UNBOUNDED = SUPPORTS[:2]
"""On these alone a density of another mass is normalised: any may have mass 2 on some interval."""


@lru_cache(maxsize=256)
def with_support(binding: Binding) -> DensityDeclared:
    """The declaration of a density on the support on which it has mass 1.

    Raises KlsymError ``support`` where none of those that are tried gives it a known mass.
    """
    first: tuple[Node, Node] | None = None
    for text, support in _candidates(binding):
        declared = _declared(binding, support, binding.body)
        mass = _mass(declared, printed=text == "")
        if mass == "1":
            return declared
        if mass is not None and first is None and (text == "" or text in UNBOUNDED):
            first = support, parse(mass, Names()).tree
    if first is None:
        raise KlsymError(
            "support",
            f"klsym finds no support on which {binding.name} is a density",
            text=binding.text,
            span=binding.body.span,
            place="document",
            help=f"declare it: let {binding.name}({binding.variate}) = ... on (0, oo)",
        )
    support, mass_tree = first
    body = Binary(binding.body.span, "/", binding.body, mass_tree)
    return _declared(binding, support, body)


def mass_of(binding: Binding) -> str | None:
    """The mass on the whole line, or on the first support on which it is known."""
    found = [
        (text, _mass(_declared(binding, support, binding.body), printed=text == ""))
        for text, support in _candidates(binding)
    ]
    one = next((mass for _, mass in found if mass == "1"), None)
    known = (mass for text, mass in found if mass and (text == "" or text in UNBOUNDED))
    return one or next(known, None)


def _candidates(binding: Binding) -> Iterator[tuple[str, Node]]:
    """The support that is printed, else those that are tried; a constant says nothing of it."""
    if binding.support is not None:
        yield "", binding.support
    elif binding.variate in used(binding.body):
        for text in SUPPORTS:
            yield text, parse(text, Names()).tree


def support_of(condition: Node, letter: str) -> Node | None:
    r"""The support that ``0 \leq x \leq 1`` or ``x \in (0, 1)`` gives a letter, if it gives one."""
    if not isinstance(condition, Chain):
        return None
    signs = [relation.sign for relation in condition.relations]
    terms = list(condition.terms)
    if signs == ["in"] and isinstance(terms[1], Items) and _is(terms[0], letter):
        items = terms[1]
        if len(items.items) == 2 and not items.dots:
            return items if "{" not in items.opening else None
        if items.dots and isinstance(items.items[0], Number):
            last = items.items[-1] if isinstance(items.items[-1], Name) else None
            return _between(items.items[0], last, discrete=True)
        return None
    if signs and set(signs) <= {">", ">="}:
        terms.reverse()
    elif not signs or not set(signs) <= {"<", "<="}:
        return None
    place = next((i for i, term in enumerate(terms) if _is(term, letter)), None)
    if place is None or len(terms) > 3:
        return None
    lower = terms[place - 1] if place else None
    upper = terms[place + 1] if place + 1 < len(terms) else None
    return _between(lower, upper, discrete=False)


def _is(tree: Node, letter: str) -> bool:
    return isinstance(tree, Name) and tree.name == letter


def _between(lower: Node | None, upper: Node | None, *, discrete: bool) -> Node:
    """The interval between two ends, infinite where there is none."""
    tree = parse("{0..oo}" if discrete else "(-oo, oo)", Names()).tree
    assert isinstance(tree, Items)
    return replace(tree, items=(lower or tree.items[0], upper or tree.items[1]))


def _declared(binding: Binding, support: Node, body: Node) -> DensityDeclared:
    assert binding.variate is not None
    return DensityDeclared(binding.text, "document", binding.name, binding.variate, body, support)


def _mass(declared: DensityDeclared, *, printed: bool = False) -> str | None:
    """The mass of a density as text, None where it is not known.

    On a support that is ``printed`` it may be 1 for some parameters only.
    """
    entropy = Call(declared.body.span, "H", (Name(declared.body.span, declared.name),))
    try:
        read = read_equation([Side(declared.text, ((entropy, ""),))], [declared])
    except KlsymError:
        return None
    context = read.scope.context
    (law,) = read.sides[0].value.atoms(Law)
    kernel = kernel_of(law.density, context)
    if kernel is None:
        return None
    conditions, failing = settle(kernel.conditions, kernel.integrand.context)
    if failing is not None or (conditions and not printed):
        return None
    if isinstance(prove(kernel.mass, S.One, context.assume(*conditions)), Proof):
        return "1"
    if conditions:
        return None
    return plain(collected(kernel.mass, context))
