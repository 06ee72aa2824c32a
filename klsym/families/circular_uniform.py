"""Uniform distribution on the circle.

p(x) = 1/(2*pi),  -pi < x < pi

Moments
    E[cos(x)] = E[sin(x)] = 0

Elsewhere
    torch      Uniform(-pi, pi)
    TFP        Uniform(-pi, pi)
    scipy      uniform(-pi, 2*pi)
    Stan       uniform(-pi(), pi())
    Wikipedia  circular uniform

>>> from klsym import derive
>>> print(derive("H(CircularUniform())"))
log(2*pi)

Reference: Mardia and Jupp, Directional Statistics (2000), ch. 3.
"""

from __future__ import annotations

from klsym.density import Family

FAMILY = Family(
    name="CircularUniform",
    parameters=(),
    density="1/(2*pi)",
    support="(-pi, pi)",
)
