"""An engine that does at once what the real one does only by accident: hang, swell, die."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klsym.deadline import OutOfTime
from klsym.documents.claims import Claim, Document
from klsym.documents.finding import Finding
from klsym.documents.source import Place
from klsym.errors import KlsymError, Span


@dataclass(frozen=True)
class Answer:
    fields: dict[str, Any]
    exit_code: int = 0

    def to_dict(self) -> dict[str, Any]:
        return self.fields

    def to_text(self, colour: bool = False, verbose: int = 0) -> str:
        return f"{self.fields} colour={colour} verbose={verbose}"

    def to_latex(self) -> str:
        return r"\text{an answer}"

    def to_markdown(self) -> str:
        return "**an answer**"


def derive(statement: str, **options: Any) -> Answer:
    return Answer({"statement": statement, **options})


def evaluate(statement: str, **options: Any) -> Answer:
    return Answer({"statement": statement, **options})


def read(bundle: dict[str, Any], setting: dict[str, Any], told: Any) -> dict[str, Any]:
    """Each word of a document is a question; ``unreadable`` begins one that is none, and ``linger``
    makes it take a while."""
    words = _words(bundle)
    _log("read")
    if "linger" in words:
        time.sleep(0.5)
    if words[:1] == ["unreadable"]:
        raise KlsymError("bad-let", "not understood", place="--let")
    if words[:1] == ["unread"]:
        check("loop", "")
    if words[:1] == ["slow"]:
        time.sleep(0.6)
    if words[:1] == ["dies"]:
        mark = Path(f"{bundle['path']}.dead")
        if not mark.exists():
            mark.touch()
            os._exit(9)
    if words[:1] == ["broken"]:
        check("fault", "")
    return {"keys": list(dict.fromkeys(words))}


def decide(keys: list[str], told: Any, **document: Any) -> dict[str, Any]:
    """Treat each key as a statement; ``pause...`` takes a while, ``keep`` is not given back, of
    the answer to ``half`` half is told."""
    for key in keys:
        if key == "mute":
            continue
        told.turning(key, f"at {key}")
        _log(key)
        if key.startswith("pause"):
            time.sleep(0.2)
        elif key == "keep":
            _kept.append(bytes(1 << 30))
        elif key == "half":
            os.write(told.stream.fileno(), b'{"answered": "half", "answer": {"verdict": "proved')
            os._exit(9)
        else:
            check(key, "1")
        told.answered(key, {"verdict": "proved"})
    return {"answered": len(keys)}


def gather(
    bundle: dict[str, Any], setting: dict[str, Any], answers: dict[str, Any], told: Any
) -> dict[str, Any]:
    """A claim for each word; ``linger`` makes it take a while."""
    _log("gather")
    if "linger" in answers:
        time.sleep(0.5)
    claims = [
        Claim(Place(1, 1 + n, 1, 2 + n), word, "1", Finding.from_data(answers[word]))
        for n, word in enumerate(_words(bundle))
    ]
    return {"documents": [Document(bundle["path"], tuple(claims)).to_data()]}


_kept: list[bytes] = []


def _log(step: str) -> None:
    """Write down what is done by which process, where somebody wants to know."""
    if "PRETENDED_LOG" in os.environ:
        with open(os.environ["PRETENDED_LOG"], "a", encoding="utf-8") as file:
            file.write(f"{step} {os.getpid()}\n")


def _words(bundle: dict[str, Any]) -> list[str]:
    words: list[str] = bundle["files"][bundle["path"]].split()
    return words


def check(statement: str, formula: str, **options: Any) -> Answer:
    """Do what ``statement`` names."""
    match statement:
        case "refuted":
            return Answer({"verdict": "refuted"}, exit_code=1)
        case "loop":
            while True:
                pass
        case "sleep":
            time.sleep(3600)
        case "swell":
            held = []
            while True:
                held.append(bytearray(1 << 24))
        case "grind":
            sum(range(1 << 62))  # no other thread runs meanwhile, and no signal is handled
        case "gulp":
            bytearray(50 << 30)
        case "flood":
            for _ in range(500):
                os.write(2, bytes(1 << 16))
        case "recurse":
            return check("recurse", formula)
        case "abort":
            os.write(2, b"GNU MP: Cannot allocate memory (size=8)\n")
            os.abort()
        case "late":
            raise OutOfTime
        case "vanish":
            os._exit(7)
        case "print":
            print("a library says hello")
            os.write(1, b'{"output": "forged"}\n')
            sys.stdout.flush()
        case "fault":
            raise ZeroDivisionError("no such\ncase")
        case "unreadable":
            raise KlsymError(
                "bad-formula",
                "expected a number",
                text=formula,
                span=Span(0, 1),
                help="write one",
                place="formula",
            )
        case "process":
            return Answer({"pid": os.getpid(), "sympy": "sympy" in sys.modules})
    return Answer({"verdict": "proved", "formula": formula, **options})
