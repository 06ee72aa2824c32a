r"""One name for every spelling: ``mu1``, ``mu_1``, ``\mu_1``, ``μ₁`` are ``mu_1``.

>>> canonical("mu1"), canonical("sigma_prior"), canonical("log_variance"), canonical("lam12")
('mu_1', 'sigma_prior', 'log_variance', 'lam_12')

:class:`Names` says which names are declared, which is what decides between readings: ``x(1-x)`` is
a product when ``x`` is declared a scalar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

_LETTERS_THEN_DIGITS = re.compile(r"([^\W\d_]{1,64})([0-9]{1,64})(?![^\W_])")


LONGEST_NAME = 100


def canonical(word: str) -> str:
    """The canonical spelling of a name: letters and the digits after them are joined by ``_``."""
    return _canonical(word) if len(word) <= LONGEST_NAME else word


@lru_cache(maxsize=4096)
def _canonical(word: str) -> str:
    return _LETTERS_THEN_DIGITS.sub(r"\1_\2", word)


@dataclass(frozen=True)
class Names:
    """The names a text may use.

    ``scalars`` are canonical names of numbers, None when anything may be one; ``functions`` the
    names of functions, densities and families.  A name may be both.  ``preferred`` holds pairs of a
    kind of ambiguity and the reading to take wherever it is met.
    """

    scalars: frozenset[str] | None = None
    functions: frozenset[str] = field(default_factory=frozenset)
    preferred: tuple[tuple[str, str], ...] = ()

    def is_scalar(self, name: str) -> bool:
        """Whether the name is declared a scalar."""
        return self.scalars is not None and name in self.scalars

    def is_function(self, name: str) -> bool:
        """Whether the name is declared a function."""
        return name in self.functions

    def is_word(self, word: str) -> bool:
        """Whether a run of letters is, or begins, a declared name, as ``mu`` begins ``mu_1``."""
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        names = (self.scalars or frozenset()) | self.functions
        return names | frozenset(name.partition("_")[0].rstrip("'") for name in names)
