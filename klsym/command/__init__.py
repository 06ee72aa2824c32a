"""The command line: ``klsym``, ``python -m klsym`` and ``python cli.py`` are the same command.

``klsym --help`` and everything else that decides nothing run without sympy.  A command that
decides a statement has a child process load sympy while this one still reads its options; one that
was answered before starts none.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from klsym.cache.store import Store
    from klsym.command.kept import Answers

ENGINES = {
    "derive": "klsym.deriving",
    "check": "klsym.checking",
    "evaluate": "klsym.evaluating",
    "identify": "klsym.identifying",
    "fit": "klsym.fitting",
    "plot": "klsym.plotting",
    "replay": "klsym.replaying",
}
"""The commands that need a child, each with the module whose function decides it."""

INTERRUPTED = 130
"""The exit code of a process that SIGINT ends, as shells give it."""

KEPT = ("check", "derive", "evaluate", "fit", "identify")
"""The commands whose answers are kept."""


def main() -> NoReturn:
    """Run the command line on ``sys.argv`` and exit with its code."""
    try:
        code = _answer(sys.argv[1:])
    except KeyboardInterrupt:
        # Before there was a command to say so, or after.
        code = INTERRUPTED
    raise SystemExit(code)


def _answer(line: list[str]) -> int:
    if not line or line[0] not in ENGINES or {"--help", "-h"} & set(line):
        return _run(line, None)
    if line[0] not in KEPT or "--no-cache" in line:
        return _decide(line, None)

    from klsym.cache.store import Store
    from klsym.command.kept import recall
    from klsym.command.terminal import say, show_escapes

    show_escapes()
    with Store.open(say) as store:
        code = recall(store, line)
        return _decide(line, store) if code is None else code


def _decide(line: list[str], store: Store | None) -> int:
    from klsym.command.kept import Answers
    from klsym.running.child import Child

    with Child(ENGINES[line[0]]) as child:
        return _run(line, Answers(child, store, line))


def _run(line: list[str], answers: Answers | None) -> int:
    from klsym.command.entry import run

    return run(line, answers)
