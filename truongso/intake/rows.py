"""Table rows → drafts of pupils with their guardians, of staff, of classes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from truongso.intake import cells, classes, family
from truongso.intake.columns import Column
from truongso.intake.drafts import Draft, Spot
from truongso.intake.tables import FoundTable, Line
from truongso.intake.text import folded, shown
from truongso.lib.sheets import Cell

TEXTS = ("ethnicity", "birth_place", "home_town", "residence", "address", "disability", "health", "poverty", "qualification",
         "teaches", "contract", "standard", "position", "group", "occupation", "shift", "campus", "relation")  # fmt: skip
LIMITS = {"birth_place": 200, "home_town": 200, "residence": 200, "address": 200, "occupation": 80, "contract": 80,
           "qualification": 80, "standard": 40, "teaches": 120, "position": 80, "group": 60, "relation": 40}  # fmt: skip


class Reader:
    """Reads the cells of one table's rows; edits (what a person typed over a cell) come first."""

    def __init__(self, table: FoundTable, today: date, edits: dict[str, str]) -> None:
        self.table, self.today, self.edits = table, today, edits
        self._by = {c.field: c for c in table.columns if c.field}

    def cell(self, line: Line, name: str) -> tuple[Cell, Spot] | None:
        column = self._by.get(name)
        if column is None:
            return None
        raw: Cell = line.cells[column.index] if column.index < len(line.cells) else ""
        edit = self.edits.get(f"{self.table.sheet}!{column.letter}{line.row}")
        raw = edit if edit is not None else raw
        return raw, Spot(column.header, column.letter, shown(raw))

    def has(self, name: str) -> bool:
        return name in self._by

    def column(self, name: str) -> Column | None:
        return self._by.get(name)

    def take(self, draft: Draft, line: Line, source: str, into: str, read: Callable[[Cell], Any]) -> None:
        """One field: its value, or its problem; always its place."""
        found = self.cell(line, source)
        if found is None:
            return
        raw, spot = found
        draft.spots[into] = spot
        try:
            value = read(raw)
        except cells.Wrong as wrong:
            draft.wrong(into, wrong.why)
            return
        if value not in (None, ""):
            draft.values[into] = value.isoformat() if isinstance(value, date) else value

    def start(self, kind: str, line: Line, part: str = "") -> Draft:
        return Draft(kind, self.table.sheet, line.row, part=part)

    def person(self, draft: Draft, line: Line) -> None:
        """Name, birth, gender, codes: of pupils and staff alike."""
        self._name(draft, line)
        self.take(
            draft, line, "sector_code", "sector_code", lambda c: cells.digits(c, length=10, name=_("Mã định danh"))
        )
        self.take(
            draft,
            line,
            "national_number",
            "national_number",
            lambda c: cells.digits(c, length=12, name=_("Số định danh cá nhân")),
        )
        self._birth(draft, line)
        self.take(draft, line, "gender", "gender", cells.gender)
        self._gender_marks(draft, line)
        self.phones(draft, line, "phone", "phone", "other_phone")
        self.take(draft, line, "other_phone", "other_phone", lambda c: next(iter(cells.phones(c)), ""))
        self.take(draft, line, "email", "email", cells.email)
        self.texts(draft, line)

    def texts(self, draft: Draft, line: Line) -> None:
        for name in TEXTS:
            if "." not in name:
                self.take(draft, line, name, name, lambda c, n=name: text_of(c, LIMITS.get(n, 200)))  # type: ignore[misc]

    def _name(self, draft: Draft, line: Line) -> None:
        if self.has("last_name") and self.has("given_name"):
            family, given = self.cell(line, "last_name"), self.cell(line, "given_name")
            if family and given:
                draft.spots["full_name"] = family[1]
                try:
                    draft.values["full_name"] = cells.name(f"{shown(family[0])} {shown(given[0])}".strip())
                except cells.Wrong as wrong:
                    draft.wrong("full_name", wrong.why)
        for source in ("full_name", "given_name", "teacher"):
            if "full_name" not in draft.spots:
                self.take(draft, line, source, "full_name", cells.name)
        if not draft.values.get("full_name") and not draft.problems:
            draft.wrong("full_name", _("Thiếu họ tên."))

    def _birth(self, draft: Draft, line: Line) -> None:
        self.take(draft, line, "birth_date", "birth_date", lambda c: cells.day(c, today=self.today))
        for source, gender in (("birth_m", "m"), ("birth_f", "f")):
            found = self.cell(line, source)
            if found and shown(found[0]):
                self.take(draft, line, source, "birth_date", lambda c: cells.day(c, today=self.today))
                draft.values.setdefault("gender", gender)
        parts = [self.cell(line, n) for n in ("birth_day", "birth_month", "birth_year_part")]
        if parts[2] is None and parts[0] is not None:
            parts[2] = self.cell(line, "birth_year")
        if all(parts) and "birth_date" not in draft.values:
            texts = [shown(p[0]) for p in parts if p]
            draft.spots["birth_date"] = parts[0][1]  # type: ignore[index]
            if any(texts):
                try:
                    found_day = cells.day("/".join(texts), today=self.today)
                    draft.values["birth_date"] = found_day.isoformat() if found_day else ""
                except cells.Wrong as wrong:
                    draft.wrong("birth_date", wrong.why)
        elif draft.kind == "staff" and self.has("birth_year") and not self.has("birth_date"):
            self.take(draft, line, "birth_year", "birth_year", lambda c: cells.year(c, today=self.today))
        elif self.has("birth_year") and not self.has("birth_date") and not any(parts[:2]):
            self.take(draft, line, "birth_year", "birth_date", lambda c: cells.day(c, today=self.today))

    def _gender_marks(self, draft: Draft, line: Line) -> None:
        for source, gender, other in (("gender_f", "f", "m"), ("gender_m", "m", "f")):
            found = self.cell(line, source)
            if found is None:
                continue
            draft.spots.setdefault("gender", found[1])
            marked = cells.mark(found[0])
            if marked is None:
                draft.wrong("gender", _("Dấu ở cột này ghi x, hoặc để trống."))
            elif marked:
                draft.values["gender"] = gender
            elif "gender" not in draft.values and not (self.has("gender_m") and self.has("gender_f")):
                draft.values["gender"] = other

    def phones(self, draft: Draft, line: Line, source: str, into: str, second: str) -> None:
        self.take(draft, line, source, into, cells.phones)
        numbers = draft.values.get(into)
        if isinstance(numbers, list):
            draft.values.pop(into)
            if numbers:
                draft.values[into] = numbers[0]
            if len(numbers) > 1:
                draft.values[second] = numbers[1]


