"""What is kept of earlier runs: answers by the questions' keys, documents by all their files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from klsym.cache.store import Limits, Store
from klsym.documents.bundle import Bundle
from klsym.documents.claims import Document
from klsym.documents.finding import Finding
from klsym.documents.setting import Setting

Documents = tuple[Document, ...]


@dataclass(frozen=True)
class Kept:
    """The part of a store that answers questions in one setting; nothing without a store.

    What is not of the form it should have is taken as absent.
    """

    store: Store | None
    setting: Setting
    limits: Limits

    def answers(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The answers that are kept, with all that is wanted in them."""
        if self.store is None:
            return {}
        found = self.store.get_many([f"claim:{key}" for key in keys], self.limits)
        known = {key: found.get(f"claim:{key}") for key in keys}
        return {key: answer for key, answer in known.items() if answer and self._serves(answer)}

    def keep_answer(self, key: str, answer: Mapping[str, Any]) -> None:
        """Keep an answer, unless klsym failed to find one."""
        if self.store is not None and not answer.get("fault"):
            final = "verdict" not in answer or Finding.from_data(answer).final
            self.store.put(f"claim:{key}", answer, None if final else self.limits)

    def documents(self, bundle: Bundle) -> Documents | None:
        """The documents of a bundle, None if they are not kept."""
        if self.store is None:
            return None
        key = self._key(bundle)
        value = self.store.get_many([key], self.limits).get(key)
        try:
            return None if value is None else tuple(map(Document.from_data, value["documents"]))
        except (KeyError, TypeError, ValueError):
            return None

    def keep_documents(self, bundle: Bundle, documents: Documents) -> None:
        """Keep the documents of a bundle, unless klsym failed to decide them."""
        if self.store is None or any(document.lost for document in documents):
            return
        final = all(claim.finding.final for document in documents for claim in document.claims)
        data = {"documents": [document.to_data() for document in documents]}
        self.store.put(self._key(bundle), data, None if final else self.limits)

    def _key(self, bundle: Bundle) -> str:
        setting = {**self.setting.to_data(), "time_limit": None}
        whole = json.dumps([bundle.to_data(), setting], sort_keys=True)
        return f"document:{sha256(whole.encode()).hexdigest()}"

    def _serves(self, answer: Mapping[str, Any]) -> bool:
        try:
            return "verdict" not in answer or Finding.from_data(answer).has(self.setting.wanted)
        except (TypeError, ValueError):
            return False
