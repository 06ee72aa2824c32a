"""Chi distribution: the length of a vector of k standard normal variates.

p(x) = 2**(1 - k/2)*x**(k - 1)*exp(-x**2/2)/gamma(k/2),  x > 0

Parameters
    k       degrees of freedom
    df=...  another name for k

Moments
    mean sqrt(2)*gamma((k + 1)/2)/gamma(k/2)
    E[x**2] = k

Elsewhere
    torch      not there
    TFP        df
    scipy      chi(df)
    Stan       not there
    Wikipedia  k

>>> from klsym import derive
>>> print(derive("E(Chi(k), x**2)"))
k

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 18.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="Chi",
    parameters=(Parameter("k", POSITIVE, "degrees of freedom"),),
    density="2**(1 - k/2)*x**(k - 1)*exp(-x**2/2)/gamma(k/2)",
    support="(0, oo)",
    alternatives=(Alternative("df", POSITIVE, "k", "df", "k"),),
)
