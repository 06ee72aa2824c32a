"""Densities given by their expression alone: on which support they have mass 1.

Print seldom says it.  The supports people mean are tried in turn, the whole line first; a density
of another mass on the whole line is normalised, with a note.
"""

from __future__ import annotations

from functools import lru_cache

from klsym.documents.bindings import Binding
from klsym.errors import KlsymError
from klsym.expectation import Law
from klsym.integrals.collection import collected
from klsym.integrals.moments import kernel_of, settle
from klsym.meaning.declarations import DensityDeclared
from klsym.meaning.equations import Side, read_equation
from klsym.syntax import parse
from klsym.syntax.names import Names
from klsym.syntax.tree import Binary, Call, Name, Node
from klsym.writing.plain import plain

SUPPORTS = ("(-oo, oo)", "(0, oo)", "(0, 1)", "{0..oo}", "{1..oo}", "{0..1}")


@lru_cache(maxsize=256)
def with_support(binding: Binding) -> DensityDeclared:
    """The declaration of a density on the support on which it has mass 1.

    Raises KlsymError ``support`` where none of those that are tried gives it a known mass.
    """
    first: tuple[str, Node] | None = None
    for support in SUPPORTS:
        declared = _declared(binding, support, binding.body)
        mass = _mass(declared)
        if mass == "1":
            return declared
        if mass is not None and first is None:
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
    masses = (_mass(_declared(binding, support, binding.body)) for support in SUPPORTS)
    return next((mass for mass in masses if mass is not None), None)


def _declared(binding: Binding, support: str, body: Node) -> DensityDeclared:
    tree = parse(support, Names()).tree
    assert binding.variate is not None
    return DensityDeclared(binding.text, "document", binding.name, binding.variate, body, tree)


def _mass(declared: DensityDeclared) -> str | None:
    """The mass of a density as text, None where it is not known."""
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
    conditions, failing = settle(kernel.conditions, kernel)
    if conditions or failing is not None:
        return None
    return plain(collected(kernel.mass, context))
