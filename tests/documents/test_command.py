from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema

SCHEMA = json.loads((Path(__file__).parents[2] / "klsym" / "schema.json").read_text())
POST = """\
# A post

$q(z) \\sim N(\\mu, \\sigma^2)$ and $p(z) \\sim N(0, 1)$.

$$
KL(q||p) = \\frac{1}{2}(\\mu^2 + \\sigma^2 - 1 + \\log\\sigma^2)
$$

$$ 2 + 2 = 4 $$
"""
SHOWN = """\
{path}
  ✗     6  KL(q||p) = \\frac{{1}}{{2}}(\\mu^2 + \\sigma^2 - 1 + \\log\\sigma^2)
          refuted: the two differ at mu = 0, sigma = 2
           --> {path}:6:12
          6 | KL(q||p) = \\frac{{1}}{{2}}(\\mu^2 + \\sigma^2 - 1 + \\log\\sigma^2)
            |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          at mu = 0, sigma = 2:
            left  = 0.806852819440054690582767878542
            right = 2.19314718055994530941723212146
          sign: the sign before \\log\\sigma^2 is wrong
            repair: \\frac{{1}}{{2}}(\\mu^2 + \\sigma^2 - 1 - \\log\\sigma^2)
                                                     ^
          assuming sigma > 0
  ✓     9  2 + 2 = 4
  1 proved, 1 refuted; 2 other passages

1 proved, 1 refuted
"""

Call = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_wrong_equation_is_shown_with_its_line_its_values_and_its_repair(
    klsym: Call, tmp_path: Path
) -> None:
    path = tmp_path / "post.md"
    path.write_text(POST, encoding="utf-8")
    done = klsym("run", str(path))
    assert done.stdout == SHOWN.format(path=path)
    assert (done.stderr, done.returncode) == ("", 1)


def test_the_json_of_a_run_fits_the_schema(klsym: Call, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("$1 = 1$\n", encoding="utf-8")
    done = klsym("run", str(tmp_path), "--format", "json")
    found = json.loads(done.stdout)
    jsonschema.validate(found, SCHEMA)
    assert [Path(d["path"]).name for d in found["documents"]] == ["notes.txt", "post.md"]
    assert found["counts"] == {"proved": 2, "refuted": 1}
    wrong = found["documents"][1]["claims"][0]
    assert (wrong["line"], wrong["column"], wrong["end_column"]) == (6, 12, 60)
    assert wrong["counterexample"]["point"] == {"mu": "0", "sigma": "2"}


def test_quiet_shows_what_is_not_as_expected(klsym: Call, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text("$$1 = 1$$\n\n<!-- klsym: expect refuted -->\n$$1 = 2$$\n", encoding="utf-8")
    done = klsym("run", str(path), "-q")
    assert done.stdout == f"{path}\n  1 proved, 1 refuted\n\n1 proved, 1 refuted\n"
    assert done.returncode == 0


def test_verbose_lists_what_claims_nothing(klsym: Call, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text(POST, encoding="utf-8")
    assert "declaration: q(z) \\sim N(\\mu, \\sigma^2)" in klsym("run", str(path), "-v").stdout


def test_directives_have_their_manual_page(klsym: Call) -> None:
    done = klsym("explain", "directives")
    assert done.returncode == 0
    assert "expect refuted row 2" in done.stdout


def test_a_declaration_that_cannot_be_read_ends_the_run(klsym: Call, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("$1 = 1$\n")
    done = klsym("run", str(tmp_path), "--let", "p = Normal(")
    assert done.returncode == 2
    assert done.stderr.startswith("error[")
