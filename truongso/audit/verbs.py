"""What each verb is called on the log's page. Apps register theirs when they start; an unknown verb shows its code."""

from __future__ import annotations

from django.utils.functional import Promise

_LABELS: dict[str, str | Promise] = {}


def register(labels: dict[str, str | Promise]) -> None:
    _LABELS.update(labels)


def label(verb: str) -> str:
    return str(_LABELS.get(verb, verb))


def choices() -> list[tuple[str, str]]:
    return sorted(((verb, str(text)) for verb, text in _LABELS.items()), key=lambda pair: pair[1])