def text_of(cell: Cell, most: int) -> str:
    text = shown(cell)
    if len(text) > most:
        raise cells.Wrong(_("Ô này dài quá %(most)s chữ.") % {"most": most})
    return "" if text in {"-", "–"} else text


def pupil(reader: Reader, line: Line) -> list[Draft]:
    """A pupil and the guardians of the same row."""
    draft = reader.start("pupils", line)
    reader.person(draft, line)
    reader.take(draft, line, "local_code", "local_code", lambda c: cells.code(c)[:30])
    reader.take(draft, line, "status", "status", shown)
    reader.take(draft, line, "enrolled_on", "enrolled_on", lambda c: cells.day(c, today=reader.today))
    _status(draft)
    towns = [shown(f[0]) for n in ("home_commune", "home_province") if (f := reader.cell(line, n)) and shown(f[0])]
    if towns and not draft.values.get("home_town"):
        draft.values["home_town"] = ", ".join(towns)[:200]
    class_of_row(reader, line, draft)
    made = [draft]
    if not reader.has("parent.name"):  # "SĐT phụ huynh" alone is how to reach the family
        source = "phone" if reader.has("phone") else "parent.phone"
        if source == "parent.phone" and not family.names_somebody(reader, line):
            reader.phones(draft, line, source, "phone", "other_phone")
    for owner in family.OWNERS:
        if reader.has(f"{owner}.name") or (
            reader.has(f"{owner}.phone") and (owner != "parent" or family.names_somebody(reader, line))
        ):
            found = family.guardian(reader, line, draft, owner)
            if found is not None:
                made.append(found)
    return made


