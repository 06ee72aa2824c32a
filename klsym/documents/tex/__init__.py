r"""TeX as papers are written in it: displays and inline mathematics, with the author's macros.

A file is first covered where TeX does not read it (:mod:`.covering`); then one pass, from its
beginning to ``\end{document}``, obeys definitions, inclusions and conditionals, expands macros
and sorts what is left into blocks (:mod:`.reading`).  Nothing is copied on the way: macros and
their arguments are slices of the files (:mod:`.stream`), so the time is linear in what is read,
and every character knows where the author wrote it.

TeX that is not understood stays as it is.  In mathematics it is then an unknown macro of that one
formula; in the prose it does no harm.
"""

from klsym.documents.tex.reading import tex_blocks

__all__ = ["tex_blocks"]
