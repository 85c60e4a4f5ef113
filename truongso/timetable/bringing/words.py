"""The words of timetables: days, shifts, numbers of periods, headings of classes, labels. Text in, values out."""

from __future__ import annotations

import re
from functools import lru_cache

from truongso.intake.text import folded, plain
from truongso.school.rules.classes import clean_name

_DAYS = {"hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6}
_BARE = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6, "bẩy": 6}  # "Nam" is a teacher
_ENGLISH = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
_HALF = r"(?: (?:buoi )?(?P<half>sang|chieu|s|c|m|a|am|pm|morning|afternoon))?"
_DATE = r"(?: (?:ngay )?\d{1,2} \d{1,2}(?: \d{2,4})?)?"
_THU = re.compile(rf"(?:thu|t) ?(?P<day>hai|ba|tu|nam|sau|bay|[2-7]){_HALF}{_DATE}")
_SUNDAY = re.compile(rf"(?:chu nhat|cn){_HALF}{_DATE}")
_FOREIGN = re.compile(rf"(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|r|rs)?{_HALF}{_DATE}")
_BEFORE = re.compile(r"(?:buoi )?(?P<half>sang|chieu) (?:thu|t) ?(?P<day>hai|ba|tu|nam|sau|bay|[2-7])")
_SHORT = re.compile(r"(?P<half>[sc]) ?(?P<day>[2-7])")
_SHIFTS = {
    "sang": "am", "s": "am", "m": "am", "am": "am", "morning": "am", "ca 1": "am", "ca sang": "am",
    "chieu": "pm", "c": "pm", "a": "pm", "pm": "pm", "afternoon": "pm", "ca 2": "pm", "ca chieu": "pm",
}  # fmt: skip
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}
_NUMBER = re.compile(r"(tiet|period|p|t)? ?(?:thu )?(\d{1,2})(?: (?:\d{1,2} ?[hg]? ?\d{0,2} ?){2,4})?")
_CLOCK = re.compile(r"\s*\d{1,2}\s*[hg:]\s*\d{0,2}\s*(?:[-–—→]|đến|$)", re.I)
_LABELS = {
    "thu": "day", "ngay": "day", "thu ngay": "day", "ngay thu": "day", "day": "day",
    "tiet": "number", "tiet hoc": "number", "tiet thu": "number", "tiet so": "number", "period": "number", "hour": "number",
    "buoi": "shift", "ca": "shift", "buoi hoc": "shift", "lop": "class", "ten lop": "class", "lop hoc": "class",
    "giao vien": "teacher", "gv": "teacher", "ho ten giao vien": "teacher", "ten giao vien": "teacher", "ho va ten": "teacher",
    "ho ten": "teacher", "ten gv": "teacher", "ho ten gv": "teacher", "giao vien day": "teacher", "gvbm": "teacher",
    "gio": "time", "thoi gian": "time", "tg": "time", "gio hoc": "time", "tu den": "time", "stt": "ordinal", "tt": "ordinal",
    "so tt": "ordinal", "so tiet": "ordinal", "tong": "ordinal", "tong so": "ordinal", "ghi chu": "ordinal",
    "mon": "subject", "mon hoc": "subject", "ten mon": "subject", "phong": "room", "phong hoc": "room", "room": "room",
    "thu tiet": "number", "tiet thu ngay": "number", "lop tiet": "number", "tiet lop": "number", "thu lop": "day",
    "mon day": "ordinal", "chuyen mon": "ordinal", "gvcn": "homeroom", "giao vien chu nhiem": "homeroom",
}  # fmt: skip
_CLASS = r"(?:1[0-2]|[1-9])\s?(?:(?![hHgG]\d)[A-ZĐa-zđ]{1,2}\s?\d{0,2}|[./-]\s?\d{1,2})(?:[./-]\d{1,2})?"
_HEAD = re.compile(rf"(?:(?P<word>l[ớơờởo]p|lop|l\.)\s*[:.]?\s*)?(?P<name>{_CLASS})(?:\s*[(\[\n:–-]\s*(?P<more>.*?)[)\]]?)?", re.I | re.S)  # fmt: skip
_IN_TITLE = re.compile(rf"(?:l[ớơờởo]p|lop)\s*[:\-–.]?\s*({_CLASS})(?![\w/])", re.I)
_CLASSES = re.compile(rf"(?<![\w.])({_CLASS})(?![\w])")


