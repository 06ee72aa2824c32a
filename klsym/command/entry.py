"""From arguments to an exit code: what the commands raise, and how each end is told."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import click

from klsym.command import INTERRUPTED, signals
from klsym.command.terminal import say, show_escapes
from klsym.errors import KlsymError

if TYPE_CHECKING:
    from klsym.command.kept import Answers

UNREADABLE = 2


def run(arguments: list[str], answers: Answers | None) -> int:
    """Run one command; ``answers`` are where it asks, if it decides something."""
    from klsym.command.commands import klsym

    signals.heed()
    show_escapes()
    try:
        code = klsym.main(arguments, prog_name="klsym", standalone_mode=False, obj=answers)
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        say(shown.getvalue().rstrip("\n"))
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
