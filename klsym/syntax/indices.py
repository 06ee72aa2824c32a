r"""Indexed names: ``sigma_j`` carries the index j, and is ``sigma_1`` where j is 1.

>>> carries("sigma_j", "j"), carries("x_1_j", "j"), carries("j", "j"), carries("sigma_j2", "j")
(True, True, False, False)
>>> at_index("x_1_j", "j", "2"), at_index("mu_j'", "j", "d")
('x_1_2', "mu_d'")
"""

from __future__ import annotations


def carries(name: str, index: str) -> bool:
    """Whether a name has the index as one of its subscripts."""
    return index in name.rstrip("'").split("_")[1:]


def at_index(name: str, index: str, value: str) -> str:
    """The name with another subscript in place of the index."""
    bare = name.rstrip("'")
    letter, *below = bare.split("_")
    parts = [letter, *(value if part == index else part for part in below)]
    return "_".join(parts) + name[len(bare) :]
