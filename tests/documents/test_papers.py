from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from klsym import run

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "tests" / "data" / "papers" / "kl-appendix"

# Line and column of each claim of the paper, with its verdict.
CLAIMS = {
    "paper.tex": [
        (58, 17, "proved"),
        (63, 16, "proved"),
        (64, 16, "proved"),
        (69, 15, "refuted"),
        (76, 20, "proved"),
        (77, 8, "proved"),
        (81, 21, "proved"),
        (83, 8, "proved"),
        (85, 8, "proved"),
        (90, 16, "proved"),
        (92, 8, "proved"),
        (97, 15, "proved"),
        (101, 68, "proved"),
        (102, 22, "refuted"),
        (110, 4, "unread"),
        (113, 4, "unread"),
        (114, 51, "proved"),
    ],
    "sections/exponential.tex": [(5, 15, "proved"), (8, 16, "refuted")],
}


@pytest.mark.parametrize("given", [PAPER, PAPER / "paper.tex"])
def test_every_claim_of_a_paper_has_its_verdict_at_its_place(given: Path) -> None:
    found = run([given])
    assert found.messages == ""
    assert {
        Path(document.path).relative_to(PAPER).as_posix(): [
            (claim.place.line, claim.place.column, str(claim.verdict)) for claim in document.claims
        ]
        for document in found.documents
    } == CLAIMS


def test_a_directive_in_a_paper_says_what_to_expect() -> None:
    against = [claim.place.line for claim in run([PAPER]).claims if claim.against]
    assert against == [102, 8]


def test_the_json_of_a_paper_fits_the_schema() -> None:
    schema = json.loads((ROOT / "klsym" / "schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(run([PAPER]).to_dict())), schema)


def write(folder: Path, **files: str) -> list[Path]:
    paths = [folder / name.replace("__", "/").replace("_tex", ".tex") for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_macro_of_an_included_file_is_known_below(tmp_path: Path) -> None:
    path, _ = write(tmp_path, a_tex=r"\input{b.tex} $\two = 2$", b_tex=r"\newcommand{\two}{1 + 1}")
    (claim,) = run([path]).claims
    assert (str(claim.verdict), claim.left) == ("proved", "1 + 1")


def test_an_included_file_is_read_once_with_what_includes_it(tmp_path: Path) -> None:
    write(tmp_path, a_tex="$1 = 1$", b_tex=r"\input{a} $2 = 2$", c_tex="$3 = 3$")
    found = {Path(document.path).name: document.counts for document in run([tmp_path]).documents}
    assert found == {"a.tex": {"proved": 1}, "b.tex": {"proved": 1}, "c.tex": {"proved": 1}}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("/etc/hostname", "a document includes files of its own folder only"),
        ("../outside", "a document includes files of its own folder only"),
        ("sub/../../outside", "a document includes files of its own folder only"),
        ("link", "it is a link that leads out of the document's folder"),
        ("paper", "it includes itself"),
        ("round", "it includes itself"),
    ],
)
def test_a_document_includes_only_files_of_its_folder(
    tmp_path: Path, name: str, message: str
) -> None:
    path, outside, _ = write(
        tmp_path,
        paper__paper_tex=rf"\input{{{name}}} $1 = 1$",
        outside_tex="$1 = 2$",
        paper__round_tex=r"\input{paper}",
    )
    (tmp_path / "paper" / "link.tex").symlink_to(outside)
    found = run([path])
    (error,) = found.errors
    assert (error.name, error.line) == ("not-included", 1)
    assert error.message.endswith(message)
    assert found.counts == {"proved": 1}
    assert found.exit_code == 2


def test_a_missing_file_is_told_and_costs_nothing(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a_tex="\n\\include{b} $1 = 1$")
    found = run([path])
    (other,) = [other for other in found.documents[0].other if other.kind == "missing"]
    assert (other.line, other.notes) == (2, ("no such file in the document's folder",))
    assert found.exit_code == 0


def test_files_that_include_each_other_twice_over_come_to_an_end(tmp_path: Path) -> None:
    files = {f"x{i}_tex": rf"\input{{x{i + 1}}}\input{{x{i + 1}}}" for i in range(30)}
    first, *_ = write(tmp_path, **files, x30_tex="$1 = 1$")
    found = run([first])
    assert {error.name for error in found.errors} == {"not-included"}
    assert "more than 200 inclusions" in found.messages


def test_a_paper_says_in_which_encoding_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.tex"
    path.write_bytes("\\usepackage[latin1]{inputenc}\nMaß und Zahl: é $1 = 1$".encode("latin-1"))
    (claim,) = run([path]).claims
    assert (claim.place.line, claim.place.column) == (2, 22)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a \xe9", "{path}:1:3: error[not-utf-8]: byte 0xe9 is not UTF-8; save it as UTF-8"),
        (b"a\0b", "{path}: error[binary-file]: a binary file; klsym reads text"),
        (b"", "{path}: error[empty-file]: an empty file"),
        (
            b"\\begin{align}\n 1 = 1",
            "{path}:1:1: error[unclosed-display]: this \\begin{{align}} is never closed; "
            "close it: \\end{{align}}",
        ),
        (
            b"% klsym: expct refuted\n",
            "{path}:1:10: error[directive]: unknown directive 'expct'; did you mean expect?",
        ),
    ],
)
def test_what_is_wrong_with_a_paper_is_told_at_its_place(
    tmp_path: Path, content: bytes, message: str
) -> None:
    path = tmp_path / "paper.tex"
    path.write_bytes(content)
    found = run([path])
    assert found.messages == message.format(path=path)
    assert found.exit_code == 2


def test_a_display_without_rows_may_be_skipped(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a_tex="% klsym: skip\n\\[ & \\]")
    (other,) = run([path]).documents[0].other
    assert other.kind == "skipped"


PROSE = r"""
{item} $P$: $X \sim \mathrm{{Gam}}(a_1, b_1)$

{item} Suppose that $\sigma = 1$, then $\sigma^2 = 1$. We have $p = 3$ only if {aside}
it is so, where $b > 0$ and $|b| = b$.

If $a = 2$, then {opening} a^2 = 4 {closing}
"""


def test_words_say_the_same_in_every_format(tmp_path: Path) -> None:
    tex = PROSE.format(
        item=r"\item", aside="% when $x$", opening=r"\begin{equation}", closing=r"\end{equation}"
    )
    markdown = PROSE.format(item="-", aside="", opening="\n\n$$", closing="$$\n")
    (tmp_path / "a.tex").write_text(tex, encoding="utf-8")
    (tmp_path / "a.md").write_text(markdown, encoding="utf-8")
    cell = {"cell_type": "markdown", "source": markdown.splitlines(keepends=True)}
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    found = [
        (
            [(claim.left, claim.right, claim.verdict) for claim in document.claims],
            [(other.kind, other.text) for other in document.other],
        )
        for document in run([tmp_path]).documents
    ]
    assert len(found) == 3
    assert found[0] == found[1] == found[2]
    assert [verdict for _, _, verdict in found[0][0]] == ["proved"] * 3


@pytest.mark.parametrize("text", ["}" * 1000, "{" * 1000, r"\begin{align}" * 300, "$" * 999, "\\"])
def test_unbalanced_tex_is_no_fault(tmp_path: Path, text: str) -> None:
    path = tmp_path / "paper.tex"
    path.write_text(text, encoding="utf-8")
    assert run([path]).exit_code in (0, 2)
