"""Domain: the set of real numbers a symbol may stand for, an interval perhaps of integers only."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Domain:
    """An interval of the real line, or the integers in it.

    ``lower`` and ``upper`` are its ends, None where it is unbounded; an end belongs to it where
    the matching flag says closed.  The ends of a set of integers are integers and closed.

    >>> print(POSITIVE, UNIT, Domain(Fraction(2), Fraction(5)))
    positive unit (2, 5)
    >>> POSITIVE.intersect(INTEGER) == NATURAL
    True
    """

    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_closed: bool = False
    upper_closed: bool = False
    integer: bool = False

    def __post_init__(self) -> None:
        lower, upper = self.lower, self.upper
        if self.integer:
            if lower is not None:
                skip = lower.denominator == 1 and not self.lower_closed
                lower = Fraction(math.ceil(lower) + skip)
            if upper is not None:
                skip = upper.denominator == 1 and not self.upper_closed
                upper = Fraction(math.floor(upper) - skip)
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)
        object.__setattr__(
            self, "lower_closed", lower is not None and (self.integer or self.lower_closed)
        )
        object.__setattr__(
            self, "upper_closed", upper is not None and (self.integer or self.upper_closed)
        )

    def __hash__(self) -> int:
        # A Fraction is slow to hash, and few intervals differ in nothing but an end.
        ends = (self.lower is None, self.upper is None, self.lower_closed, self.upper_closed)
        return hash((*ends, self.integer))

    def intersect(self, other: Domain) -> Domain:
        """The numbers that lie in both; perhaps none, see :attr:`is_empty`."""
        if self == other:
            return self
        lower, lower_closed = self.lower, self.lower_closed
        if other.lower is not None:
            if lower is None or other.lower > lower:
                lower, lower_closed = other.lower, other.lower_closed
            elif other.lower == lower:
                lower_closed = lower_closed and other.lower_closed
        upper, upper_closed = self.upper, self.upper_closed
        if other.upper is not None:
            if upper is None or other.upper < upper:
                upper, upper_closed = other.upper, other.upper_closed
            elif other.upper == upper:
                upper_closed = upper_closed and other.upper_closed
        return Domain(lower, upper, lower_closed, upper_closed, self.integer or other.integer)

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the real line."""
        return self.lower is None and self.upper is None and not self.integer

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        if self.lower is None or self.upper is None or self.lower < self.upper:
            return False
        return self.lower > self.upper or not (self.lower_closed and self.upper_closed)

    def contains(self, number: Fraction) -> bool:
        """Whether ``number`` lies in it."""
        if self.integer and number.denominator != 1:
            return False
        if self.lower is not None and (
            number < self.lower or (number == self.lower and not self.lower_closed)
        ):
            return False
        return self.upper is None or (
            number < self.upper or (number == self.upper and self.upper_closed)
        )

    def includes(self, other: Domain) -> bool:
        """Whether every number of ``other`` lies in it."""
        return other.is_empty or self.intersect(other) == other

    def __str__(self) -> str:
        if self in _WORDS:
            return _WORDS[self]
        lower = "-oo" if self.lower is None else str(self.lower)
        upper = "oo" if self.upper is None else str(self.upper)
        if self.integer:
            return f"{{{lower}..{upper}}}"
        opening = "[" if self.lower_closed else "("
        closing = "]" if self.upper_closed else ")"
        return f"{opening}{lower}, {upper}{closing}"

    def statement(self, name: str) -> str:
        """What the domain says of a symbol of that name.

        >>> POSITIVE.statement("sigma"), UNIT.statement("c"), REAL.statement("mu")
        ('sigma > 0', '0 < c < 1', 'mu real')
        """
        if self.integer or (self.lower is None and self.upper is None):
            word = str(self)
            return f"{name} in {word}" if word.startswith("{") else f"{name} {word}"
        left = f"{self.lower} {'<=' if self.lower_closed else '<'} "
        right = f" {'<=' if self.upper_closed else '<'} {self.upper}"
        if self.lower is None:
            return f"{name}{right}"
        if self.upper is None:
            return f"{name} {'>=' if self.lower_closed else '>'} {self.lower}"
        return f"{left}{name}{right}"


REAL = Domain()
POSITIVE = Domain(lower=Fraction(0))
NEGATIVE = Domain(upper=Fraction(0))
NONNEGATIVE = Domain(lower=Fraction(0), lower_closed=True)
UNIT = Domain(lower=Fraction(0), upper=Fraction(1))
NATURAL = Domain(lower=Fraction(1), lower_closed=True, integer=True)
INTEGER = Domain(integer=True)

DOMAINS: Mapping[str, Domain] = MappingProxyType(
    {
        "real": REAL,
        "positive": POSITIVE,
        "negative": NEGATIVE,
        "nonnegative": NONNEGATIVE,
        "unit": UNIT,
        "natural": NATURAL,
        "integer": INTEGER,
    }
)
"""The words by which a user may name a domain."""
_WORDS = {domain: word for word, domain in DOMAINS.items()}
