"""Gompertz distribution of lifetimes.

p(x) = b*eta*exp(eta + b*x - eta*exp(b*x)),  x > 0

Parameters
    eta           shape
    b             scale: the rate at which the hazard grows
    scale=...     for b: 1/b
    shape=...     another name for eta
    log_rate=...  for b: log(b)

Moments
    mean exp(eta)*expint(1, eta)/b

Elsewhere
    torch      not there
    TFP        not there
    scipy      gompertz(eta, scale=1/b)
    Stan       not there
    Wikipedia  eta, b

>>> from klsym import derive
>>> print(derive("E(Gompertz(h, b), x)"))
exp(h)*expint(1, h)/b

Reference: Bauckhage, arXiv:1402.3193.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE, REAL

FAMILY = Family(
    name="Gompertz",
    parameters=(
        Parameter("eta", POSITIVE, "shape"),
        Parameter("b", POSITIVE, "scale: the rate at which the hazard grows"),
    ),
    density="b*eta*exp(eta + b*x - eta*exp(b*x))",
    support="(0, oo)",
    alternatives=(
        Alternative("scale", POSITIVE, "b", "1/scale", "1/b"),
        Alternative("shape", POSITIVE, "eta", "shape", "eta"),
        Alternative("log_rate", REAL, "b", "exp(log_rate)", "log(b)"),
    ),
)
