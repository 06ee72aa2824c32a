"""An answer is written whole, or it is told that it was not."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

import pytest
from started import Start, Write


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_leaves_is_no_cause_for_complaint(
    start: Start, write: Write, unbuffered: str
) -> None:
    command = start("run", *write("a " * 6000), env={"PYTHONUNBUFFERED": unbuffered})
    assert command.process.stdout is not None
    assert command.process.stdout.read(1)
    command.process.stdout.close()
    assert command.process.stderr is not None
    assert command.process.stderr.read() == b""
    assert command.process.wait() == 141


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_pipe_that_waits_for_nobody_gets_the_whole_answer(
    start: Start, write: Write, unbuffered: str
) -> None:
    read, written = os.pipe()
    os.set_blocking(written, False)
    line = ("run", *write("a " * 6000), "-j", "1")
    command = start(*line, stdout=written, env={"PYTHONUNBUFFERED": unbuffered})
    os.close(written)
    command.turned("gather")
    time.sleep(0.5)
    with os.fdopen(read, "rb") as pipe:
        out = pipe.read()
    assert command.ended() == (0, "", "")
    assert out.decode().splitlines()[-1] == "6000 proved"


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", ">&- 2>&- <&-"])
def test_an_answer_that_cannot_be_printed_is_an_error(
    start: Start, write: Write, redirection: str
) -> None:
    code, out, err = start("run", *write("a"), redirected=redirection).ended()
    assert (code, out) == (2, "")
    if "2>" not in redirection:
        assert err.startswith("error[unwritable]: cannot write to standard output: ")
        assert err.endswith("\nhelp: write a file: -o FILE\n")


@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-"])
def test_without_standard_error_the_answer_is_the_same(
    start: Start, write: Write, tmp_path: Path, redirection: str
) -> None:
    line = ("run", *write("a"), tmp_path / "none.md")
    code, out, err = start(*line).ended()
    assert err.startswith(f"{tmp_path / 'none.md'}: error[no-such-file]")
    assert start(*line, redirected=redirection).ended() == (code, out, "")


def test_a_full_disk_leaves_no_part_of_a_file(start: Start, write: Write, tmp_path: Path) -> None:
    words = " ".join(f"w{number}" for number in range(300))
    line = ("run", *write(words), "--format", "json", "-j", "1", "-o", tmp_path / "out.json")
    full = start(*line, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)))
    code, out, err = full.ended()
    assert (code, out) == (2, "")
    assert "is not used: " in err  # the cache has no room either
    assert "error[unwritable]: cannot write" in err
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]
    code, _, err = start(*line).ended()
    assert (code, err) == (0, "")
