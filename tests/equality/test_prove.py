from __future__ import annotations

import pytest
from equal_pairs import PAIRS
from formulas import CONTEXT

from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.verdict import Proof, Verdict


@pytest.mark.parametrize(("left", "right"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_equal_expressions_are_proved_equal_from_either_side(left, right):
    assert isinstance(prove(left, right, CONTEXT), Proof)
    assert decide(right, left, CONTEXT).verdict is Verdict.PROVED
