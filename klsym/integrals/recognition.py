"""Recognition: the kernel of a density or an integrand, from the master integrals that know it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from klsym.density import Density
from klsym.domain import Context
from klsym.integrals.integrand import Integrand
from klsym.integrals.kernel import Kernel


@lru_cache(maxsize=1024)
def kernel_of(density: Density, context: Context) -> Kernel | None:
    """The kernel of a density, or None if no master integral knows it."""
    return recognise(Integrand.of(density, context))


def kernels_of(density: Density, context: Context) -> Iterator[Kernel]:
    """The kernels of a density from all master integrals that know it, the first one first."""
    first = kernel_of(density, context)
    if first is not None:
        yield first
        yield from (k for k in kernels(Integrand.of(density, context)) if k.rule != first.rule)


def recognise(integrand: Integrand) -> Kernel | None:
    """The kernel of an integrand, from the first master integral that knows it."""
    return next(kernels(integrand), None)


def kernels(integrand: Integrand) -> Iterator[Kernel]:
    """The kernels of an integrand from all master integrals that know it."""
    from klsym.integrals import master_integrals

    for rule in master_integrals():
        kernel = None if rule.recognise is None else rule.recognise(integrand)
        if kernel is not None:
            yield kernel


def mass(density: Density, context: Context) -> Any:
    """The integral of a density over its support in closed form, or None."""
    kernel = kernel_of(density, context)
    if kernel is None:
        return None
    return kernel.mass
