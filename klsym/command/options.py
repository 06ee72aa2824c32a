"""The options that several commands share, and reading ``-`` from standard input."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from klsym.errors import KlsymError

if TYPE_CHECKING:
    from klsym.running.shard import Shard

LARGEST_INPUT = 1 << 24
"""Bytes read from standard input; more than this is no formula."""

Command = TypeVar("Command", bound=Callable[..., Any])


def _finite(context: click.Context, parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a number of seconds.", context, parameter)
    return value


FORMATS = ("text", "json", "latex", "markdown")


def _common(formats: Sequence[str]) -> dict[str, Callable[[Command], Command]]:
    return {
        "let": click.option(
            "--let",
            metavar="TEXT",
            multiple=True,
            help="Declare symbols, a density or a name: 'a, b positive', "
            "'p(x) = a*exp(-a*x) on (0, oo)', 'q = Gamma(k, rate=b)'. Repeatable.",
        ),
        "assume": click.option(
            "--assume",
            metavar="TEXT",
            multiple=True,
            help="Assume a relation: 'a < b'. Repeatable.",
        ),
        "strict": click.option("--strict", is_flag=True, help="Every undeclared name is an error."),
        "format": click.option(
            "--format",
            "format_",
            type=click.Choice(formats),
            default="text",
            show_default=True,
            help="What to print.",
        ),
        "output": click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Write to FILE instead of standard output.",
        ),
        "force": click.option("--force", is_flag=True, help="Overwrite FILE if it exists."),
        "digits": click.option(
            "--digits",
            type=click.IntRange(1, 1000),
            default=15,
            show_default=True,
            metavar="N",
            help="Digits of a number, and of the confirmation by quadrature.",
        ),
        "time-limit": click.option(
            "--time-limit",
            type=click.FloatRange(0, 1e6, min_open=True),
            callback=_finite,
            default=20.0,
            show_default=True,
            metavar="SECONDS",
            help="Give up after so long.",
        ),
        "memory-limit": click.option(
            "--memory-limit",
            type=click.IntRange(1, 1 << 40),
            default=2048,
            show_default=True,
            metavar="MB",
            help="Give up beyond so much memory.",
        ),
        "no-cache": click.option(
            "--no-cache",
            "cache",
            flag_value=False,
            default=True,
            help="Decide anew, and keep no answer.",
        ),
        "quiet": click.option("-q", "--quiet", is_flag=True, help="Print the answer alone."),
        "verbose": click.option(
            "-v", "--verbose", is_flag=True, help="Print more; of a fault, its traceback."
        ),
    }


class TakesFormulas(click.Command):
    """A command whose arguments may begin with a minus sign, as ``-log(sigma)`` does.

    A word that begins with ``-`` is an option if it is one of the command's, or begins with
    ``--`` and a letter; otherwise it is an argument.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sort the words into options and arguments, then parse them as usual."""
        flags = {
            name: getattr(option, "is_flag", False) or getattr(option, "count", False)
            for option in self.get_params(ctx)
            if isinstance(option, click.Option)
            for name in (*option.opts, *option.secondary_opts)
        }
        options: list[str] = []
        arguments: list[str] = []
        words = iter(args)
        for word in words:
            if word == "--":
                arguments += words
            elif word in flags:
                options += [word] if flags[word] else [word, *islice(words, 1)]
            elif re.match(r"--[A-Za-z]", word) or self._is_cluster(word, flags):
                options.append(word)
            else:
                arguments.append(word)
        return super().parse_args(ctx, [*options, "--", *arguments])

    @staticmethod
    def _is_cluster(word: str, flags: dict[str, bool]) -> bool:
        """Whether a word is short flags run together, as ``-qv``."""
        letters = [f"-{letter}" for letter in word[1:]]
        return word[:1] == "-" and bool(letters) and all(flags.get(flag) for flag in letters)


def common(
    *,
    formats: Sequence[str] = FORMATS,
    digits: bool = True,
    output: bool = True,
    cache: bool = True,
) -> Callable[[Command], Command]:
    """Add the options that every command that decides something takes."""

    def add(command: Command) -> Command:
        taken = {"digits": digits, "output": output, "no-cache": cache}
        left_out = {name for name, kept in taken.items() if not kept}
        for name, option in reversed(_common(formats).items()):
            if name not in left_out:
                command = option(command)
        return command

    return add


def reporting(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Add the options that say in what form an answer is written, and where to."""

    def add(command: Command) -> Command:
        options = _common(formats)
        for name in ("verbose", "quiet", "force", "output", "format"):
            command = options[name](command)
        return command

    return add


def shard_of(context: click.Context, parameter: click.Parameter, value: str | None) -> Shard | None:
    """The part of the documents that ``3/16`` names."""
    if value is None:
        return None
    from klsym.running.shard import Shard

    found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", value)
    number, count = (int(part) for part in found.groups()) if found else (0, 0)
    if not 1 <= number <= count:
        told = f"{value!r} is no part such as 3/16: from 1/16 to 16/16."
        raise click.BadParameter(told, context, parameter)
    return Shard(number, count)


def in_unit(command: Command) -> Command:
    """Add the option for the unit of a divergence or an entropy."""
    option = click.option(
        "--unit",
        type=click.Choice(["nats", "bits"]),
        default="nats",
        show_default=True,
        help="The unit of divergences and entropies.",
    )
    return option(command)


def with_evidence(command: Command) -> Command:
    """Add the option that writes the evidence of the verdicts to a file."""
    option = click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write what backs each verdict to FILE, for klsym replay.",
    )
    return option(command)


def read_texts(**texts: str) -> dict[str, str]:
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
