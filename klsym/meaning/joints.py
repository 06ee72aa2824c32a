"""Joint densities of two variates, by their formula."""

from __future__ import annotations

from typing import Any

from klsym.density import Joint, Support
from klsym.errors import KlsymError, Span
from klsym.meaning.lowering import Scalars, require_real
from klsym.meaning.setting import LETTERS, Setting, variate
from klsym.syntax.tree import Node


def joint_density(
    scalars: Scalars,
    setting: Setting,
    letters: tuple[str, str],
    supports: list[Support],
    body: Node,
    label: str,
    family: str | None = None,
) -> Joint:
    """The joint density that a formula over two letters stands for."""
    variates: list[Any] = []
    for letter, support in zip(letters, supports, strict=True):
        taken = {str(v) for v in variates}
        free = setting.letter(letter)
        free = next(
            (x for x in (free, *LETTERS) if x not in taken and x not in setting.names), free
        )
        ends = (support.lower, support.upper, support.discrete)
        variates.append(variate(free, *ends, setting.context))
    with scalars.binding(dict(zip(letters, variates, strict=True))):
        expression = require_real(scalars.scalar(body), body.span)
    x, y = variates
    return Joint((x, y), (supports[0], supports[1]), expression, label, family=family)


def no_joint(name: str, span: Span) -> KlsymError:
    """The error where a joint distribution stands in the place of one of one variate."""
    return KlsymError(
        "unsupported",
        f"{name} is a joint distribution of two variates, and one of one variate is expected here",
        span=span,
        help="MutualInformation(p), KL(p || q), Jeffreys(p, q), H(p) and H(p, q) are taken of both",
    )
