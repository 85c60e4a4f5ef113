"""Which teachers a word of a timetable may mean: "Lan", "N.T.Lan", "Cô Lan", "Lan A", "Nguyễn Thị Lan"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from truongso.intake.text import plain
from truongso.lib import vi

_HONORIFIC = re.compile(r"^(?:thầy giáo|cô giáo|thầy|cô|gvcn|gvbm|gv|giáo viên|đ/c|th|mr|ms)[.:\s]+(?=\S)", re.I)
_MAYBE = re.compile(r"^[tc]\.\s*(?=\S)", re.I)  # Thầy, Cô; or the first letter of a name
_RUN = re.compile(r"^([A-ZĐ]{1,3})([A-ZĐ][^\WA-Z\d_]+)$")  # NTLan


def toned(word: str) -> str:
    """Letters with their shapes, then the tone wherever it stands: "Hoà" and "Hòa" are one, "Hoa" and "Hoá" are not."""
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in "\u0300\u0301\u0303\u0309\u0323":
            tone = char
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


class Teachers:
    """Finds among the staff by name; knows no class and no subject."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self.names = names
        self._words = {pk: [toned(w) for w in name.split()] for pk, name in names.items()}
        self._plain = {pk: [vi.fold(w) for w in name.split()] for pk, name in names.items()}
        self._seen: dict[str, tuple[int, ...]] = {}

    def find(self, text: str) -> tuple[int, ...]:
        """Everybody who may be meant, in no order that says anything."""
        if text not in self._seen:
            self._seen[text] = self._find(plain(text).strip(" .,;:-–()"))
        return self._seen[text]

    def _find(self, text: str) -> tuple[int, ...]:
        if not text or len(text) > 60 or any(c.isdigit() for c in text):
            return ()
        found = self._by(text)
        bare = _HONORIFIC.sub("", text)
        if not found and bare != text:
            return self._find(bare)
        if _MAYBE.match(text):
            found = tuple(dict.fromkeys([*found, *self._by(_MAYBE.sub("", text))]))
        return found

    def _by(self, text: str) -> tuple[int, ...]:
        run = _RUN.match(text)
        words = [*run[1], run[2]] if run else [w for w in re.split(r"[\s.]+", text) if w]
        if not words:
            return ()
        keys = [toned(w) for w in words]
        found = self._fitting(keys, self._words)
        if not found and text.isascii():
            found = self._fitting([vi.fold(w) for w in words], self._plain)
        if not found and len(words) > 1 and len(words[-1]) == 1:  # "Lan A", "Lan N."
            base = self._by(" ".join(words[:-1]))
            letter = vi.fold(words[-1])
            return tuple(pk for pk in base if any(w[:1] == letter for w in self._plain[pk][:-1])) or base
        return found

    def _fitting(self, keys: list[str], among: Mapping[int, list[str]]) -> tuple[int, ...]:
        exact = tuple(pk for pk, words in among.items() if words == keys)
        return exact or tuple(pk for pk, words in among.items() if _fits(keys, words))

    def near(self, text: str) -> str:
        folded = {vi.fold(name): name for name in self.names.values()}
        close = get_close_matches(vi.fold(text), list(folded), n=3, cutoff=0.6)
        given = [
            name for name in self.names.values() if vi.fold(name.split()[-1]) == vi.fold((text.split() or [""])[-1])
        ]
        return ", ".join(dict.fromkeys([*(folded[c] for c in close), *given][:3]))

    def say(self, whom: Iterable[int]) -> str:
        return ", ".join(sorted((self.names[pk] for pk in whom), key=vi.sort_key))


def _fits(keys: list[str], words: list[str]) -> bool:
    """The last is the given name; those before it, in order, are words of the name or their first letters."""
    if not words or keys[-1] != words[-1] or len(keys) > len(words):
        return False
    at = 0
    for key in keys[:-1]:
        while at < len(words) - 1 and not (
            words[at] == key or (len(vi.fold(key)) == 1 and vi.fold(words[at])[:1] == vi.fold(key)[:1])
        ):
            at += 1
        if at >= len(words) - 1:
            return False
        at += 1
    return True
