"""Plotting: a divergence as a picture of its integrand, or as a curve along a parameter.

:mod:`~klsym.plotting.pictures` and :mod:`~klsym.plotting.sweeps` compute what is seen,
:mod:`klsym.writing.plots` draws it.
"""

from klsym.plotting.pictures import plot, together

__all__ = ["plot", "together"]
