from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klsym import run
from klsym.documents.blocks import Formula
from klsym.documents.notebook import notebook_blocks
from klsym.documents.source import Source

MARKDOWN = """\
# Gaussian \N{GRINNING FACE}

Let $q(z) \\sim \\mathcal{N}(\\mu, \\sigma^2)$, and é $p(z) \\sim N(0, 1)$.

$$ KL(q||p) = \\frac{1}{2}(\\mu^2 + \\sigma^2 - 1 + \\log\\sigma^2) $$
"""


def notebook(*cells: tuple[str, Any]) -> dict[str, Any]:
    listed = [{"cell_type": kind, "metadata": {}, "source": text} for kind, text in cells]
    return {"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


CELLS = notebook(("code", ["x = '$1 = 2$'"]), ("markdown", MARKDOWN.splitlines(keepends=True)))


def test_a_claim_of_a_notebook_stands_at_its_line_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.ipynb"
    path.write_text(json.dumps(CELLS, indent=1), encoding="utf-8")
    found = run([path]).to_dict()
    (claim,) = found["documents"][0]["claims"]
    line = path.read_text(encoding="utf-8").splitlines()[claim["line"] - 1]
    shown = line[claim["column"] - 1 : claim["end_column"] - 1]
    assert json.loads(f'"{shown}"') == claim["right"]
    assert claim["message"] == "in cell 2: the two differ at mu = 0, sigma = 2"
    assert found["counts"] == {"refuted": 1}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("ascii_only", [True, False])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r$\\")))
def test_every_character_of_a_formula_is_found_in_the_json(
    indent: int | None, ascii_only: bool, text: str
) -> None:
    cell = f"{text}\n\n$a \\le b$"
    written = json.dumps(notebook(("markdown", cell)), indent=indent, ensure_ascii=ascii_only)
    found = [b for b in notebook_blocks(Source("n.ipynb", written)) if isinstance(b, Formula)]
    for block in found:
        excerpt = block.excerpt
        assert excerpt.ends is not None
        pieces = [written[a:b] for a, b in zip(excerpt.offsets, excerpt.ends, strict=True)]
        assert json.loads(f'"{"".join(pieces)}"') == excerpt.text


BAD = {
    "comma": (
        '{"cells": [1,}',
        "{path}:1:14: error[not-json]: not JSON: Expecting value; "
        "open it in Jupyter and save it again",
    ),
    "list": (
        "[1]",
        "{path}: error[not-a-notebook]: no notebook: it has no list of cells; "
        "open it in Jupyter and save it again",
    ),
    "deep": (
        "[" * 100_000,
        "{path}: error[not-json]: not JSON of a notebook; open it in Jupyter and save it again",
    ),
    "number": (
        '{"cells": [{"cell_type": "markdown", "source": 3}]}',
        "{path}: error[not-a-notebook]: the source of cell 1 is no text; "
        "open it in Jupyter and save it again",
    ),
    "twice": (
        '{"cells": [], "cells": [{"cell_type": "markdown", "source": "$1 = 2$"}]}',
        "{path}: error[not-json]: not JSON of a notebook; open it in Jupyter and save it again",
    ),
    "old": (
        '{"worksheets": []}',
        "{path}: error[not-a-notebook]: a notebook of an old format; "
        "open it in Jupyter and save it again",
    ),
    "unclosed": (
        json.dumps(notebook(("code", ""), ("markdown", "$$ 1 = 2"))),
        "{path}:1:118: error[unclosed-display]: this $$ is never closed (cell 2); close it: $$",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_with_a_notebook_is_told(tmp_path: Path, name: str) -> None:
    content, expected = BAD[name]
    path = tmp_path / f"{name}.ipynb"
    path.write_text(content, encoding="utf-8")
    found = run([path])
    assert found.messages == expected.format(path=path)
    assert found.exit_code == 2
