"""A path that is no readable document is an error of its own, and the others are decided."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from started import Start, Write

from klsym.documents.bundle import bundled
from klsym.documents.files import find

NAMES = [b"new\nline.md", "\N{GRINNING FACE}.md".encode(), b"-x.md", b"\xff\xfe.md", b"\x1b[31m.md"]
NOBODY = 65534


def errors(out: str) -> dict[str, str]:
    found = json.loads(out)["documents"]
    return {each["path"]: error["message"] for each in found for error in each["errors"]}


@pytest.fixture
def odd_names(tmp_path: Path) -> Path:
    folder = tmp_path / "odd"
    folder.mkdir()
    for name in NAMES:
        (folder / os.fsdecode(name)).write_text("a late", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "form", ["text", "json", "jsonl", "html", "markdown", "sarif", "junit", "github"]
)
def test_a_document_of_any_name_is_decided_and_told_in_every_format(
    start: Start, odd_names: Path, tmp_path: Path, form: str
) -> None:
    line = ("run", odd_names, "--format", form, "-j", "1", "-o", tmp_path / "out")
    assert start(*line).ended() == (3, "", "")
    told = (tmp_path / "out").read_bytes()
    text = told.decode("utf-8")
    assert "\x1b" not in text
    assert "\N{GRINNING FACE}.md" in text or "%F0%9F%98%80.md" in text
    if form == "json":
        paths = [os.fsencode(found["path"]) for found in json.loads(text)["documents"]]
        assert sorted(os.path.basename(path) for path in paths) == sorted(NAMES)
    if form == "jsonl":
        paths = [os.fsencode(json.loads(line)["path"]) for line in text.splitlines()]
        assert sorted(os.path.basename(path) for path in paths) == sorted(NAMES)
    if form == "sarif":
        assert {"new%0Aline.md", "%FF%FE.md", "%1B%5B31m.md"} <= {
            found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].rpartition("/")[2]
            for found in json.loads(text)["runs"][0]["results"]
        }
    if form == "junit":
        assert len(ET.fromstring(text)) == len(NAMES)
    if form == "github":
        assert [line.partition(" ")[0] for line in text.splitlines()[:-1]] == ["::warning"] * 5


def test_what_is_no_file_is_not_waited_for(start: Start, write: Write, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "zero.tex").symlink_to("/dev/zero")
    (tmp_path / "terminal.md").symlink_to("/dev/tty")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "above").symlink_to(tmp_path)
    (tmp_path / "nowhere.md").symlink_to("none.md")
    write("a")
    code, out, _ = start("run", tmp_path, "--format", "json").ended()
    told = {os.path.basename(path): message for path, message in errors(out).items()}
    assert told == {
        "pipe.md": "neither a file nor a folder",
        "zero.tex": "neither a file nor a folder",
        "terminal.md": "cannot be read: no such device or address",
        "loop.md": "cannot be read: too many levels of symbolic links",
        "nowhere.md": "cannot be read: no such file or directory",
    }
    assert (code, json.loads(out)["counts"]) == (2, {"proved": 1})


def test_paths_that_are_none_are_errors(start: Start, write: Write) -> None:
    long = "x" * 300 + ".md"
    command = start("run", "", long, "/dev/null", "/dev/null/a.md", *write("a"), "--format", "json")
    code, out, _ = command.ended()
    assert errors(out) == {
        "": "no such file or folder",
        long: "cannot be read: file name too long",
        "/dev/null": "not a document klsym reads",
        "/dev/null/a.md": "no such file or folder",
    }
    assert (code, json.loads(out)["counts"]) == (2, {"proved": 1})


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder in which not all may be read; root has to become another user for that."""
    folder = Path(tempfile.mkdtemp())
    (folder / "closed").mkdir()
    for name in ("open.md", "secret.md", "closed/hidden.md"):
        (folder / name).write_text("a")
    folder.chmod(0o755)
    for name in ("closed", "secret.md"):
        (folder / name).chmod(0)
    codecs.lookup("utf-8-sig")  # it is a file, which may be hidden too
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield folder
    os.seteuid(user)
    (folder / "closed").chmod(0o700)
    shutil.rmtree(folder)


def test_what_must_not_be_read_is_an_error_of_its_own(closed: Path) -> None:
    found = dict(find([closed, closed / "closed" / "hidden.md"]))
    errors = {path: error or bundled(path).failure for path, error in found.items()}
    denied = {Path(path) for path, error in errors.items() if error is not None}
    assert denied == {closed / name for name in ("closed", "secret.md", "closed/hidden.md")}
    for error in filter(None, errors.values()):
        assert error.message == "cannot be read: permission denied"
    assert errors[str(closed / "open.md")] is None


def test_a_folder_that_was_deleted_under_the_command_is_no_fault(
    start: Start, write: Write, tmp_path: Path
) -> None:
    (path,) = write("a")
    gone = tmp_path / "gone"
    gone.mkdir()
    command = start(
        *("run", path, ".", "b.md", "-o", "out.txt"),
        before="import os; os.rmdir(os.getcwd())\n",
        cwd=gone,
    )
    code, _, err = command.ended()
    assert code == 2
    assert "Traceback" not in err
    assert "error[unwritable]: cannot write out.txt" in err


def test_a_document_that_is_deleted_after_it_was_listed_is_an_error(
    start: Start, write: Write
) -> None:
    first, second = write("sleep", "a")
    command = start("run", first, second, "-j", "1", "--time-limit", "1", "--format", "json")
    command.turned("sleep")
    second.unlink()
    code, out, _ = command.ended()
    assert errors(out) == {str(second): "cannot be read: no such file or directory"}
    assert (code, json.loads(out)["counts"]) == (2, {"undecided": 1})


def test_ten_thousand_documents_are_all_answered_for(start: Start, tmp_path: Path) -> None:
    for part in range(100):
        folder = tmp_path / "many" / str(part)
        folder.mkdir(parents=True)
        for number in range(100):
            (folder / f"{number}.md").write_text("" if number else "a b")
    code, out, _ = start("run", tmp_path / "many", "--format", "json").ended()
    assert len(json.loads(out)["documents"]) == 10_000
    assert json.loads(out)["counts"] == {"proved": 200}
    assert set(errors(out).values()) == {"an empty file"}
    assert code == 2


def test_of_the_largest_documents_each_is_decided_or_refused(start: Start, write: Write) -> None:
    whole, longer = write("a" + " " * ((1 << 24) - 1), "b" + " " * (1 << 24))
    code, out, _ = start("run", whole, longer, "--format", "json", "-j", "1").ended()
    assert errors(out) == {str(longer): "longer than 16 MB"}
    assert (code, json.loads(out)["counts"]) == (2, {"proved": 1})
