"""Fitting: the member of a family that comes closest to a target in a divergence.

:mod:`~klsym.fitting.problem` reads what is asked; :mod:`~klsym.fitting.moments` answers exactly
where the family is exponential and the divergence is forward KL; elsewhere
:mod:`~klsym.fitting.search` looks for all local minima of :mod:`~klsym.floating`;
:mod:`~klsym.fitting.fits` puts the answer together, each value enclosed.
"""

from klsym.fitting.fits import fit

__all__ = ["fit"]