_STATUS = (("studying", ("dang hoc", "dang theo hoc", "hoc binh thuong", "1")), ("out", ("chuyen di", "chuyen truong", "da chuyen", "chuyen di truong khac")),
           ("in", ("chuyen den", "tiep nhan")), ("leave", ("thoi hoc", "bo hoc", "nghi hoc", "da thoi hoc", "da nghi hoc")),
           ("completed", ("tot nghiep", "hoan thanh", "da tot nghiep", "da hoan thanh thcs")), ("reserved", ("bao luu",)))  # fmt: skip


def _status(draft: Draft) -> None:
    said = folded(str(draft.values.pop("status", "") or ""))
    if not said:
        return
    for name, words in _STATUS:
        if said in words or any(said.startswith(w) for w in words if len(w) > 3):
            draft.values["status"] = name
            return
    draft.wrong(
        "status",
        _("Chưa rõ trạng thái “%(text)s”. Xin ghi: Đang học, Chuyển đi, Chuyển đến, Thôi học.")
        % {"text": draft.spots["status"].text[:40]},
    )


def class_of_row(reader: Reader, line: Line, draft: Draft) -> None:
    """The class by its column, else by the block, the title, the sheet's name; and the grade that has to agree."""
    found = reader.cell(line, "class_name") or reader.cell(line, "class_code")
    text = shown(found[0]) if found else ""
    if found:
        draft.spots["class_name"] = found[1]
    if text:
        try:
            draft.values["class_name"] = classes.class_of_cell(text)
        except classes.NotAClass as error:
            draft.values["class_said"] = text
            if error.why == "many":
                draft.wrong("class_name", _("Ô này có nhiều lớp. Xin ghi một lớp."))
    else:
        name = (
            line.section
            or classes.class_in_title(reader.table.title)
            or classes.class_in_sheet_name(reader.table.sheet)
        )
        if name:
            draft.values["class_name"] = name
    code = reader.cell(line, "class_code")
    if code and shown(code[0]):
        draft.values["class_code"] = shown(code[0])[:30]
    grade = reader.cell(line, "grade")
    if grade and shown(grade[0]):
        draft.spots["grade"] = grade[1]
        number = classes.grade_of_text(shown(grade[0]))
        if number is None:
            draft.wrong("grade", _("Khối ghi một số, như 6."))
        else:
            draft.values["grade"] = number


def staff(reader: Reader, line: Line) -> list[Draft]:
    draft = reader.start("staff", line)
    reader.person(draft, line)
    for source in ("staff_code", "local_code"):
        if "local_code" not in draft.values:
            reader.take(draft, line, source, "local_code", lambda c: cells.code(c)[:30])
    found = reader.cell(line, "status")
    if (
        found
        and folded(shown(found[0])).startswith(("nghi", "da nghi", "chuyen", "thoi", "da chuyen"))
        and "thai san" not in folded(shown(found[0]))
    ):
        draft.values["left"] = True
    return [draft]


def school_class(reader: Reader, line: Line) -> list[Draft]:
    draft = reader.start("classes", line)
    class_of_row(reader, line, draft)
    for source in ("homeroom_teacher", "homeroom_code"):
        reader.take(draft, line, source, source, cells.name if source == "homeroom_teacher" else cells.code)
    reader.take(draft, line, "shift", "shift", shown)
    draft.values["label"] = draft.values.get("class_name", "")
    if not draft.values.get("class_name"):
        said = draft.values.get("class_said")
        draft.wrong("class_name", _("“%(text)s” chưa rõ là lớp nào.") % {"text": said} if said else _("Thiếu tên lớp."))
    return [draft]
