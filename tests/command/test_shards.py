from __future__ import annotations

import json
from pathlib import Path

import pytest

from klsym.command.shards import merged
from klsym.documents.running import run
from klsym.running.shard import Shard

TEXTS = {
    "a.md": "$$1 = 1$$\n\n$$1 = 2$$\n",
    "b.md": "<!-- klsym: expct -->\n",
    "c.md": "$X \\sim N(0, 1)$ has $E[X] = 0$ and $H(p) = 1$.\n",
}


def parts(folder: Path, count: int) -> list[Path]:
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    paths = sorted(folder.glob("*.md"))
    written = []
    for number in range(1, count + 1):
        shard = Shard(number, count)
        found = shard.of(paths)
        places = tuple(shard.place(position) for position in range(len(found)))
        part = run(found) if found else run([])
        lines = [json.dumps(document.to_dict()) for document in part.documents]
        lines.append(json.dumps({"shard": str(shard), "places": places}))
        file = folder / f"part{number}.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        written.append(file)
    return written


def names(files: list[Path]) -> list[str]:
    return [error.name for error in merged(files)[1]]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_parts_together_are_the_whole(tmp_path: Path, count: int) -> None:
    files = parts(tmp_path, count)
    whole = run(sorted(tmp_path.glob("*.md")))
    joined, errors = merged(reversed(files))
    assert not errors
    assert joined.to_dict() | {"seconds": 0} == whole.to_dict() | {"seconds": 0}
    assert (joined.to_text(), joined.messages) == (whole.to_text(), whole.messages)
    assert joined.exit_code == whole.exit_code == 2


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    joined, (error,) = merged(parts(tmp_path, 3)[::2])
    assert [Path(document.path).name for document in joined.documents] == ["a.md", "c.md"]
    assert error.message == "nothing of the parts 2/3"


def test_a_part_given_twice_counts_once(tmp_path: Path) -> None:
    files = parts(tmp_path, 2)
    joined, errors = merged([*files, files[0]])
    assert (len(joined.documents), errors) == (3, [])


def test_parts_that_contradict_each_other_are_an_error(tmp_path: Path) -> None:
    first, second = parts(tmp_path, 2)
    text = second.read_text().replace("b.md", "a.md")
    second.write_text(text)
    assert names([first, second]) == ["contradicting-parts"]


@pytest.mark.parametrize(
    "text", ["no JSON\n", "[]\n", '{"path": "a.md"}\n', '{"shard": "x"}\n', "[" * 100_000, "\udcff"]
)
def test_what_is_no_part_is_an_error_at_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "part.jsonl"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    _, (error,) = merged([file])
    assert (error.name, error.line) == ("no-part", 1)


def test_a_part_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    assert names([tmp_path / "part.jsonl"]) == ["unreadable-file"]
