"""Which values a name may take where nobody says so: the printed table of conventions.

It applies to a statement that is a plain formula, and to documents; each use of it is reported as
an assumption.  The letter counts, not its index or its accent: ``sigma_1`` is as ``sigma``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from klsym.domain import NATURAL, POSITIVE, REAL, UNIT, Domain

_WORDS = {
    POSITIVE: "a b c d g h k l r s t v w alpha beta theta kappa lambda nu sigma tau omega Omega "
    "rate scale shape variance var precision sd order dof A B C",
    REAL: "m x y z u mu delta epsilon varepsilon zeta eta xi phi varphi chi psi X Y Z mean loc "
    "location logit",
    UNIT: "p q prob",
    NATURAL: "n i j D J K M N",
    Domain(lower=Fraction(-1), upper=Fraction(1)): "rho",
}

CONVENTIONS: Mapping[str, Domain] = MappingProxyType(
    {word: domain for domain, words in _WORDS.items() for word in words.split()}
)
"""The table: letters and words by the domain they are taken to have."""

_ACCENTS = frozenset(
    {"hat", "tilde", "bar", "vec", "dot", "ddot", "check", "breve", "underline", "overline"}
)


def convention(name: str) -> Domain | None:
    """The domain that convention gives a name, None where it gives none.

    >>> print(convention("sigma_1"), convention("hat_mu"), convention("p"), convention("foo"))
    positive real unit None
    """
    parts = [part for part in name.split("_") if part]
    while len(parts) > 1 and parts[0] in _ACCENTS:
        parts = parts[1:]
    return CONVENTIONS.get(parts[0].rstrip("'")) if parts else None
