"""From arguments to an exit code: what the commands raise, and how each end is told."""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper
from types import FrameType
from typing import TYPE_CHECKING

import click

from klsym.command.output import say
from klsym.errors import KlsymError

if TYPE_CHECKING:
    from klsym.running.child import Child

UNREADABLE = 2

INTERRUPTED, TERMINATED = 130, 143
"""Exit codes of a process that SIGINT or SIGTERM ends, as shells give them."""


def run(arguments: list[str], child: Child | None) -> int:
    """Run one command; ``child`` is the process that decides, if the command needs one."""
    from klsym.command.commands import klsym

    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows an escape, and the answer is not lost.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = klsym.main(arguments, prog_name="klsym", standalone_mode=False, obj=child)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KlsymError as error:
        say(str(error))
        return UNREADABLE
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return INTERRUPTED
    except Exception as error:
        import traceback

        from klsym.running.messages import fault

        response = fault(f"{type(error).__name__}: {error}")
        say(response.errors)
        if {"-v", "--verbose"} & set(arguments):
            say(traceback.format_exc())
        return response.exit_code
    return code if isinstance(code, int) else 0


def _terminate(number: int, frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)