def day_of(text: str, *, labelled: bool = False, halves: bool = False) -> tuple[int, str] | None:
    """(ISO weekday, shift or ""): "Thứ 2", "T2", "Hai", "Monday", "Thứ 3 sáng"; a bare "2" only under the word "Thứ"
    (`labelled`), "C2" (chiều thứ hai) only where days stand (`halves`)."""
    return _day_of(text, labelled, halves)


@lru_cache(maxsize=4096)
def _day_of(text: str, labelled: bool, halves: bool) -> tuple[int, str] | None:
    bare = plain(text).lower().strip(" .:")
    if bare in _BARE:
        return (_BARE[bare], "")
    word = folded(text)
    if labelled and re.fullmatch(r"[2-8]", word):
        return (int(word) - 1, "")
    if word in {"chu nhat", "cn"} or (found := _SUNDAY.fullmatch(word)):
        return (7, "" if word in {"chu nhat", "cn"} else _half(found))
    if found := _THU.fullmatch(word) or _BEFORE.fullmatch(word) or (_SHORT.fullmatch(word) if halves else None):
        day = found["day"]
        return (int(day) - 1 if day.isdigit() else _DAYS[day], _half(found))
    if (found := _FOREIGN.fullmatch(word)) and word != "thu":
        return (_ENGLISH[found["day"]], _half(found))
    return None


def _half(found: re.Match[str] | None) -> str:
    return _SHIFTS[found["half"]] if found and found["half"] else ""


@lru_cache(maxsize=4096)
def shift_of(text: str, *, labelled: bool = False) -> str:
    """ "Sáng", "Buổi chiều", "Ca 2"; single letters only under the word "Buổi"."""
    word = re.sub(r"^(buoi|ca) (?=sang|chieu|s$|c$)", "", folded(text))
    return _SHIFTS.get(word, "") if labelled or len(word) > 2 else ""


def shift_in(text: str) -> str:
    """Of a title or the name of a sheet: "TKB BUỔI CHIỀU", "Sáng"; "" when it says none or both."""
    words = folded(text)
    found = {_SHIFTS[w] for w in re.findall(r"\b(?:buoi|ca) (sang|chieu|1|2)\b", words) if w in _SHIFTS}
    found |= {_SHIFTS[f"ca {n}"] for n in re.findall(r"\bca ([12])\b", words)}
    if not found and len(words) <= 20:
        found = {_SHIFTS[w] for w in re.findall(r"\b(sang|chieu)\b", words)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=4096)
def number_of(text: str, *, labelled: bool = False) -> int | None:
    """ "Tiết 3", "3", "1 (7h00-7h45)"; "T3" and "III" only under the word "Tiết"."""
    word = folded(text)
    if labelled and word in _ROMAN:
        return _ROMAN[word]
    found = None if _CLOCK.match(text) else _NUMBER.fullmatch(word)
    if found is None or (found[1] == "t" and not labelled):
        return None
    number = int(found[2])
    return number if 1 <= number <= 14 else None


def label_of(text: str) -> str:
    """ "Thứ" → day, "Tiết" → number …; "" for what labels nothing."""
    return _LABELS.get(folded(text), "") if len(text) <= 30 else ""


@lru_cache(maxsize=4096)
def class_head(text: str) -> tuple[str, str, bool] | None:
    """(name, what stands beside it, is the word "lớp" there): "6A1", "Lớp 6A1", "6A1 (Lan)" """
    if len(text) > 40 or folded(text).endswith(("sang", "chieu")):
        return None
    found = _HEAD.fullmatch(text.strip())
    return (clean_name(found["name"]), plain(found["more"] or ""), bool(found["word"])) if found else None


def class_in_title(text: str) -> str:
    found = {clean_name(m) for m in _IN_TITLE.findall(plain(text))}
    return found.pop() if len(found) == 1 else ""


def classes_in(text: str) -> list[tuple[str, int, int]]:
    """Every class in a cell with where it stands: "Toán 6A1, 6A2" """
    return [(clean_name(m[1]), m.start(), m.end()) for m in _CLASSES.finditer(text)]
