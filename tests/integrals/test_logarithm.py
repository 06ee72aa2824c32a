"""What the logarithm of a product is made of."""

from __future__ import annotations

import sympy

from klsym.domain import NEGATIVE, POSITIVE, Context
from klsym.integrals.logarithm import LARGEST_TRIED, expand_log, primes_of


def test_an_integer_is_the_product_of_its_primes() -> None:
    for integer in range(1, LARGEST_TRIED + 50):
        assert dict(primes_of(integer)) == sympy.factorint(integer)


def test_the_log_of_what_is_negative_stays_as_it_is() -> None:
    context = Context().declare("c", NEGATIVE).declare("x", POSITIVE)
    c, x = context.symbols
    assert expand_log(c * x, context) == sympy.log(c * x)
    assert expand_log(-c * x, context) == sympy.log(-c) + sympy.log(x)
