"""Arcsine distribution on the unit interval: Beta(1/2, 1/2).

p(x) = 1/(pi*sqrt(x*(1 - x))),  0 < x < 1

Moments
    mean 1/2
    variance 1/8

Elsewhere
    torch      not there
    TFP        not there
    scipy      arcsine()
    Stan       not there
    Wikipedia  arcsine

>>> from klsym import derive
>>> print(derive("E(Arcsine(), x)"))
1/2

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995), ch. 25.
"""

from __future__ import annotations

from klsym.density import Family

FAMILY = Family(
    name="Arcsine",
    parameters=(),
    density="1/(pi*sqrt(x*(1 - x)))",
    support="(0, 1)",
)
