"""The public fit: exact where it can be, else every local minimum found, with certified values."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sympy
from sympy import Expr, Rational, Symbol

from klsym import version
from klsym.deadline import OutOfTime, limited
from klsym.deriving import derivation_of
from klsym.errors import KlsymError, Span
from klsym.fitting.moments import Matched, matched, sufficient_statistics
from klsym.fitting.problem import FORWARD, Problem, problem_of
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import decimal, enclose
from klsym.plotting import together
from klsym.writing import fits as writing
from klsym.writing.latex import latex
from klsym.writing.plain import plain
from klsym.writing.plots import Picture, draw, form_of, require_matplotlib

FOUND, NONE = 0, 3
SHOWN = 3
"""So many fits are drawn."""
SIGNIFICANT = 6
"""Digits of a parameter that was found by a search."""


@dataclass(frozen=True)
class Fit:
    """A member of the family at a minimum of the divergence, and the divergence there.

    ``values`` are exact; those of a search are rounded, and the value is that of the rounded ones.
    ``value`` is enclosed and all its digits are right, or None where the target has parameters.
    """

    values: Mapping[Symbol, Expr]
    value: str | None
    closed: Expr | None = None
    best: bool = False

    def to_dict(self, digits: int) -> dict[str, Any]:
        """The fit as an object of the JSON."""
        numbers = {s.name: _decimal(v, digits) for s, v in self.values.items()}
        return {
            "parameters": {s.name: plain(v) for s, v in self.values.items()},
            "decimals": {name: number for name, number in numbers.items() if number is not None},
            "value": self.value,
            "closed_form": None if self.closed is None else plain(self.closed),
            "best": self.best,
        }


@dataclass(frozen=True)
class Fitted:
    """All minima that were found, the lowest first.

    ``exact`` says that the one minimum was derived, not searched for; ``matching`` is how.
    """

    target: str
    family: str
    divergence: str
    fits: tuple[Fit, ...] = ()
    exact: bool = False
    matching: Matched | None = None
    starts: int = 0
    digits: int = SIGNIFICANT
    assumptions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str | None = None
    seconds: float = 0.0
    picture: Picture | None = None
    path: str | None = None

    @property
    def files(self) -> dict[str, bytes]:
        """What is to be written where."""
        if self.path is None or self.picture is None:
            return {}
        return {self.path: draw(self.picture, form_of(self.path))}

    @property
    def exit_code(self) -> int:
        """0 if a minimum was found, 3 if not."""
        return FOUND if self.fits else NONE

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym fit``."""
        return {
            "schema": version.SCHEMA,
            "command": "fit",
            "target": self.target,
            "family": self.family,
            "divergence": self.divergence,
            "exact": self.exact,
            "fits": [fit.to_dict(self.digits) for fit in self.fits],
            "steps": [] if self.matching is None else self.matching.to_steps(),
            "starts": self.starts,
            "assumptions": list(self.assumptions),
            "reason": self.reason,
            "notes": list(self.notes),
            "seconds": round(self.seconds, 6),
        }

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The result for a terminal."""
        return writing.fit(self.to_dict(), colour=colour, verbose=verbose)

    def to_latex(self) -> str:
        """The member of the family as LaTeX, with what leads to it where it is exact."""
        if self.matching is not None:
            return self.matching.to_latex()
        rows = [
            r",\quad ".join(f"{latex(symbol)} &= {latex(v)}" for symbol, v in fit.values.items())
            for fit in self.fits
        ]
        return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"

    def to_markdown(self) -> str:
        """The result as Markdown that GitHub renders."""
        return writing.markdown(self.to_dict())

    def __str__(self) -> str:
        """The parameters of the best fit, or why there is none."""
        if not self.fits:
            return self.reason or "no minimum found"
        return ", ".join(f"{s.name} = {plain(v)}" for s, v in self.fits[0].values.items())

    def _repr_latex_(self) -> str:
        """The result, for a notebook."""
        return self.to_latex()


def fit(
    target: object,
    family: object,
    *,
    divergence: str = FORWARD,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    digits: int = 15,
    path: str | None = None,
    time_limit: float | None = None,
) -> Fitted:
    """The members of a family at which a divergence from a target has a minimum.

    ``family`` is a family's name (``"Normal"``) or a distribution with letters for what is to be
    found (``"Normal(0, sigma)"``); ``divergence`` is ``"forward"`` (KL), ``"reverse"``, or another
    divergence of two distributions, with its options in brackets: ``"Renyi(order=1/2)"``.  Forward
    KL into an exponential family is answered exactly where its equations can be solved; other
    problems need the extra ``klsym[fit]`` and a target without parameters.  Values are in nats,
    certified to ``digits`` digits; ``path`` is where a picture of target and fits is to go.

    >>> print(fit("1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)", "Normal"))
    mu = 0, sigma = 3*sqrt(29)/5

    Raises KlsymError for what cannot be read, and for a family whose support does not suit.
    """
    started = time.perf_counter()
    problem = problem_of(str(target), str(family), divergence, let, assume, strict)
    result = Fitted(
        problem.target.label,
        problem.member.label,
        problem.divergence,
        assumptions=problem.assumptions,
        notes=problem.notes,
        path=path,
    )
    if path is not None:
        form_of(path)
        require_matplotlib()
    try:
        with limited(time_limit):
            result = _fitted(result, problem, digits)
            if path is not None and result.fits and not problem.open:
                title = f"{result.family} closest to p in {result.divergence}"
                points = [fit.values for fit in result.fits[:SHOWN]]
                picture = together(title, problem.target, problem.member, points)
                result = replace(result, picture=picture)
    except OutOfTime as limit:
        result = replace(result, reason=str(limit))
    return replace(result, seconds=time.perf_counter() - started)


def _fitted(result: Fitted, problem: Problem, digits: int) -> Fitted:
    derivation = derivation_of(problem.statement, problem.context)
    if derivation.infinite:
        label = problem.member.label
        raise KlsymError(
            "cannot-fit",
            f"the divergence is infinite whatever the parameters of {label}: {derivation.reason}",
            text=label,
            span=Span(0, len(label)),
            place="FAMILY",
            help="take a family with another support, or the other direction (--divergence)",
        )
    found = matched(problem) if problem.statement.name == FORWARD else None
    if found is not None:
        fitted = _valued(problem, found.values, digits, best=True)
        return replace(result, fits=(fitted,), exact=True, matching=found)
    if problem.open:
        names = ", ".join(sorted(s.name for s in problem.target_symbols))
        reason = f"no exact minimum was found, and a search needs values for {names}"
        return replace(result, reason=reason)
    return _searched(result, problem, digits)


def _searched(result: Fitted, problem: Problem, digits: int) -> Fitted:
    try:
        from klsym.fitting.search import search
        from klsym.floating import function_of
    except ImportError as error:
        raise KlsymError(
            "needs-scipy",
            "a search for minima needs NumPy and SciPy",
            help="pip install 'klsym[fit]'",
        ) from error
    derivation = derivation_of(problem.statement, problem.context)
    try:
        value = function_of(derivation, problem.parameters)
    except Unsupported as unsupported:
        return replace(result, reason=f"the divergence cannot be searched: {unsupported.reason}")
    found = search(problem, value)
    fits: list[Fit] = []
    for minimum in found.minima:
        values = _rounded(problem.parameters, minimum.point)
        fits.append(_valued(problem, values, digits, best=not fits))
    notes = list(result.notes)
    if len(fits) == 1 and problem.statement.name == FORWARD and sufficient_statistics(problem):
        notes.append("it is the only minimum: the family is exponential, the divergence convex")
    elif found.escaped:
        notes.append(f"{found.escaped} of the runs ended at no minimum inside the domain")
    reason = None if fits else "no minimum was found inside the domain"
    return replace(result, fits=tuple(fits), starts=found.starts, notes=tuple(notes), reason=reason)


def _rounded(parameters: Sequence[Symbol], point: Sequence[float]) -> dict[Symbol, Expr]:
    """The parameters as decimals of six digits, counted from the largest of them."""
    size = max(map(abs, point))
    values: dict[Symbol, Expr] = {}
    for symbol, value in zip(parameters, point, strict=True):
        scale = max(abs(value), 1e-2 * size, 1e-300)
        places = SIGNIFICANT - 1 - int(sympy.floor(sympy.log(scale, 10).evalf()))
        values[symbol] = Rational(f"{round(value, places):.{max(places, 0)}f}")
    return values


def _valued(problem: Problem, values: Mapping[Symbol, Expr], digits: int, *, best: bool) -> Fit:
    """A fit with the divergence there: enclosed from its definition, and as a closed form."""
    derivation = derivation_of(problem.at(values), problem.context)
    closed = derivation.closed_form
    if problem.open:
        return Fit(values, None, closed, best)
    try:
        number: str | None = decimal(enclose(derivation.definition, {}, digits), digits)
    except Unsupported:
        number = None
        if closed is not None:
            number = decimal(enclose(closed, {}, digits), digits)
    return Fit(values, number, closed if not _is_decimal(values) else None, best)


def _is_decimal(values: Mapping[Symbol, Expr]) -> bool:
    return any(value.is_Rational and value.q > 1000 for value in values.values())


def _decimal(value: Expr, digits: int) -> str | None:
    """An exact number as a decimal; None if it has parameters."""
    if value.free_symbols:
        return None
    return decimal(enclose(value, {}, digits), digits)
