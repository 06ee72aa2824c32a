"""What a worker does about a document: read it, decide some of its questions, gather its answers.

A document comes as the data of its bundle, and of what has been read lately the papers are kept, so
that the shares of one document do not each read it again.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from klsym.documents.bundle import Bundle
from klsym.documents.claims import Document
from klsym.documents.gathering import documents_of
from klsym.documents.paper import Answer, Paper, Telling
from klsym.documents.setting import Setting
from klsym.errors import KlsymError
from klsym.meaning.declarations import declared

KEPT = 4
"""How many papers are kept."""

_papers: OrderedDict[str, Paper] = OrderedDict()


def read(bundle: Mapping[str, Any], setting: Mapping[str, Any], told: Telling) -> dict[str, Any]:
    """The ``keys`` of what is asked in a document, or the ``documents`` of one that is unreadable.

    Raises KlsymError if a declaration of the setting cannot be read.
    """
    try:
        return {"keys": list(_paper(bundle, setting, told).questions)}
    except KlsymError as error:
        declared(setting["let"], setting["assume"])
        return {"documents": [Document(bundle["path"], errors=(error,)).to_data()]}


def decide(
    bundle: Mapping[str, Any], setting: Mapping[str, Any], keys: Sequence[str], told: Telling
) -> dict[str, Any]:
    """Answer some of the questions; each answer is told, also if it was found before."""
    paper = _paper(bundle, setting, told)
    for key in keys:
        if key in paper.answers:
            told.answered(key, paper.answers[key])
        else:
            paper.answer(paper.questions[key])
    return {"answered": len(keys)}


def gather(
    bundle: Mapping[str, Any],
    setting: Mapping[str, Any],
    answers: Mapping[str, Answer],
    told: Telling,
) -> dict[str, Any]:
    """The ``documents`` of a paper, whose questions have these answers."""
    paper = _paper(bundle, setting, told)
    paper.answers = dict(answers)
    return {"documents": [document.to_data() for document in documents_of(paper)]}


def _paper(bundle: Mapping[str, Any], setting: Mapping[str, Any], told: Telling) -> Paper:
    name = json.dumps([bundle, setting], sort_keys=True)
    paper = _papers.pop(name, None)
    if paper is None:
        paper = Paper(Bundle.from_data(bundle), Setting.from_data(setting))
    paper.telling = told
    _papers[name] = paper
    while len(_papers) > KEPT:
        _papers.popitem(last=False)
    return paper
