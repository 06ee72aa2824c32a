"""Pictures by matplotlib: densities above, an integrand shaded by its sign below, or one curve.

They are drawn to be read in grey too: what is negative is hatched, and lines differ in their style.
Needs the extra ``klsym[plot]``.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from klsym.errors import KlsymError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMS = ("svg", "png", "pdf")
INK = ("#1f4e79", "#d98324", "#4a4a4a", "#7a9e3b")
STYLES = ("-", "--", "-.", ":")
FILL = 0.25
BELOW = "#b04a5a"
"""Of an area that is negative."""

Array = Any


@dataclass(frozen=True)
class Curve:
    """Values over an axis, with the label of the legend."""

    x: Array
    y: Array
    label: str


@dataclass(frozen=True)
class Picture:
    """What is to be drawn: densities, below them an integrand; or a divergence over a parameter.

    ``discrete`` draws bars, ``axis`` names the horizontal axis.
    """

    title: str
    densities: tuple[Curve, ...] = ()
    integrand: Curve | None = None
    sweep: Curve | None = None
    axis: str = "x"
    discrete: bool = False


def draw(picture: Picture, form: str) -> bytes:
    """The picture as a file of that form: svg, png or pdf.

    Raises KlsymError ``needs-matplotlib`` where it is not installed.
    """
    require_matplotlib()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.hashsalt": "klsym",
        "svg.fonttype": "path",
        "font.size": 10,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "hatch.linewidth": 0.6,
        "text.parse_math": False,
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(6.4, 4.8 if picture.integrand else 3.6), layout="constrained")
        _lay_out(figure, picture)
        file = io.BytesIO()
        undated: dict[str, Any] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
        figure.savefig(file, format=form, dpi=160, metadata=undated.get(form))
    return file.getvalue()


def require_matplotlib() -> None:
    """Raise KlsymError ``needs-matplotlib`` where it, NumPy or SciPy is not installed."""
    try:
        for name in ("numpy", "scipy", "matplotlib"):
            import_module(name)
    except ImportError as error:
        raise KlsymError(
            "needs-matplotlib",
            "a picture needs matplotlib, NumPy and SciPy",
            help="pip install 'klsym[plot]'",
        ) from error


def _lay_out(figure: Figure, picture: Picture) -> None:
    if picture.sweep is not None:
        axes = figure.subplots()
        axes.plot(picture.sweep.x, picture.sweep.y, color=INK[0])
        axes.set(xlabel=picture.axis, ylabel=picture.sweep.label)
        axes.set_title(picture.title, fontsize=10)
        return
    rows = 1 if picture.integrand is None else 2
    every: Any = figure.subplots(rows, 1, sharex=True, squeeze=False)
    upper: Axes = every[0][0]
    for number, curve in enumerate(picture.densities):
        _density(upper, curve, number, picture)
    upper.set_ylim(bottom=0)
    upper.set_ylabel("probability" if picture.discrete else "density")
    upper.legend(
        frameon=False,
        fontsize=9,
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=2,
        borderaxespad=0.2,
    )
    figure.suptitle(picture.title, fontsize=10)
    if picture.integrand is not None:
        _signed(every[1][0], picture.integrand, discrete=picture.discrete)
    every[-1][0].set_xlabel(picture.axis)


def _density(axes: Axes, curve: Curve, number: int, picture: Picture) -> None:
    colour, style = INK[number % len(INK)], STYLES[number % len(STYLES)]
    if picture.discrete:
        count = len(picture.densities)
        width = 0.8 / count
        shift = (number - (count - 1) / 2) * width
        hatch = "" if number == 0 else "//"
        axes.bar(
            curve.x + shift, curve.y, width, color=colour, alpha=0.7, label=curve.label, hatch=hatch
        )
        return
    axes.plot(curve.x, curve.y, color=colour, linestyle=style, label=curve.label)
    axes.fill_between(curve.x, curve.y, color=colour, alpha=FILL, linewidth=0)


def _signed(axes: Axes, curve: Curve, *, discrete: bool) -> None:
    """The integrand, its area shaded by sign."""
    above, below = curve.y.clip(min=0), curve.y.clip(max=0)
    if discrete:
        axes.bar(curve.x, above, 0.6, color=INK[0], alpha=0.7)
        axes.bar(curve.x, below, 0.6, color=BELOW, alpha=0.7, hatch="//")
    else:
        axes.plot(curve.x, curve.y, color="black", linewidth=0.9)
        axes.fill_between(curve.x, above, color=INK[0], alpha=0.4, linewidth=0)
        axes.fill_between(
            curve.x, below, facecolor=BELOW, edgecolor=BELOW, alpha=0.4, hatch="//", linewidth=0
        )
    axes.axhline(0, color="black", linewidth=0.6)
    axes.set_ylabel(curve.label)


def form_of(path: str) -> str:
    """The form a file's name asks for; raises KlsymError for one that cannot be drawn."""
    suffix = path.rpartition(".")[2].lower() if "." in path else ""
    if suffix not in FORMS:
        raise KlsymError(
            "unknown-format",
            f"no picture can be written as {path}",
            place="-o",
            help=f"end the name in {', '.join('.' + form for form in FORMS)}",
        )
    return suffix
