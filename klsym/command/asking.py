"""One request to a child process, from the options of a command to its exit code."""

from __future__ import annotations

import sys
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klsym.command.options import within
from klsym.command.output import Output, write_file
from klsym.command.terminal import say
from klsym.errors import KlsymError

if TYPE_CHECKING:
    from klsym.cache.table import Limits
    from klsym.command.kept import Answers

LARGEST_INPUT = 1 << 24
"""Bytes read from standard input; more than this is no formula."""


def ask(
    answers: Answers,
    command: str,
    texts: dict[str, str],
    extra: dict[str, Any],
    *,
    output: Output,
    limits: Limits,
    layout: dict[str, Any] | None = None,
    cache: bool = True,
    **shared: Any,
) -> int:
    """Have a command's function called, and write what it answers; returns the exit code.

    It is called with the ``texts``, of which one may be read from standard input, and with what
    is ``extra`` to the command, or ``shared`` with others.  Without a ``cache`` there are no
    answers kept to ask.
    """
    from klsym.running.messages import Request, refuse

    output.check()
    arguments = {**extra, **shared}
    if command not in ("evaluate", "replay"):
        arguments["time_limit"] = within(limits)
    try:
        arguments |= _read(**texts)
    except KlsymError as error:
        response = refuse(error, output.format)
    else:
        response = answers.ask(
            Request(
                command=command,
                arguments=arguments,
                format=output.format,
                colour=output.colour,
                verbose=output.level,
                layout=layout or {},
                time_limit=limits.seconds,
                memory_limit=limits.megabytes,
                evidence=None if output.evidence is None else str(output.evidence),
            ),
            printed=output.path is None and not output.verbose and "-" not in texts.values(),
        )
    for path, data in response.files.items():
        write_file(b64decode(data), Path(path), output.force)
    if response.output:
        output.write(response.output)
    if response.errors:
        say(response.errors)
    if output.verbose and response.details:
        say(response.details)
    return response.exit_code


def _read(**texts: str) -> dict[str, str]:
    """The texts, with ``-`` replaced by what standard input holds.

    Raises KlsymError if more than one is ``-``, or the input is not UTF-8 or far too long.
    """
    dashes = [name for name, text in texts.items() if text == "-"]
    if len(dashes) > 1:
        raise KlsymError(
            "input-twice",
            f"standard input can be one of {' and '.join(dashes)}, not all",
            help="give the other as an argument",
        )
    return {name: _standard_input() if text == "-" else text for name, text in texts.items()}


def _standard_input() -> str:
    data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
    if len(data) > LARGEST_INPUT:
        raise KlsymError(
            "too-long",
            f"standard input is longer than {LARGEST_INPUT >> 20} MB",
            place="standard input",
            help="give one formula",
        )
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise KlsymError(
            "not-utf-8",
            f"byte {error.start + 1} of standard input is not UTF-8",
            place="standard input",
            help="save it as UTF-8",
        ) from error
