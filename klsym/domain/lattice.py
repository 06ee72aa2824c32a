"""What can happen to an expression, as bits: negative, zero, positive, or no finite real value.

One bit alone is a proof.  Sums and products of such sets are the sets of what can happen to sums
and products.
"""

from __future__ import annotations

from typing import Any

from klsym.domain.interval import Domain

NEGATIVE, ZERO, POSITIVE, UNDEFINED = 1, 2, 4, 8
ANY = NEGATIVE | ZERO | POSITIVE
UNKNOWN = ANY | UNDEFINED

FLIP = tuple((m & ~5) | (m & 1) << 2 | (m & 4) >> 2 for m in range(16))
"""What can happen to the negative of an expression."""


def product(left: int, right: int) -> int:
    """What can happen to a product.

    >>> product(NEGATIVE, POSITIVE | ZERO) == NEGATIVE | ZERO
    True
    """
    result = (left | right) & (ZERO | UNDEFINED)
    if right & POSITIVE:
        result |= left & ~ZERO
    if right & NEGATIVE:
        result |= FLIP[left] & ~ZERO
    return result


def total(left: int, right: int) -> int:
    """What can happen to a sum.

    >>> total(POSITIVE, POSITIVE | ZERO) == POSITIVE
    True
    """
    if (left | right) & UNDEFINED:
        return UNKNOWN
    result = left & right & ZERO
    for one, other in ((left, right), (right, left)):
        if one & POSITIVE:
            result |= ANY if other & NEGATIVE else POSITIVE
        if one & NEGATIVE:
            result |= ANY if other & POSITIVE else NEGATIVE
    return result


def signs_of(domain: Domain) -> int:
    """The signs of the numbers of a domain."""
    return ends_tell(domain.lower, domain.upper, domain.lower_closed, domain.upper_closed)


def ends_tell(low: Any, high: Any, low_closed: bool, high_closed: bool) -> int:
    """The signs of the numbers between two ends, None being an infinite one."""
    result = ANY
    if low is not None:
        size = low.numerator
        if size >= 0:
            result &= ~NEGATIVE if size == 0 and low_closed else POSITIVE
    if high is not None:
        size = high.numerator
        if size <= 0:
            result &= ~POSITIVE if size == 0 and high_closed else NEGATIVE
    return result
