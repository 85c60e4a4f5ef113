"""Grids as schools print them: days × periods beside classes, a block a class, or a block a teacher, on any sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truongso.intake.text import folded, letter
from truongso.lib.sheets import Sheet
from truongso.timetable.bringing import cell, heads, words
from truongso.timetable.bringing.heads import Head, Page, Where
from truongso.timetable.bringing.keys import Keys
from truongso.timetable.bringing.said import Knows, Said

_TEACHER = re.compile(r"(?:giáo viên|gv|gvbm|thầy|cô|thầy giáo|cô giáo)\s*[:.]?\s+(.+?)(?:\s*[-–(,;].*)?$", re.I)


@dataclass(slots=True)
class _Title:
    column: int
    where: Where
    spent: bool = False  # lessons came after it


def of_sheet(sheet: Sheet, knows: Knows) -> list[Said]:
    """Every lesson of a sheet. An empty list: there is no grid on it."""
    page = heads.page_of(sheet)
    found: list[Said] = []
    titles = [_Title(0, _of_name(sheet.name, knows))]
    keys: Keys | None = None
    waiting: tuple[int, dict[int, str]] = (-9, {})  # a row of labels ("Thứ | Tiết | Khối 6") and where it stands
    taken = -1  # the last row that a heading took
    last = -9  # the last row of lessons
    for row in range(len(page.text)):
        if row <= taken or not any(page.text[row]):
            continue
        labels = heads.labels_in(page, row)
        labelled = bool(set(labels.values()) & {"day", "number", "shift", "class", "teacher"})
        if keys is not None and row == last + 1 and not labelled and _second_line(page, row, keys, found, knows):
            continue
        if keys is not None and not labelled and keys.row(page, row):
            found += _lessons(page, row, keys, knows)
            last = row
            for title in titles:
                title.spent = True
            continue
        new = heads.read(page, row, None, knows)
        if new is not None:
            new.labels = (waiting[1] if row - waiting[0] <= 2 else {}) | new.labels
            head, taken = _whole(page, new, knows)
            keys = Keys(head, knows, _contexts(head, titles))
            continue
        if labelled:
            waiting = (row, labels)
        shift = _take_titles(page, row, titles, knows)
        if shift and keys is not None:
            keys.begin(shift)
    afternoons = {said.klass for said in found if said.shift == "pm"}
    for said in found:  # a class that the sheet shows in the afternoon too has its other lessons in the morning
        said.shift = said.shift or ("am" if said.klass in afternoons else "")
    return found


def _whole(page: Page, head: Head, knows: Knows) -> tuple[Head, int]:
    """The heading with the rows below that belong to it."""
    while (row := head.row + head.deep) < len(page.text):
        if any(
            words.number_of(page.at(row, c), labelled=True) for c, label in head.labels.items() if label == "number"
        ):
            break  # "1 | 6A1 | | 6A2": the lessons of a teacher, not a heading
        more = heads.read(page, row, head, knows)
        if more is None or not heads.fits(head, more):
            break
        head = heads.joined(head, more)
    below = head.row + head.deep
    if below < len(page.text):
        labels = heads.labels_in(page, below)
        beside = [t for c, t in enumerate(page.text[below]) if t and c not in head.axis and c not in labels]
        over = any(page.at(below, c) for c in head.axis if c not in labels)
        homerooms = head.has("klass") and not head.has("number") and over and not beside
        if homerooms or (labels and not over):  # "Lan" below 6A1; a label in the second row ("Tiết" below "Thứ")
            head.labels |= {c: label for c, label in labels.items() if label != "homeroom"}  # "GVCN" below "Thứ"
            head.deep += 1
            heads.pair(head, labels)
            return head, head.row + head.deep - 1
    heads.pair(head, {})
    return head, head.row + head.deep - 1


def _of_name(name: str, knows: Knows) -> Where:
    """What the name of a sheet says of all that stands on it."""
    shift = words.shift_in(name)
    head = words.class_head(re.sub(r"^(tkb|thời khoá biểu|thời khóa biểu)\s*[-_ ]?\s*", "", name, flags=re.I))
    klass = head[0] if head and (knows.klass(head[0]) or head[2] or head[0][-2:-1].isalpha()) else ""
    teacher = name if not klass and knows.teacher(name) else ""
    return Where(shift=shift, klass=klass, teacher=teacher, heading=klass or teacher)


def _take_titles(page: Page, row: int, titles: list[_Title], knows: Knows) -> str:
    """A row between the grids: whose is the next one, and of which half of the day? Gives the half that it names alone."""
    only = ""
    pieces = page.pieces(row)
    for text, column in pieces.items():
        if len(text) > 120:
            continue
        head = words.class_head(text)
        klass = words.class_in_title(text) or (head[0] if head and (knows.klass(head[0]) or head[2]) else "")
        said = None if klass else _TEACHER.search(text)
        teacher = said[1] if said and (knows.teacher(said[1]) or len(pieces) <= 2) else ""
        if not klass and not teacher and knows.teacher(text):
            teacher = text
        shift = words.shift_of(text) or (words.shift_in(text) if re.search(r"\b(buoi|ca)\b", folded(text)) else "")
        if klass or teacher:
            titles[:] = [t for t in titles if t.where.who or not t.spent]
            titles.append(_Title(column, Where(shift=shift, klass=klass, teacher=teacher, heading=klass or teacher)))
        elif shift:
            only = shift
            titles.append(_Title(column, Where(shift=shift)))
    return only


def _contexts(head: Head, titles: list[_Title]) -> dict[int, Where]:
    """What the titles say of each column of a new grid; those nearest above and at its left first."""
    named = head.has("klass") or head.has("teacher")
    made: dict[int, Where] = {}
    for column in head.axis:
        near = [t for t in reversed(titles) if t.column <= column] + [t for t in reversed(titles) if t.column > column]
        where = Where()
        for title in near:
            where = where.over(Where(shift=title.where.shift) if named else title.where)
        made[column] = where
    return made


def _second_line(page: Page, row: int, keys: Keys, found: list[Said], knows: Knows) -> bool:
    """The teachers of the row above, in a row of their own: its number is empty or one merged cell with that above."""
    numbered = [c for c, said in keys.said.items() if "number" in said]
    below = {c: t for c in keys.head.axis if (t := page.at(row, c)) and page.origin.get((row, c), (row, c))[0] == row}
    one = all((row, c) in page.origin and page.origin[row, c][0] < row for c in numbered)
    bare = not any(page.at(row, c) for c in numbered) and all(knows.teacher(t) for t in below.values())
    if not numbered or not (one or (below and bare)):
        return False
    for said in found:
        if said.row == row and said.sheet == page.name and (column := _column(said)) in below:
            again = cell.of_class(f"{said.value}\n{below[column]}", knows)
            said.value, said.subject, said.teacher = f"{said.value} {below[column]}", again.subject, again.teacher
            said.room, said.problem = again.room or said.room, again.problem
    return True


def _column(said: Said) -> int:
    at = 0
    for char in said.cell.rstrip("0123456789"):
        at = at * 26 + ord(char) - 64
    return at - 1


def _lessons(page: Page, row: int, keys: Keys, knows: Knows) -> list[Said]:
    found: list[Said] = []
    for column in keys.head.axis:
        text = page.at(row, column)
        if not text or cell.is_nothing(text) or not any(c.isalnum() for c in text):
            continue
        where = keys.where(column)
        side = next((c for c, of in keys.head.beside.items() if of == column), None)
        if side is not None and (who := page.at(row, side)) and who != text:
            text = f"{text}\n{who}"
        if where.who:
            found += _cell(page, row, column, where, knows, text)
    return found


def _cell(page: Page, row: int, column: int, where: Where, knows: Knows, text: str) -> list[Said]:  # noqa: PLR0917
    origin = page.origin.get((row, column))
    made = cell.of_class(text, knows) if where.klass else cell.of_teacher(text, knows)
    classes: Sequence[str] = [where.klass] if where.klass else made.classes
    number, shift = _half(where, knows)
    base = {
        "sheet": page.name, "row": row + 1, "column": where.heading or where.who, "cell": f"{letter(column)}{row + 1}",
        "value": text.replace("\n", " "), "weekday": where.day, "shift": shift, "number": number, "subject": made.subject,
        "teacher": made.teacher or where.teacher, "room": made.room,
    }  # fmt: skip
    spread = origin is not None and origin in {page.origin.get((row, column - 1)), page.origin.get((row, column + 1))}
    joint = f"{page.name}!{origin[0]}:{origin[1]}!{row}" if origin and spread and where.klass else ""
    if len(classes) > 1:
        joint = f"{page.name}!{row}:{column}"
    problem = made.problem or ("when" if where.day is None or number is None else "")
    if not classes:
        return [Said(klass="", problem="class", **base)]  # type: ignore[arg-type]
    return [Said(klass=name, joint=joint, problem=problem, **base) for name in classes]  # type: ignore[arg-type]


def _half(where: Where, knows: Knows) -> tuple[int | None, str]:
    """Numbers that go on from the morning (6 … 10) are those of the afternoon."""
    if where.number is not None and where.number > knows.mornings and where.shift != "am":
        return where.number - knows.mornings, "pm"
    return where.number, where.shift
