"""One finding for one error, at the row where it enters; and how much was covered."""

from __future__ import annotations

from pathlib import Path

from klsym import run
from klsym.documents import Document

GAUSSIAN = "$X \\sim N(\\mu, \\sigma^2)$\n\n"


def check(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "post.md"
    path.write_text(text, encoding="utf-8")
    (document,) = run([path]).documents
    return document


def chain(*rows: str) -> str:
    return "$$\\begin{aligned}" + " \\\\ &= ".join(rows) + "\\end{aligned}$$\n\n"


def test_a_row_that_disagrees_with_agreeing_neighbours_is_one_finding(tmp_path: Path) -> None:
    rows = ("(a+b)^2", "a^2 + ab + b^2", "a^2 + 2ab + b^2")
    document = check(tmp_path, chain(*rows))
    assert [str(claim.verdict) for claim in document.claims] == ["refuted", "refuted"]
    (finding,) = document.findings
    assert finding.claims == (0, 1)
    assert "it is the wrong one" in finding.message
    assert document.claims[1].finding.diagnoses == ()


def test_two_errors_in_one_chain_are_two_findings(tmp_path: Path) -> None:
    document = check(tmp_path, chain("(a+b)^2", "a^2 + ab + b^2", "a^2 + 3ab + b^2"))
    assert [finding.claims for finding in document.findings] == [(0,), (1,)]


def test_an_error_that_a_later_display_repeats_is_one_finding(tmp_path: Path) -> None:
    text = GAUSSIAN + chain("E[X^2]", "\\mu^2 - \\sigma^2", "(\\mu-\\sigma)(\\mu+\\sigma)")
    document = check(tmp_path, text + "$$E[X^2] = (\\mu+\\sigma)(\\mu-\\sigma)$$\n")
    assert [finding.claims for finding in document.findings] == [(0, 2)]
    assert document.claims[2].finding.message == "the error of line 3 again"


def test_a_true_document_has_no_finding(tmp_path: Path) -> None:
    assert check(tmp_path, GAUSSIAN + "$E[X] = \\mu$").findings == ()


def test_coverage_lists_causes_by_how_often_they_occur(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text("$1 + 1 = 2$, $a = \\foo$, $\\bar b = \\foo$, $\\zeta(3) = \\oof$, $x$\n")
    covered = run([path], coverage=True)
    found = covered.coverage
    assert (found.claims, found.read, found.decided) == (4, 1, 1)
    assert [cause.count for cause in found.causes] == [2, 1]
    assert found.causes[0].places[0] == f"{path}:1:19"
    assert "2  unread: unknown-macro: \\foo is not known" in covered.to_text()
    assert "coverage" in covered.to_dict()
    assert "coverage" not in run([path]).to_dict()
