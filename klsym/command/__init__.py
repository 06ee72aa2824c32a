"""The command line: ``klsym``, ``python -m klsym`` and ``python cli.py`` are the same command.

``klsym --help`` and everything else that decides nothing run without sympy.  A command that
decides a statement has a child process load sympy while this one still reads its options.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from klsym.running.child import Child

ENGINES = {
    "derive": "klsym.checking",
    "check": "klsym.checking",
    "evaluate": "klsym.checking",
    "identify": "klsym.identifying",
    "fit": "klsym.fitting",
    "plot": "klsym.plotting",
    "replay": "klsym.replaying",
}
"""The commands that need a child, each with the module whose function decides it."""


def main() -> NoReturn:
    """Run the command line on ``sys.argv`` and exit with its code."""
    arguments = sys.argv[1:]
    if arguments and arguments[0] in ENGINES and not {"--help", "-h"} & set(arguments):
        from klsym.running.child import Child

        with Child(ENGINES[arguments[0]]) as child:
            code = _run(arguments, child)
    else:
        code = _run(arguments, None)
    raise SystemExit(code)


def _run(arguments: list[str], child: Child | None) -> int:
    from klsym.command.entry import run

    return run(arguments, child)
