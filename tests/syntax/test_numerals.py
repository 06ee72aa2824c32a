from __future__ import annotations

import pytest

from klsym import check
from klsym.errors import KlsymError


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        (r"\log_2 3", "log(3)/log(2)"),
        (r"\int_0^1 2x\,dx", "1"),
        (r"\sum_{k=1}^3 2k", "12"),
        (r"\frac 1 2", "1/2"),
        (r"\binom 4 2", "6"),
    ],
)
def test_a_numeral_after_an_argument_of_tex_is_a_new_one(printed: str, value: str) -> None:
    assert str(check(printed, value).verdict) == "proved"


@pytest.mark.parametrize("printed", ["2 3", r"\frac{2 3}{x}", r"\log 2 3"])
def test_a_numeral_after_another_is_an_error(printed: str) -> None:
    with pytest.raises(KlsymError, match="follows another"):
        check(printed, "1")
