"""What the watched command answered, and what must not be in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LIMITS = ("--time-limit", "1", "--memory-limit", "1024")
CODES = (0, 1, 2, 3)
"""As expected, against it, not understood, open; 4 would be a fault of klsym."""


@dataclass(frozen=True)
class Answer:
    """What a command printed, its exit code, and what its process did beside computing."""

    code: int
    output: str
    errors: str
    events: str

    def faults(self) -> list[str]:
        """What a hostile text must not bring about, whatever the answer is."""
        printed = self.output + self.errors
        signs = {sign for sign in printed if not (sign.isprintable() or sign == "\n")}
        found = [f"the process did: {self.events}"] if self.events else []
        found += [f"exit code {self.code}: {self.errors[:200]}"] if self.code not in CODES else []
        found += ["a traceback was printed"] if "Traceback" in printed else []
        found += [f"these signs were printed: {sorted(map(ascii, signs))}"] if signs else []
        return found


Ask = Callable[..., Answer]
