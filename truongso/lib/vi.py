"""Vietnamese text: one normal form, folding for search, the order of names."""

from __future__ import annotations

import unicodedata

# The alphabet's order; within a letter the dictionary's order of tones: level, falling, rising question, tumbling, acute, heavy.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter, not a tone


def nfc(text: str) -> str:
    """The text as everything here stores it: composed letters, single spaces, no space at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """For search: lower case, no marks, đ as d, single spaces ("Đặng Thị Ánh" → "dang thi anh")."""
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in lowered if unicodedata.category(c) != "Mn").split())


def _word_key(word: str) -> str:
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
    places = (f"{_LETTERS.index(c):02d}" if c in _LETTERS else f"9{ord(c):05x}" for c in letters)
    return "".join(places) + "-" + tone


def collate(text: str) -> str:
    """A key whose plain order is the Vietnamese dictionary's, word by word."""
    return " ".join(_word_key(word) for word in text.split())


def sort_key(full_name: str) -> str:
    """The order of class lists: given name, then family name, then the names between."""
    words = nfc(full_name).split()
    if not words:
        return ""
    return " ".join(_word_key(w) for w in [words[-1], *words[:-1]])


def initials(full_name: str) -> str:
    """Middle and given name, as on the round face: "Nguyễn Khánh An" → "KA"."""
    return "".join(word[0] for word in nfc(full_name).split()[-2:]).upper()
