from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., "subprocess.CompletedProcess[str]"]

CASES: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "{path}: error[no-such-file]: no such file or folder"),
    "empty": (b"", "{path}: error[empty-file]: an empty file"),
    "blank": (b" \n\n", "{path}: error[empty-file]: an empty file"),
    "binary": (b"a\0b", "{path}: error[binary-file]: a binary file; klsym reads text"),
    "latin-1": (
        b"first\na \xe9\n",
        "{path}:2:3: error[not-utf-8]: byte 0xe9 is not UTF-8; save it as UTF-8",
    ),
    "unclosed": (
        b"prose\n\n$$ a = b\n\nprose\n",
        "{path}:3:1: error[unclosed-display]: this $$ is never closed; close it: $$",
    ),
    "typo": (
        b"\n<!-- klsym: expct refuted -->\n$$1 = 2$$\n",
        "{path}:2:13: error[directive]: unknown directive 'expct'; did you mean expect?",
    ),
    "verdict": (
        b"<!-- klsym: expect refutd -->\n$$1 = 2$$\n",
        "{path}:1:20: error[directive]: 'refutd' is no verdict; did you mean refuted?",
    ),
    "row": (
        b"<!-- klsym: expect refuted row 7 -->\n$$1 = 2$$\n",
        "{path}:1:13: error[directive]: row 7 has no links",
    ),
    "which": (
        b"<!-- klsym: expect refuted -->\n$$1 = 2 = 3$$\n",
        "{path}:1:13: error[directive]: this display has 2 links; say which: expect refuted row 2",
    ),
    "dangling": (
        b"$$1 = 1$$\n\n<!-- klsym: skip -->\n",
        "{path}:3:13: error[directive]: no display follows this directive; put it before a display",
    ),
    "declaration": (
        b"<!-- klsym: let p = Nrmal(0, 1) -->\n<!-- klsym: let a positiv -->\n",
        "{path}:2:19: error[unknown-domain]: unknown domain positiv; did you mean positive?",
    ),
    "front-matter": (
        b"---\nklsym:\n  lets: a positive\n---\n",
        "{path}:3:3: error[directive]: unknown directive 'lets'; did you mean let?",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gets_its_line_and_the_other_files_go_on(
    klsym: Call, tmp_path: Path, name: str
) -> None:
    content, expected = CASES[name]
    path = tmp_path / f"{name}.md"
    if content is not None:
        path.write_bytes(content)
    good = tmp_path / "good.md"
    good.write_text("$$a + a = 2a$$\n", encoding="utf-8")
    done = klsym("run", str(path), str(good), "--format", "json")
    assert done.stderr == expected.format(path=path) + "\n"
    assert done.returncode == 2
    bad, other = json.loads(done.stdout)["documents"]
    assert len(bad["errors"]) == 1
    assert other["counts"] == {"proved": 1}


def test_a_folder_without_documents_is_an_error(klsym: Call, tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("")
    done = klsym("run", str(tmp_path))
    assert done.stderr == (
        f"{tmp_path}: error[no-documents]: a folder without documents; "
        ".md, .markdown, .txt, .tex, .ipynb are read\n"
    )
    assert done.returncode == 2


def test_a_file_of_another_kind_is_an_error(klsym: Call, tmp_path: Path) -> None:
    path = tmp_path / "figure.png"
    path.write_text("x")
    done = klsym("run", str(path))
    assert done.stderr == (
        f"{path}: error[unknown-format]: not a document klsym reads; "
        ".md, .markdown, .txt, .tex, .ipynb are\n"
    )
    assert done.returncode == 2


def test_a_file_that_may_not_be_read_is_an_error(klsym: Call, tmp_path: Path) -> None:
    folder = tmp_path / "folder.md"
    folder.mkdir()
    (folder / "loop.md").symlink_to("loop.md")
    done = klsym("run", str(folder))
    assert "error[" in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.returncode == 2


def test_files_named_twice_are_run_once(klsym: Call, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text("$$1 = 1$$\n")
    done = klsym("run", str(path), str(tmp_path), "--format", "json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["documents"]) == 1


def test_what_comes_from_a_file_cannot_steer_the_terminal(klsym: Call, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text("$$1 = 2 \\text{\x1b[2J}$$\n\n$a\x1b[2Jb = 2$\n", encoding="utf-8")
    done = klsym("run", str(path), "-v")
    assert "\x1b" not in done.stdout + done.stderr


def test_windows_line_ends_and_a_byte_order_mark_shift_nothing(klsym: Call, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_bytes("\ufeffü\r\n\r\n$1 = 2$\r\n".encode())
    done = klsym("run", str(path), "--format", "json")
    ((claim,),) = [d["claims"] for d in json.loads(done.stdout)["documents"]]
    assert (claim["line"], claim["column"]) == (3, 6)
