"""Nakagami distribution of fading amplitudes.

p(x) = 2*m**m*x**(2*m - 1)*exp(-m*x**2/omega)/(omega**m*gamma(m)),  x > 0

Parameters
    m           shape
    omega       spread: the mean of x**2
    shape=...   another name for m
    spread=...  another name for omega
    scale=...   for omega: sqrt(omega)

Moments
    E[x**2] = omega

Elsewhere
    torch      not there
    TFP        not there
    scipy      nakagami(nu, scale=sqrt(omega))
    Stan       not there
    Wikipedia  m, Omega

>>> from klsym import derive
>>> print(derive("E(Nakagami(m, w), x**2)"))
w

Reference: Nakagami (1960), The m-distribution.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Nakagami",
    parameters=(
        Parameter("m", POSITIVE, "shape"),
        Parameter("omega", POSITIVE, "spread: the mean of x**2"),
    ),
    density="2*m**m*x**(2*m - 1)*exp(-m*x**2/omega)/(omega**m*gamma(m))",
    support="(0, oo)",
    alternatives=(
        Alternative("shape", POSITIVE, "m", "shape", "m"),
        Alternative("spread", POSITIVE, "omega", "spread", "omega"),
        Alternative("scale", POSITIVE, "omega", "scale**2", "root of the mean square"),
    ),
)
