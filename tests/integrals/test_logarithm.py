"""What the logarithm of a product is made of."""

from __future__ import annotations

import sympy

from klsym.integrals.logarithm import LARGEST_TRIED, primes_of


def test_an_integer_is_the_product_of_its_primes() -> None:
    for integer in range(1, LARGEST_TRIED + 50):
        assert dict(primes_of(integer)) == sympy.factorint(integer)
