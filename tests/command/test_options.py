from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., int]


def test_the_exit_code_is_that_of_the_result(pretend: Call) -> None:
    assert pretend("check", "anything", "1") == 0
    assert pretend("check", "refuted", "1") == 1
    assert pretend("check", "unreadable", "1") == 2
    assert pretend("check", "sleep", "1", "--time-limit", "0.1") == 3
    assert pretend("check", "fault", "1") == 4


def test_options_reach_the_engine(pretend: Call, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--let", "a positive", "--let", "b real", "--assume", "a < b", "--strict"]
    pretend("check", "S", "F", *options, "--digits", "30", "--format", "json")
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "verdict": "proved",
        "formula": "F",
        "let": ["a positive", "b real"],
        "assume": ["a < b"],
        "strict": True,
        "unit": "nats",
        "digits": 30,
        "time_limit": 18.0,
    }


def test_each_command_passes_what_its_function_takes(
    pretend: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend("derive", "S", "--route", "entropies", "--format", "json")
    derived = json.loads(capsys.readouterr().out)
    assert derived["route"] == "entropies"
    assert derived["statement"] == "S"
    pretend("evaluate", "S", "--at", "mu=0", "--format", "json")
    evaluated = json.loads(capsys.readouterr().out)
    assert evaluated["at"] == "mu=0"
    assert "time_limit" not in evaluated


@pytest.mark.parametrize(
    ("format_", "expected"),
    [("latex", r"\text{an answer}"), ("markdown", "**an answer**")],
)
def test_every_format_can_be_printed(
    pretend: Call, capsys: pytest.CaptureFixture[str], format_: str, expected: str
) -> None:
    assert pretend("derive", "S", "--format", format_) == 0
    assert capsys.readouterr().out == expected + "\n"


def test_a_pipe_gets_no_colour(pretend: Call, capsys: pytest.CaptureFixture[str]) -> None:
    pretend("derive", "S")
    assert "colour=False verbose=0" in capsys.readouterr().out


def test_a_terminal_gets_colour_unless_no_color_is_set(
    pretend: Call, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    pretend("derive", "S", "-v")
    assert "colour=True verbose=1" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    pretend("derive", "S", "-q")
    assert "colour=False verbose=-1" in capsys.readouterr().out


def test_a_traceback_is_shown_only_when_asked_for(
    pretend: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend("check", "fault", "1")
    assert "Traceback" not in capsys.readouterr().err
    pretend("check", "fault", "1", "-v")
    assert "Traceback" in capsys.readouterr().err


def test_an_error_is_an_object_in_json(pretend: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert pretend("check", "unreadable", "?", "--format", "json") == 2
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {
        "error": {
            "name": "bad-formula",
            "message": "expected a number",
            "help": "write one",
            "line": 1,
            "column": 1,
        }
    }
    assert shown.err == ""


def test_an_error_in_text_goes_to_standard_error(
    pretend: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend("check", "unreadable", "?")
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error[bad-formula]")


def test_an_answer_goes_to_the_file_named(pretend: Call, tmp_path: Path) -> None:
    target = tmp_path / "answer.tex"
    assert pretend("derive", "S", "--format", "latex", "-o", str(target)) == 0
    assert target.read_text() == "\\text{an answer}\n"
    assert [p.name for p in tmp_path.iterdir()] == ["answer.tex"]


def test_an_existing_file_is_kept_without_force(
    pretend: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "answer.tex"
    target.write_text("mine")
    assert pretend("derive", "S", "-o", str(target)) == 2
    assert target.read_text() == "mine"
    assert "add --force to overwrite it" in capsys.readouterr().err
    assert pretend("derive", "S", "--format", "latex", "-o", str(target), "--force") == 0
    assert target.read_text() == "\\text{an answer}\n"


def test_a_file_that_cannot_be_written_is_an_error(
    pretend: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pretend("derive", "S", "-o", str(tmp_path / "no" / "file")) == 2
    assert "does not exist" in capsys.readouterr().err
    assert pretend("derive", "S", "-o", str(tmp_path)) == 2
    assert "is a folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_no_file(pretend: Call, tmp_path: Path) -> None:
    assert pretend("check", "unreadable", "?", "-o", str(tmp_path / "answer")) == 2
    assert list(tmp_path.iterdir()) == []


def test_an_answer_can_go_to_a_device(pretend: Call) -> None:
    assert pretend("derive", "S", "-o", "/dev/null") == 0
    assert Path("/dev/null").is_char_device()
