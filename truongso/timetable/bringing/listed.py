"""Lists with a row a lesson: FET's timetable.csv, and tables of the columns Lớp, Thứ, Tiết, Môn, Giáo viên."""

from __future__ import annotations

from truongso.intake.text import folded, letter
from truongso.lib.sheets import Sheet
from truongso.timetable.bringing import words
from truongso.timetable.bringing.heads import Page, page_of
from truongso.timetable.bringing.said import Knows, Said

_COLUMNS = {
    "activity id": "id", "day": "day", "hour": "number", "students sets": "class", "students": "class", "students set": "class",
    "phan mon": "part", "mach": "part", "noi dung": "part", "ghi chu": "note", "subject": "subject", "teachers": "teacher", "teacher": "teacher", "room": "room", "rooms": "room",
}  # fmt: skip
_NEEDED = {"day", "number", "class", "subject"}


def header(page: Page) -> tuple[int, dict[str, int]] | None:
    """The row of headings and where each column stands, when the sheet is such a list."""
    for row in range(min(15, len(page.text))):
        found: dict[str, int] = {}
        for column, text in enumerate(page.text[row]):
            name = _COLUMNS.get(folded(text)) or words.label_of(text)
            if name:
                found.setdefault(name, column)
        if found.keys() >= _NEEDED:
            return row, found
    return None


def of_sheet(sheet: Sheet, knows: Knows) -> tuple[list[Said], bool] | None:
    """(lessons, is it FET's?); None when the sheet is no such list."""
    page = page_of(sheet)
    head = header(page)
    if head is None:
        return None
    top, columns = head
    fet = "id" in columns
    hours = list(dict.fromkeys(page.at(r, columns["number"]) for r in range(top + 1, len(page.text))))
    found: list[Said] = []
    for row in range(top + 1, len(page.text)):
        get = {name: page.at(row, at).strip() for name, at in columns.items()}
        if not get["class"] and not get["subject"]:
            continue
        day = words.day_of(get["day"], labelled=True, halves=True)
        number, shift = hour_of(get["number"], hours, knows)
        shift = words.shift_of(get.get("shift", ""), labelled=True) or (day[1] if day else "") or shift
        subject = _subject(get, knows)
        teachers = [t.strip() for t in get.get("teacher", "").split("+") if t.strip()]
        classes = [c.strip() for c in get["class"].split("+") if c.strip()] or [""]
        joint = f"{page.name}!{row}" if len(classes) > 1 else ""
        for klass in classes:
            found.append(
                Said(
                    page.name, row + 1, klass, f"{letter(columns['subject'])}{row + 1}",
                    " · ".join(filter(None, (get["subject"], get.get("teacher", "")))), klass, day[0] if day else None, shift, number,
                    subject, teachers[0] if teachers else "", get.get("room", ""), joint, teachers[1:],
                    "" if day and number else "when",
                )
            )  # fmt: skip
    return found, fet


def _subject(get: dict[str, str], knows: Knows) -> str:
    """The strand where a column names one; "Chào cờ" where a note beside the activities says so."""
    for name in ("part", "note"):
        if get.get(name) and knows.subject(get[name]):
            return get[name]
    return get["subject"]


def hour_of(text: str, hours: list[str], knows: Knows) -> tuple[int | None, str]:
    """(number, shift) of an hour as FET or a list names it: "3", "Tiết 3", "S3", "Sáng 3", "C2", "Tiết 2 chiều", or a time
    of day, which is as many as its place among the hours."""
    word = folded(text)
    half = ""
    for mark, shift in (("sang", "am"), ("chieu", "pm"), ("s", "am"), ("c", "pm")):
        parts = word.split()
        if mark in parts or (len(mark) == 1 and word[:1] == mark and word[1:].strip().isdigit()):
            half = shift
            word = " ".join(p for p in parts if p not in {mark, "buoi"}) if mark in parts else word[1:].strip()
            break
    number = words.number_of(word if half else text, labelled=True)
    if number is None and text in hours:
        number = hours.index(text) + 1
    if number is not None and not half and len(hours) > knows.mornings:
        return (number - knows.mornings, "pm") if number > knows.mornings else (number, "am")
    return number, half
