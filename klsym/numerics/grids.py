"""Grids of floats on which a density is seen: for quadrature, and for pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from klsym.numerics.straightline import Unsupported

COARSE = 4001
"""Points of the grid on which the mass is looked for."""
PANELS = 12
NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)
NEGLIGIBLE = 1e-19
"""A part of the highest value below which an integrand does not matter."""

Array = Any


def nodes(
    weight: Callable[[Array], Array], low: float, high: float, marks: Sequence[float] = ()
) -> tuple[Array, Array]:
    """Points and their shares of the line, where a density has its mass, split at marks."""
    to_x, to_u = _change(low, high)
    u = np.linspace(*_reach(low, high), COARSE)
    for zoom in (False, True):
        x, slope = to_x(u)
        height = np.nan_to_num(weight(x) * slope, nan=0.0, posinf=0.0)
        if not height.max() > 0:
            return x, np.zeros_like(x)
        seen = np.flatnonzero(height > height.max() * NEGLIGIBLE)
        first, last = max(seen[0] - 1, 0), min(seen[-1] + 1, COARSE - 1)
        if not zoom:
            # A narrow mass falls between the points of the grid; look at it from nearer by.
            u = np.linspace(u[first], u[last], COARSE)
    inner = [to_u(mark) for mark in marks]
    edges = [u[first], *(m for m in inner if u[first] < m < u[last]), u[last]]
    panels = np.concatenate(
        [np.linspace(a, b, PANELS + 1)[:-1] for a, b in pairwise(edges)] + [np.array(edges[-1:])]
    )
    half, middle = np.diff(panels) / 2, (panels[1:] + panels[:-1]) / 2
    fine = (middle[:, None] + half[:, None] * NODES).ravel()
    x, slope = to_x(fine)
    return x, slope * (half[:, None] * WEIGHTS).ravel()


def middle_part(
    weight: Callable[[Array], Array],
    low: float,
    high: float,
    *,
    discrete: bool = False,
    share: float = 2e-3,
    widest: float = 8.0,
) -> tuple[float, float]:
    """From where to where a density is worth drawing: all but ``share`` of its mass at each end.

    Of a heavy tail it keeps what lies within ``widest`` times the distance of the quartiles from
    the median.
    """
    with np.errstate(all="ignore"):
        if discrete:
            x = np.arange(max(low, -2000.0), min(high, max(low, -2000.0) + 20000.0) + 1)
            mass = np.nan_to_num(weight(x) * np.ones_like(x))
        else:
            x, shares = nodes(weight, low, high)
            mass = np.nan_to_num(weight(x) * shares)
    total = np.cumsum(mass)
    if not total[-1] > 0:
        raise Unsupported("a density whose mass was not found")
    quantiles = [x[np.searchsorted(total, q * total[-1])] for q in (share, 0.25, 0.5, 0.75)]
    last = x[min(np.searchsorted(total, (1 - share) * total[-1]), len(x) - 1)]
    first, lower, median, upper = map(float, quantiles)
    reach = widest * max(upper - lower, 1e-300)
    return max(first, median - reach), min(float(last), median + reach)


def _reach(low: float, high: float) -> tuple[float, float]:
    return (-18.0, 18.0) if np.isfinite(low) and np.isfinite(high) else (-30.0, 30.0)


def _change(
    low: float, high: float
) -> tuple[Callable[[Array], tuple[Array, Array]], Callable[[float], float]]:
    """From u on the whole line to x with dx/du, and back."""
    if np.isfinite(low) and np.isfinite(high):
        width = high - low

        def finite(u: Array) -> tuple[Array, Array]:
            share = 1 / (1 + np.exp(-u))
            return low + width * share, width * share * (1 - share)

        return finite, lambda x: float(np.log((x - low) / (high - x)))
    if np.isinf(low) and np.isinf(high):
        return lambda u: (np.sinh(u), np.cosh(u)), lambda x: float(np.arcsinh(x))
    end, side = (low, 1) if np.isfinite(low) else (high, -1)
    return (
        lambda u: (end + side * np.exp(u), np.exp(u)),
        lambda x: float(np.log(side * (x - end))),
    )
