"""A family with its arguments given as expressions rather than as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klsym.density import Density, Family
from klsym.errors import Span
from klsym.meaning.members import Members
from klsym.meaning.scope import Scope
from klsym.meaning.setting import Setting


def instantiate(
    family: Family,
    arguments: Sequence[Any] = (),
    keywords: Mapping[str, Any] | None = None,
    scope: Scope | None = None,
) -> Density:
    """The member of a family with these parameters, sympy expressions over the scope's symbols.

    Raises KlsymError as for a text.  What has to be assumed of the parameters for it to be a
    density stands in its ``constraints``.

    >>> from sympy import Integer, Symbol
    >>> from klsym.families import families
    >>> instantiate(families()["Exponential"], [Integer(2)]).expression
    2*exp(-2*x)
    """
    nowhere = Span(0, 0)
    members = Members(Setting.of(scope or Scope()))
    values = [(value, nowhere) for value in arguments]
    named = [(key, value, nowhere) for key, value in (keywords or {}).items()]
    return members.instantiate(family, values, named, nowhere)
