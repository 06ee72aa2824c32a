"""Pictures of densities and integrands over the variate; the number in the title is certified."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sympy import Expr, Rational, Symbol

from klsym import version
from klsym.deadline import limited
from klsym.density import Density, Mixture
from klsym.derivation import Derivation
from klsym.deriving import derivation_of, request_of
from klsym.errors import KlsymError, Span
from klsym.evaluating import evaluate
from klsym.expectation import DivergenceValue, Expectation, Law
from klsym.meaning import Request, read_point
from klsym.numerics.balls import Unsupported
from klsym.plotting.sweeps import swept
from klsym.writing import text
from klsym.writing.plain import plain
from klsym.writing.plots import Curve, Picture, draw, form_of, require_matplotlib

POINTS = 801
"""Points of a curve over the variate."""
DIGITS = 6

Array = Any


@dataclass(frozen=True)
class Plotted:
    """A picture, and the certified value in its title."""

    statement: str
    picture: Picture
    path: str | None
    form: str
    value: str | None = None
    seconds: float = 0.0

    exit_code = 0

    def to_image(self, form: str = "svg") -> bytes:
        """The picture as a file: svg, png or pdf."""
        return draw(self.picture, form)

    @property
    def files(self) -> dict[str, bytes]:
        """What is to be written where."""
        return {} if self.path is None else {self.path: self.to_image(self.form)}

    def to_dict(self) -> dict[str, Any]:
        """The result as the JSON object of ``klsym plot``."""
        return {
            "schema": version.SCHEMA,
            "command": "plot",
            "statement": self.statement,
            "title": self.picture.title,
            "value": self.value,
            "path": self.path,
            "reason": None,
            "notes": [],
            "seconds": round(self.seconds, 6),
        }

    def to_text(self, *, colour: bool = False, verbose: int = 0) -> str:
        """The title, and where it goes."""
        if self.path is None:
            return self.picture.title
        return text.plot(self.to_dict(), colour=colour, verbose=verbose)

    def __str__(self) -> str:
        """The title."""
        return self.picture.title

    def _repr_svg_(self) -> str:
        """The picture, for a notebook."""
        return self.to_image().decode()


def plot(
    statement: object,
    *,
    at: str = "",
    sweep: str = "",
    path: str | None = None,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    digits: int = DIGITS,
    time_limit: float | None = None,
) -> Plotted:
    """Draw a divergence between two distributions, or an entropy of one.

    ``at`` gives each parameter a value (``"mu=0, sigma=2"``); the picture shows the densities,
    and below them the integrand with its area shaded by sign.  ``sweep`` (``"mu=-3:3"``) draws
    the divergence along that parameter instead.  ``path`` is where the picture is to go.  Raises
    KlsymError for what cannot be read or drawn.
    """
    started = time.perf_counter()
    require_matplotlib()
    form = "svg" if path is None else form_of(path)
    with limited(time_limit):
        request = request_of(str(statement), (), let, assume, strict)
        if not isinstance(request.statement, (DivergenceValue, Expectation)):
            raise KlsymError(
                "no-picture",
                "only a divergence, an entropy or a mean can be drawn",
                text=request.statement_text,
                span=Span(0, len(request.statement_text)),
                place="statement",
                help="klsym plot 'KL(Normal(0, 1) || Normal(mu, 2))' --at 'mu=1'",
            )
        if sweep:
            picture, value = swept(request, at, sweep), None
        else:
            found = evaluate(statement, at=at, let=let, assume=assume, strict=strict, digits=digits)
            value = found.value
            picture = _seen(request, read_point(at, request.scope), found.value)
    seconds = time.perf_counter() - started
    return Plotted(request.statement_text, picture, path, form, value, seconds)


def _seen(request: Request, point: Mapping[Symbol, Rational], value: str | None) -> Picture:
    """The densities and the integrand at a point."""
    derivation = derivation_of(request.statement, request.scope.context)
    definition = derivation.definition
    laws = sorted(_laws(request.statement), key=str)
    densities = [_at(law.density, point) for law in laws]
    try:
        x, discrete = _axis(densities)
        curves = tuple(
            Curve(x, _values(density, x), f"{density.name} = {density.label}")
            for density in densities
        )
        integrand = _integrand(definition, point, x, _label(derivation))
    except Unsupported as unsupported:
        raise KlsymError("no-picture", f"it cannot be drawn: {unsupported.reason}") from None
    told = ", ".join(f"{s.name} = {plain(v)}" for s, v in point.items())
    title = f"{derivation.statement} = {value or 'no value'}{f' at {told}' if told else ''}"
    return Picture(title, curves, integrand, None, str(densities[0].variate), discrete)


def together(
    title: str, target: Density | Mixture, member: Density, points: Sequence[Mapping[Symbol, Expr]]
) -> Picture:
    """A target and the members of a family that some values of its parameters give."""
    shown = [_at(target, {})]
    for point in points:
        told = ", ".join(f"{s.name} = {float(v):.4g}" for s, v in point.items())
        shown.append(replace(_at(member, point), label=told))
    x, discrete = _axis(shown)
    curves = [Curve(x, _values(shown[0], x), f"p = {target.label}")]
    curves += [Curve(x, _values(density, x), f"q: {density.label}") for density in shown[1:]]
    return Picture(title, tuple(curves), axis=str(target.variate), discrete=discrete)


def _laws(statement: Any) -> set[Law]:
    found: set[Law] = statement.atoms(Law)
    return found


def _at(density: Any, point: Mapping[Symbol, Expr]) -> Any:
    """A density, or a mixture, with its parameters given."""
    known = dict(point)
    if isinstance(density, Mixture):
        parts = tuple((w.xreplace(known), _at(part, known)) for w, part in density.components)
        return replace(density, components=parts)
    if not isinstance(density, Density):
        raise KlsymError("no-picture", "only distributions of one variate can be drawn")
    support = density.support
    return replace(
        density,
        expression=density.expression.xreplace(known),
        support=replace(
            support, lower=support.lower.xreplace(known), upper=support.upper.xreplace(known)
        ),
    )


def _axis(densities: Sequence[Any]) -> tuple[Array, bool]:
    """The values of the variate on which the densities are seen."""
    import numpy as np

    from klsym.numerics.grids import middle_part

    discrete = densities[0].support.discrete
    parts = []
    for density in densities:
        ends = (_end(density.support.lower), _end(density.support.upper))
        parts.append(middle_part(_function(density), *ends, discrete=discrete))
    low, high = min(a for a, _ in parts), max(b for _, b in parts)
    if discrete:
        return np.arange(np.floor(low), np.ceil(high) + 1), True
    return np.linspace(low, high, POINTS), False


def _end(bound: Expr) -> float:
    return float(bound)


def _function(density: Any) -> Any:
    from klsym.numerics.floats import FLOATS
    from klsym.numerics.straightline import generate

    return generate(density.expression, (density.variate,), FLOATS)


def _values(density: Any, x: Array) -> Array:
    """The density over the axis, zero outside its support."""
    import numpy as np

    low, high = _end(density.support.lower), _end(density.support.upper)
    inside = (x >= low) & (x <= high)
    with np.errstate(all="ignore"):
        height = _function(density)(np.where(inside, x, np.nan)) * np.ones_like(x)
    return np.where(inside & np.isfinite(height), height, 0.0)


def _label(derivation: Derivation) -> str:
    """The integrand in the letters of the densities, where it is that of a single mean."""
    for step in derivation.steps:
        if step.rule == "definition" and isinstance(step.after, Expectation):
            mean = step.after
            law = f"{mean.density.name}({mean.density.variate})"
            return f"{law} {plain(mean.integrand)}"
    return "integrand"


def _integrand(
    definition: Expr, point: Mapping[Symbol, Rational], x: Array, label: str
) -> Curve | None:
    """The sum of the integrands of a definition that is linear in its means."""
    import numpy as np
    from sympy import Dummy

    from klsym.numerics.floats import FLOATS
    from klsym.numerics.straightline import generate

    heads = sorted(definition.atoms(Expectation), key=str)
    names = [Dummy() for _ in heads]
    outer = definition.xreplace(dict(zip(heads, names, strict=True)))
    slopes = [outer.diff(name) for name in names]
    if not heads or any(slope.free_symbols & set(names) for slope in slopes):
        return None
    known = dict(point)
    total = np.zeros_like(x)
    for head, slope in zip(heads, slopes, strict=True):
        density = _at(head.density, point)
        variate = density.variate
        integrand = head.integrand.xreplace({k: v for k, v in known.items() if k != variate})
        function = generate(integrand, (variate,), FLOATS)
        weight = _values(density, x)
        with np.errstate(all="ignore"):
            part = float(slope.xreplace(known)) * weight * function(np.where(weight > 0, x, np.nan))
        total = total + np.where((weight > 0) & np.isfinite(part), part, 0.0)
    return Curve(x, total, label)
