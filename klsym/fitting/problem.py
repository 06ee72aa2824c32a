"""What is to be minimised: a divergence between a target and a family with open parameters."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Symbol

from klsym.density import Density, Mixture
from klsym.derivation import Derivation
from klsym.deriving import derivation_of, request_of
from klsym.divergences import divergences_by_any_name
from klsym.domain import Context
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue, Law
from klsym.families import families_by_any_name

FORWARD = "KL"
SHORT = {"forward": FORWARD, "reverse": "ReverseKL"}
"""Words for the two directions."""


@dataclass(frozen=True)
class Problem:
    """A divergence of ``target`` and a ``member`` of a family, over the member's ``parameters``."""

    statement: DivergenceValue
    divergence: str
    target: Density | Mixture
    member: Density
    parameters: tuple[Symbol, ...]
    context: Context
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def target_symbols(self) -> set[Symbol]:
        """The parameters of the target, which are not sought."""
        return Law(self.target).free_symbols

    @property
    def open(self) -> bool:
        """Whether the target has parameters."""
        return bool(self.target_symbols)

    def at(self, values: Mapping[Symbol, Expr]) -> Expr:
        """The divergence with values for the member's parameters."""
        return self.of(self.statement.name, values, self.statement.options)

    def of(
        self, name: str, values: Mapping[Symbol, Expr], options: Mapping[str, Any] | None = None
    ) -> Any:
        """Another divergence of the same target and the member with those values."""
        known = dict(values)
        support = self.member.support
        member = replace(
            self.member,
            expression=self.member.expression.xreplace(known),
            support=replace(
                support,
                lower=support.lower.xreplace(known),
                upper=support.upper.xreplace(known),
            ),
        )
        laws = (Law(self.target), Law(member))
        return DivergenceValue.of(name, laws, dict(options or {}))

    def derived(self, name: str, values: Mapping[Symbol, Expr] | None = None) -> Derivation:
        """The derivation of a divergence of the target and the member."""
        return derivation_of(self.of(name, values or {}), self.context)


def problem_of(
    target: str,
    family: str,
    divergence: str,
    let: Sequence[str],
    assume: Sequence[str],
    strict: bool,
) -> Problem:
    """Read what is asked.

    ``family`` is the name of a family, all of whose parameters are then open, or a distribution
    in which those are open that the target does not have: ``Normal(0, sigma)``.  Raises KlsymError
    for what cannot be read, a family without open parameters, and one of whole numbers.
    """
    used = _parameters_of(target, target, "TARGET", let, assume, strict)
    written = _spelt_out(family, used)
    _parameters_of(written, family, "FAMILY", let, assume, strict)
    name, options = _divergence(divergence)
    request = request_of(f"{name}({target}, {written}{options})", (), let, assume, strict)
    statement: Any = request.statement
    laws = statement.laws if isinstance(statement, DivergenceValue) else ()
    if len(laws) != 2:
        raise _refused("divergence", f"{divergence} does not compare two distributions")
    first, second = (law.density for law in laws)
    if not isinstance(second, Density):
        raise _refused("family", "only a single distribution can be fitted, not a mixture", family)
    free = laws[1].free_symbols - laws[0].free_symbols
    context = request.scope.context
    parameters = tuple(s for s in context.symbols if s in free)
    if not parameters:
        told = f"{family} has no parameter of its own to be found"
        raise _refused("nothing-to-fit", told, family, "leave letters in it: Normal(mu, sigma)")
    whole = [s.name for s in parameters if context.domains[s.name].integer]
    if whole:
        told = f"{', '.join(whole)} is a whole number, over which nothing can be minimised"
        raise _refused("whole-parameter", told, family, "give it a value: Binomial(10, p)")
    scope = request.scope
    return Problem(
        statement, name, first, second, parameters, context, scope.assumptions, scope.notes
    )


def _parameters_of(
    text: str, typed: str, place: str, let: Sequence[str], assume: Sequence[str], strict: bool
) -> set[str]:
    """The names of a distribution's parameters; an error is placed at what was typed for it."""
    head, tail = "H(", ")"
    try:
        request = request_of(f"{head}{text}{tail}", (), let, assume, strict)
    except KlsymError as error:
        if error.name == "undeclared" and re.fullmatch(r"\s*\w+\s*", typed):
            raise _unknown(typed, place) from None
        if error.span is not None and error.text == f"{head}{text}{tail}":
            start = max(0, min(error.span.start - len(head), len(typed) - 1))
            end = min(error.span.end - len(head), len(typed))
            error.text, error.span, error.place = typed, Span(start, max(start + 1, end)), place
        raise
    return {symbol.name for symbol in request.statement.free_symbols}


def _unknown(name: str, place: str) -> KlsymError:
    near = difflib.get_close_matches(name.strip(), families_by_any_name(), n=1)
    return KlsymError(
        "unknown-family",
        f"unknown family {name.strip()}",
        text=name,
        span=Span(0, len(name)),
        place=place,
        help=f"did you mean {near[0]}?" if near else "klsym list families shows them all",
    )


def _spelt_out(family: str, used: set[str]) -> str:
    """A family's bare name with all its parameters, none called like one of the target's."""
    known = families_by_any_name().get(family.strip())
    if known is None:
        return family
    parts = []
    for parameter in known.parameters:
        letter = parameter.name if parameter.name not in used else f"{parameter.name}_q"
        parts.append(f"{parameter.name}={letter}" if parameter.keyword_only else letter)
    return f"{family.strip()}({', '.join(parts)})"


def _divergence(text: str) -> tuple[str, str]:
    """The divergence's name and its options as they are written after the distributions."""
    found = re.fullmatch(r"\s*(\w+)\s*(?:\((.*)\))?\s*", text)
    name = SHORT.get(found[1].lower(), found[1]) if found else text
    known = divergences_by_any_name().get(name)
    if found is None or known is None or known.arity != 2:
        every = divergences_by_any_name().values()
        names = ", ".join(sorted({d.name for d in every if d.arity == 2}))
        raise KlsymError(
            "unknown-divergence",
            f"no divergence of two distributions is called {text!r}",
            text=text,
            span=Span(0, len(text)),
            place="--divergence",
            help=f"forward, reverse, or one of {names}",
        )
    return known.name, f", {found[2]}" if found[2] else ""


def _refused(name: str, message: str, text: str = "", help: str = "") -> KlsymError:
    place, span = ("FAMILY", Span(0, len(text))) if text else ("--divergence", None)
    return KlsymError(name, message, text=text, span=span, place=place, help=help)
