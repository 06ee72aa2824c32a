"""The options that several commands share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import wraps
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from klsym.command.output import Output

if TYPE_CHECKING:
    from klsym.cache.table import Limits
    from klsym.running.shard import Shard

Command = Callable[..., Any]


def _finite(context: click.Context, parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a number of seconds.", context, parameter)
    return value


FORMATS = ("text", "json", "latex", "markdown")


def _gathering_output(command: Command) -> Command:
    """The command, given ``output`` for what the options say of how its answer is written."""

    @wraps(command)
    def call(
        *arguments: Any,
        format_: str,
        output: Path | None = None,
        evidence: Path | None = None,
        coverage: bool = False,
        force: bool,
        quiet: bool,
        verbose: bool,
        **options: Any,
    ) -> Any:
        written = Output(format_, output, evidence, coverage, force, quiet, verbose)
        return command(*arguments, output=written, **options)

    return call


def _gathering_limits(command: Command) -> Command:
    """The command, given ``limits`` for what the options say of its time and its memory."""

    @wraps(command)
    def call(*arguments: Any, time_limit: float, memory_limit: int, **options: Any) -> Any:
        from klsym.cache.table import Limits

        return command(*arguments, limits=Limits(time_limit, memory_limit), **options)

    return call


def in_format(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Add the option that says in what form an answer is written."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default="text",
        show_default=True,
        help="What to print.",
    )


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
        "format": in_format(formats),
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
    """Add the options that every command that decides something takes.

    The command gets its ``output``, its ``limits`` and, each by its name, the others.
    """

    def add(command: Command) -> Command:
        command = _gathering_output(_gathering_limits(command))
        taken = {"digits": digits, "output": output, "no-cache": cache}
        left_out = {name for name, kept in taken.items() if not kept}
        for name, option in reversed(_common(formats).items()):
            if name not in left_out:
                command = option(command)
        return command

    return add


def reporting(formats: Sequence[str]) -> Callable[[Command], Command]:
    """Add the options that say in what form an answer is written, and where to: ``output``."""

    def add(command: Command) -> Command:
        command, options = _gathering_output(command), _common(formats)
        for name in ("verbose", "quiet", "force", "output", "format"):
            command = options[name](command)
        return command

    return add


def within(limits: Limits) -> float:
    """The seconds an engine is told: a little less, so that it ends by itself with a reason."""
    return 0.9 * limits.seconds


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


def at_point(command: Command) -> Command:
    """Add the option that gives parameters their values."""
    told = "Values: 'mu=0, sigma=2'."
    return click.option("--at", metavar="POINT", default="", help=told)(command)


def with_coverage(command: Command) -> Command:
    """Add the option that has a run say how far it got."""
    told = "Say how much was read and decided, and why not."
    return click.option("--coverage", is_flag=True, help=told)(command)


def with_evidence(command: Command) -> Command:
    """Add the option that writes the evidence of the verdicts to a file."""
    option = click.option(
        "--evidence",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write what backs each verdict to FILE, for klsym replay.",
    )
    return option(command)
