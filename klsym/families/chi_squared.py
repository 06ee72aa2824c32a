"""Chi-squared distribution: the sum of k squared standard normal variates.

p(x) = x**(k/2 - 1)*exp(-x/2)/(2**(k/2)*gamma(k/2)),  x > 0

Parameters
    k       degrees of freedom
    df=...  another name for k
    nu=...  another name for k

Moments
    mean k
    variance 2*k

Elsewhere
    torch      Chi2(df)
    TFP        Chi2(df)
    scipy      chi2(df)
    Stan       chi_square(nu)
    Wikipedia  k

>>> from klsym import derive
>>> print(derive("E(ChiSquared(k), x)"))
k

Reference: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 1 (1994), ch. 18.
"""

from __future__ import annotations

from klsym.density import Alternative, Family, Parameter
from klsym.domain import POSITIVE

FAMILY = Family(
    name="ChiSquared",
    parameters=(Parameter("k", POSITIVE, "degrees of freedom"),),
    density="x**(k/2 - 1)*exp(-x/2)/(2**(k/2)*gamma(k/2))",
    support="(0, oo)",
    alternatives=(
        Alternative("df", POSITIVE, "k", "df", "k"),
        Alternative("nu", POSITIVE, "k", "nu", "k"),
    ),
    aliases=("Chi2",),
)
