"""Borel distribution: the total progeny of a branching process with Poisson offspring.

p(x) = (mu*x)**(x - 1)*exp(-mu*x)/x!,  x in {1, 2, 3, ...},  0 < mu < 1

Parameters
    mu         mean offspring, or the load of a queue that serves in constant time

Moments
    mean 1/(1 - mu)
    variance mu/(1 - mu)**3

Elsewhere
    torch      none
    TFP        none
    scipy      none
    Stan       none
    Wikipedia  mu

>>> from klsym import derive
>>> print(derive("E(Borel(m), x)"))
1/(1 - m)

Reference: Johnson, Kemp and Kotz, Univariate Discrete Distributions (2005), section 7.2.
"""

from __future__ import annotations

from klsym.density import Family, Parameter
from klsym.domain import UNIT

FAMILY = Family(
    name="Borel",
    parameters=(Parameter("mu", UNIT, "mean offspring"),),
    density="(mu*x)**(x - 1)*exp(-mu*x)/factorial(x)",
    support="{1..oo}",
)
