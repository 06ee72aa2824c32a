"""Documents: every equation of a post or a paper, read in place and given its verdict.

A document is drafted into passages of mathematics (:mod:`.draft`), these are read as statements
(:mod:`.statements`), names get their meanings from the text around (:mod:`.lexicon`), chains run
across rows and displays (:mod:`.chains`), and each link is decided (:mod:`.deciding`).
:func:`run` does it all.
"""

from klsym.documents.report import Claim, Document, Other, Run
from klsym.documents.running import run

__all__ = ["Claim", "Document", "Other", "Run", "run"]
