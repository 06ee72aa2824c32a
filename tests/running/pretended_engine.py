"""An engine that does at once what the real one does only by accident: hang, swell, die."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from klsym.deadline import OutOfTime
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


def run(
    paths: list[str],
    progress: Callable[[str], None],
    given_up: Mapping[str, str] | None = None,
    **options: Any,
) -> Answer:
    """Treat each path as a statement; ``loop`` is one that hangs, ``early`` hangs before any."""
    given_up = given_up or {}
    told = []
    for path in paths:
        while path == "early":
            pass
        if path in given_up:
            told.append(f"{path} given up: {given_up[path]}")
            continue
        progress(path)
        while path == "loop":
            pass
        told.append(f"{path} done")
    return Answer({"told": told, **options})


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
