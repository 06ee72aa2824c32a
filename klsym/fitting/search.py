"""All local minima that a search from many starting points finds.

Parameters are moved over the whole line: a positive one by its logarithm, one of an interval by its
log-odds.  The starting points are the moments of the target and of its components, and random
points around them; each is followed downhill (Nelder and Mead), then polished by Newton's method.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from klsym.density import Density, Mixture
from klsym.domain import Domain
from klsym.fitting.problem import Problem
from klsym.floating import in_logs
from klsym.integrals.integrand import within_support
from klsym.numerics.floats import FLOATS
from klsym.numerics.grids import nodes
from klsym.numerics.straightline import generate

SCATTERED = 160
"""Random starting points, of which the best are followed."""
FOLLOWED = 16
SAME = 1e-3
"""Two minima nearer to each other than this, relatively, are one."""
FAR = 40.0
"""A parameter that wanders so far, in its logarithm, has no minimum."""

Value = Callable[[Sequence[float]], float]


@dataclass(frozen=True)
class Minimum:
    """A local minimum: the parameters and the value there, as floats."""

    point: tuple[float, ...]
    value: float


@dataclass(frozen=True)
class Search:
    """What was found, the lowest first, from how many starting points; ``escaped`` tells of runs
    that went down towards the edge of the domain."""

    minima: tuple[Minimum, ...]
    starts: int
    escaped: int


def search(problem: Problem, value: Value, hint: Sequence[float] | None = None) -> Search:
    """The local minima of a function of the problem's parameters."""
    domains = [problem.context.domains[s.name] for s in problem.parameters]

    def moved(u: Any) -> float:
        return value([_back(domain, float(t)) for domain, t in zip(domains, u, strict=True)])

    centres = list(_moments(problem))
    starts = [] if hint is None else [_forth_all(domains, hint)]
    starts += [start for centre in centres for start in _placed(domains, *centre)]
    scattered = list(_scattered(domains, centres))
    ranked = sorted(scattered, key=moved)[:FOLLOWED]
    minima: list[Minimum] = []
    escaped = 0
    for start in [*starts, *ranked]:
        if not np.isfinite(moved(start)):
            continue
        found = minimize(
            moved, start, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-13}
        )
        u = _polished(moved, found.x)
        if u is None:
            escaped += 1
            continue
        point = tuple(_back(domain, float(t)) for domain, t in zip(domains, u, strict=True))
        if not any(_same(point, other.point) for other in minima):
            minima.append(Minimum(point, moved(u)))
    minima.sort(key=lambda minimum: minimum.value)
    return Search(tuple(minima), len(starts) + len(scattered), escaped)


def _same(a: Sequence[float], b: Sequence[float]) -> bool:
    size = max(map(abs, (*a, *b)))
    return all(
        abs(s - t) <= SAME * max(abs(s), abs(t), SAME * size) for s, t in zip(a, b, strict=True)
    )


def _polished(moved: Callable[[Any], float], u: Any) -> Any:
    """The point made exact by Newton's method; None if it is no minimum inside the domain."""
    for _ in range(4):
        gradient, curvature = _derivatives(moved, u)
        if not np.all(np.isfinite(curvature)) or np.max(np.abs(u)) > FAR:
            return None
        if np.linalg.eigvalsh(curvature)[0] <= 0:
            return None
        step = np.linalg.solve(curvature, gradient)
        if np.max(np.abs(step)) > 0.1:
            return None
        u = u - step
    return u


def _derivatives(moved: Callable[[Any], float], u: Any) -> tuple[Any, Any]:
    """Gradient and second derivatives by central differences of the fourth order."""
    n, h = len(u), 2e-3
    unit = np.eye(n) * h
    gradient, curvature = np.zeros(n), np.zeros((n, n))
    middle = moved(u)
    for i in range(n):
        near, far = (
            [moved(u + s * unit[i]) for s in (1, -1)],
            [moved(u + s * unit[i]) for s in (2, -2)],
        )
        gradient[i] = (8 * (near[0] - near[1]) - (far[0] - far[1])) / (12 * h)
        curvature[i, i] = (16 * sum(near) - sum(far) - 30 * middle) / (12 * h * h)
        for j in range(i):
            corners = [
                s * t * moved(u + s * unit[i] + t * unit[j]) for s in (1, -1) for t in (1, -1)
            ]
            curvature[i, j] = curvature[j, i] = sum(corners) / (4 * h * h)
    return gradient, curvature


def _moments(problem: Problem) -> Iterator[tuple[float, float]]:
    """Mean and standard deviation of the target and of its components, where they are finite."""
    target = problem.target
    parts: list[Density | Mixture] = [target]
    if isinstance(target, Mixture):
        parts += [part for _, part in target.components]
    for part in parts:
        inside = within_support(part, problem.context)
        x, support = part.variate, part.support
        weight = generate(in_logs(part.at(x), inside), (x,), FLOATS)
        low, high = (float(end) for end in (support.lower, support.upper))
        with np.errstate(all="ignore"):
            if support.discrete:
                k = np.arange(max(low, -5000.0), min(high, low + 20000.0) + 1)
                places, mass = k, weight(k) * np.ones_like(k)
            else:
                places, shares = nodes(weight, low, high)
                mass = weight(places) * shares
        total = mass.sum()
        if not total > 0:
            continue
        mean = float((mass * places).sum() / total)
        spread = math.sqrt(max(float((mass * (places - mean) ** 2).sum() / total), 1e-12))
        if math.isfinite(mean) and math.isfinite(spread):
            yield mean, spread


def _placed(domains: Sequence[Domain], mean: float, spread: float) -> Iterator[Any]:
    """Starting points at a place: real parameters at the mean, positive ones at the spread."""
    for factor in (1.0, 0.5, 2.0):
        yield np.array(
            [
                math.log(spread * factor)
                if _is_half_line(domain)
                else mean
                if domain.lower is None and domain.upper is None
                else 0.0
                for domain in domains
            ]
        )


def _scattered(domains: Sequence[Domain], centres: Sequence[tuple[float, float]]) -> Iterator[Any]:
    random = np.random.default_rng(0)
    middle, width = centres[0] if centres else (0.0, 1.0)
    for _ in range(SCATTERED):
        yield np.array(
            [
                random.normal(middle, 1.5 * width)
                if domain.lower is None and domain.upper is None
                else random.normal(0.0, 2.0) + (math.log(width) if _is_half_line(domain) else 0.0)
                for domain in domains
            ]
        )


def _is_half_line(domain: Domain) -> bool:
    return (domain.lower is None) != (domain.upper is None)


def _back(domain: Domain, u: float) -> float:
    """From the whole line into the domain."""
    low, high = domain.lower, domain.upper
    if low is not None and high is not None:
        return float(low) + float(high - low) / (1 + math.exp(-min(max(u, -700.0), 700.0)))
    if low is not None:
        return float(low) + math.exp(min(u, 700.0))
    if high is not None:
        return float(high) - math.exp(min(u, 700.0))
    return u


def _forth(domain: Domain, value: float) -> float:
    low, high = domain.lower, domain.upper
    if low is not None and high is not None:
        return math.log((value - float(low)) / (float(high) - value))
    if low is not None:
        return math.log(value - float(low))
    if high is not None:
        return math.log(float(high) - value)
    return value


def _forth_all(domains: Sequence[Domain], point: Sequence[float]) -> Any:
    return np.array([_forth(domain, value) for domain, value in zip(domains, point, strict=True)])
