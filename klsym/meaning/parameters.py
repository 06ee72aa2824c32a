"""A family's parameters: which argument gives which, and whether it lies where it must."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import sympy

from klsym.density import Family
from klsym.domain import Domain
from klsym.errors import KlsymError, Span
from klsym.meaning.setting import Setting
from klsym.syntax.names import canonical


@dataclass(frozen=True, slots=True)
class Argument:
    """What one parameter was given: by which keyword, and the formula that turns it into one.

    ``keyword`` is None for a parameter given by position, ``formula`` for one given as it is.
    """

    parameter: str
    domain: Domain
    value: Any
    span: Span
    keyword: str | None = None
    formula: str | None = None


def uses(argument: Argument) -> set[str]:
    """The names in the formula of an argument, apart from its own keyword."""
    return set(re.findall(r"[A-Za-z]\w*", argument.formula or "")) - {argument.keyword or ""}


def signature(family: Family) -> str:
    """How a family is called; other names for the same parameters are left to its page.

    >>> from klsym.families import families
    >>> signature(families()["Beta"])
    'Beta(a, b), or for a mean=..., or for b precision=... or variance=...'
    """
    parts = [
        f"{p.name}={p.default or '...'}" if p.keyword_only or p.default else p.name
        for p in family.parameters
    ]
    told = [a for a in family.alternatives if a.value != a.keyword]
    others = "".join(
        f", or for {name} " + " or ".join(f"{a.keyword}=..." for a in told if a.replaces == name)
        for name in dict.fromkeys(a.replaces for a in told)
    )
    return f"{family.name}({', '.join(parts)}){others}"


@cache
def roles(family: Family) -> Mapping[str, tuple[str, Domain, str | None]]:
    """What each keyword gives: the parameter, the keyword's own domain, the formula."""
    found: dict[str, tuple[str, Domain, str | None]] = {
        p.name: (p.name, p.domain, None) for p in family.parameters
    }
    for a in family.alternatives:
        found.setdefault(canonical(a.keyword), (a.replaces, a.domain, a.value))
    return found


def positions(family: Family, keywords: list[str]) -> Iterator[str]:
    """The parameters that positional arguments give, in order."""
    known = roles(family)
    given = {known[k][0] for k in keywords if k in known}
    return (p.name for p in family.parameters if not p.keyword_only and p.name not in given)


def bind(
    family: Family,
    values: list[tuple[Any, Span]],
    keywords: list[tuple[str, Any, Span]],
    span: Span,
) -> list[Argument]:
    """Match arguments with parameters; raises KlsymError ``parameters`` where they do not fit."""
    known = roles(family)
    domains = {p.name: p.domain for p in family.parameters}
    order = positions(family, [k for k, _, _ in keywords])
    found: list[Argument] = []
    for value, place in values:
        name = next(order, None)
        if name is None:
            raise _misfit(family, f"too many parameters for {family.name}", place)
        found.append(Argument(name, domains[name], value, place))
    for keyword, value, place in keywords:
        if keyword not in known:
            near = get_close_matches(keyword, list(known), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise _misfit(family, f"{family.name} has no parameter {keyword}{hint}", place)
        parameter, domain, formula = known[keyword]
        if any(a.parameter == parameter for a in found):
            raise _misfit(family, f"{parameter} of {family.name} is given twice", place)
        found.append(Argument(parameter, domain, value, place, keyword, formula))
    missing = [
        p.name
        for p in family.parameters
        if all(a.parameter != p.name for a in found) and not p.default
    ]
    if missing:
        raise _misfit(family, f"{family.name} lacks {' and '.join(missing)}", span)
    return sorted(found, key=lambda a: (a.keyword is not None, list(domains).index(a.parameter)))


def label(family: Family, arguments: list[Argument]) -> str:
    """How a member of a family was written, ``Gamma(k, rate=b)``."""
    values = [a.value.name if a.value.is_Symbol else str(a.value) for a in arguments]
    pairs = zip(arguments, values, strict=True)
    shown = [value if a.keyword is None else f"{a.keyword}={value}" for a, value in pairs]
    return f"{family.name}({', '.join(shown)})"


def _misfit(family: Family, message: str, span: Span) -> KlsymError:
    return KlsymError("parameters", message, span=span, help=signature(family))


def check(argument: Argument, setting: Setting) -> None:
    """Refuse a parameter outside its domain; assume that it lies inside where that is open."""
    value, domain = argument.value, argument.domain
    if value.is_Symbol and setting.context.confines(value, domain):
        return
    called = argument.keyword or argument.parameter
    message = f"{called} is {value}, and must be {_described(domain)}"
    help_line = f"it needs {domain.statement(called)}"
    if not _possible(value) or (domain.integer and not value.is_integer):
        raise KlsymError("parameter-domain", message, span=argument.span, help=help_line)
    if domain.lower is not None:
        end = sympy.Rational(domain.lower.numerator, domain.lower.denominator)
        build = sympy.GreaterThan if domain.lower_closed else sympy.StrictGreaterThan
        relation = build(value, end, evaluate=not value.free_symbols)
        setting.require(relation, message, argument.span, help_line)
    if domain.upper is not None:
        end = sympy.Rational(domain.upper.numerator, domain.upper.denominator)
        build = sympy.LessThan if domain.upper_closed else sympy.StrictLessThan
        relation = build(value, end, evaluate=not value.free_symbols)
        setting.require(relation, message, argument.span, help_line)


def _possible(value: Any) -> bool:
    undefined = value.has(sympy.I, sympy.nan, sympy.zoo, sympy.oo)
    return not undefined and value.is_real is not False


def _described(domain: Domain) -> str:
    word = str(domain)
    return {
        "unit": "between 0 and 1",
        "natural": "a natural number",
        "integer": "an integer",
    }.get(word, word if word.isalpha() else f"in {word}")
