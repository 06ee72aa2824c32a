from __future__ import annotations

from pathlib import Path
from typing import Any

from klsym import check, run

SEEDED = "$q(z) \\sim N(\\mu, \\sigma^2)$ and $p(z) \\sim N(0, 1)$.\n\n"
COPIED = (
    "$$\\begin{aligned}-\\int q(z) \\log q(z) dz &= \\frac12\\log(2\\pi\\sigma^2) + \\frac12 \\\\"
    " &= \\frac12\\log(2\\pi) + \\frac12(\\mu^2 + \\sigma^2)\\end{aligned}$$\n"
)


def slips(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    path = tmp_path / "post.md"
    path.write_text(text, encoding="utf-8")
    return [dict(slip) for claim in run([path]).claims for slip in claim.finding.diagnoses]


def test_a_stale_head_is_repaired_and_the_rows_it_skips_are_named(tmp_path: Path) -> None:
    (slip,) = [s for s in slips(tmp_path, SEEDED + COPIED) if s["name"] == "stale-head"]
    assert slip["repair"] == (
        r"-\int q(z) \log p(z) dz = \frac12\log(2\pi) + \frac12(\mu^2 + \sigma^2)"
    )
    assert r"drop the row below it: \frac12\log(2\pi\sigma^2) + \frac12" in slip["help"]


def test_no_head_is_blamed_where_another_would_not_help(tmp_path: Path) -> None:
    wrong = COPIED.replace("(\\mu^2 + \\sigma^2)", "(\\mu^2 - \\sigma^2)")
    assert "stale-head" not in {s["name"] for s in slips(tmp_path, SEEDED + wrong)}


def test_a_missing_index_is_put_at_each_parameter(tmp_path: Path) -> None:
    text = "$$KL(q||p) = -\\frac12\\sum_{d=1}^{D}(1 + \\log\\sigma^2 - \\mu^2 - \\sigma^2)$$\n"
    (slip,) = [s for s in slips(tmp_path, SEEDED + text) if s["name"] == "missing-index"]
    assert slip["repair"] == (r"-\frac12\sum_{d=1}^{D}(1 + \log\sigma_d^2 - \mu_d^2 - \sigma_d^2)")


def test_a_sum_that_is_wrong_in_another_way_lacks_no_index(tmp_path: Path) -> None:
    text = "$$KL(q||p) = -\\frac12\\sum_{d=1}^{D}(1 + \\log\\sigma^2 + \\mu^2 - \\sigma^2)$$\n"
    assert "missing-index" not in {s["name"] for s in slips(tmp_path, SEEDED + text)}


def test_a_number_from_a_range_names_the_range() -> None:
    mixture = "1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)"
    result = check(f"KL(Normal(1/8511, 3.268) || {mixture})", "0.51217")
    assert [d.name for d in result.diagnoses] == ["truncated-integral"]
    assert "[-10, 10]" in result.diagnoses[0].help


def test_a_number_from_no_range_names_none() -> None:
    mixture = "1/2*Normal(-3, 1.2) + 1/2*Normal(3, 1.2)"
    result = check(f"KL({mixture} || Normal(-2.863, 1.364))", "3.98727")
    assert str(result.verdict) == "refuted"
    assert result.diagnoses == ()
