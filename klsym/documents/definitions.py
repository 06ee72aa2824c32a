"""Checking definitions: what they say must be a distribution, of mass 1, and the one they name."""

from __future__ import annotations

from collections.abc import Iterator

from klsym.documents.bindings import DENSITY, Binding
from klsym.documents.lexicon import Lexicon
from klsym.documents.supports import mass_of
from klsym.errors import KlsymError
from klsym.meaning.equations import Side
from klsym.syntax.tree import Call, Name


def remarks(binding: Binding, lexicon: Lexicon) -> Iterator[str]:
    """What is worth saying of a definition: a mass that is not 1, or why it cannot be read."""
    try:
        if binding.kind == DENSITY:
            mass = mass_of(binding)
            if mass is None:
                yield "its mass is not known"
            elif mass != "1":
                yield f"its mass is {mass}; it is normalised"
            return
        law = Name(binding.body.span, binding.name)
        entropy = Call(binding.body.span, "H", (law,))
        meant = lexicon.read([Side(binding.text, ((entropy, ""),))], binding.where)
        yield from meant.equation.scope.notes
    except KlsymError as error:
        yield f"{error.message}; {error.help}" if error.help else error.message
