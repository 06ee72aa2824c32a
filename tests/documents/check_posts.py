"""Check that posts in a folder get the verdicts kept for them in tests/data/posts.json.

    python tests/documents/check_posts.py FOLDER

The posts are not ours to keep; what is known of them is: for each file the lines of its claims
with their verdicts and diagnoses, and what is to be declared for it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from klsym import run

EXPECTED = Path(__file__).parents[1] / "data" / "posts.json"


def found_in(path: Path, let: list[str]) -> dict[str, Any]:
    (document,) = run([path], let=let).documents
    return {
        "claims": [
            [claim.place.line, str(claim.verdict), *(d["name"] for d in claim.finding.diagnoses)]
            for claim in document.claims
        ],
        "other": sorted({other.kind for other in document.other}),
        "suggestions": list(document.suggestions),
        "errors": [error.name for error in document.errors],
    }


def main(folder: Path) -> int:
    failed = 0
    for case in json.loads(EXPECTED.read_text(encoding="utf-8")):
        found = found_in(folder / case["file"], case["let"])
        wrong = {key: found[key] for key in found if found[key] != case[key]}
        failed += bool(wrong)
        print(f"{'WRONG' if wrong else 'ok':5} {case['file']} {' '.join(case['let'])}")
        for key, value in wrong.items():
            print(f"      {key}: expected {case[key]}\n      {' ' * len(key)}  found    {value}")
    return min(failed, 1)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
