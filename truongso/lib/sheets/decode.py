"""Bytes of a text file to Unicode, by evidence; and rows out of it, whatever parts the cells."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata

from truongso.lib.sheets.legacy import READINGS
from truongso.lib.sheets.syllables import balance

_SAMPLE = 20_000


def text_of(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16, or an 8-bit code page of Vietnamese Windows."""
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    head = content[:_SAMPLE]
    if head[1::2].count(0) > len(head) // 5:
        return content.decode("utf-16-le", "replace")
    if head[::2].count(0) > len(head) // 5:
        return content.decode("utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(content)


def _eight_bit(content: bytes) -> str:
    latin = content.decode("latin-1")
    windows = unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    sample = {"cp1258": windows[:_SAMPLE]} | {n: READINGS[n](latin[:_SAMPLE]) for n in ("tcvn3", "vni")}
    if max(sample, key=lambda n: balance(sample[n])) == "cp1258":
        return windows
    return latin  # the cells are converted later, column by column, where it can be shown


def rows_of(text: str) -> list[list[str]]:
    """The cells; the sign between them (comma, semicolon, tab, bar) is the one that makes the most even table."""
    sample = text[:_SAMPLE]
    first = sample.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return list(csv.reader(io.StringIO(text.split("\n", 1)[1], newline=""), delimiter=first[4]))
    best, most = ",", -1.0
    for sign in ",;\t|":
        widths = [len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=sign)]
        wide = [w for w in widths if w > 1]
        usual = max(set(wide), key=wide.count) if wide else 1
        score = wide.count(usual) * min(usual, 40) / max(1, len(widths)) if wide else 0.0
        if score > most:
            best, most = sign, score
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=best))
