"""One sentence to the person at the keyboard, in Vietnamese or English by TRUONGSO_LANG, else LANG."""

from __future__ import annotations

import os


def english() -> bool:
    return (os.environ.get("TRUONGSO_LANG") or os.environ.get("LANG", "")).lower().startswith("en")


def say(vi: str, en: str) -> str:
    return en if english() else vi


class Stop(Exception):
    """The command cannot go on; the sentence says what to do. Exit code 1."""

    def __init__(self, vi: str, en: str) -> None:
        self.sentence = say(vi, en)
        super().__init__(self.sentence)
