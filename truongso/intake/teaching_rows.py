"""Who teaches what where, however the file lays it out: rows, free text, or a matrix of two of teacher, subject, class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from truongso.intake import assignments_text as free
from truongso.intake import cells, classes
from truongso.intake.drafts import Draft, Spot
from truongso.intake.headers import field_of_path
from truongso.intake.rows import Reader
from truongso.intake.tables import FoundTable, Line
from truongso.intake.text import plain, shown

Finds = Callable[[str], object | None]


def matcher(find_subject: Finds) -> Callable[[Sequence[str]], str | None]:
    """Names the field of a header; subjects and classes that head a column of a matrix are fields too."""

    def match(path: Sequence[str]) -> str | None:
        found = field_of_path(path)
        last = next((p for p in reversed(path) if p), "")
        above = [p for p in path if p and p != last]
        if found or not last or any(field_of_path([p]) for p in above):
            return found
        name = classes.class_in_sheet_name(last)
        if name:
            return f"class:{name}"
        return f"subject:{plain(last)}" if len(last) <= 40 and find_subject(last) else None

    return match


def is_matrix(table: FoundTable) -> bool:
    over = [c for c in table.columns if c.field and c.field.split(":")[0] in {"class", "subject"} and ":" in c.field]
    if len(over) < 2 or table.fields & {"birth_date", "sector_code", "local_code", "national_number"}:
        return False
    texts = [shown(line.cells[c.index]) for line in table.lines for c in over if c.index < len(line.cells)]
    return any(t and not t.replace(",", ".").replace(".", "", 1).isdigit() for t in texts)


def of_matrix(reader: Reader, line: Line) -> list[Draft]:
    made = []
    side = next((n for n in ("teacher", "full_name", "class_name", "subject") if reader.has(n)), "")
    found = reader.cell(line, side)
    if found is None or not shown(found[0]):
        return []
    head, head_spot = shown(found[0]), found[1]
    if side == "class_name":
        made += _homeroom(reader, line, head, head_spot)
    for column in reader.table.columns:
        sort, _colon, name = (column.field or "").partition(":")
        if sort not in {"class", "subject"} or not name:
            continue
        got = reader.cell(line, column.field or "")
        if got is None or not shown(got[0]):
            continue
        text, spot = shown(got[0]), got[1]
        if side in {"teacher", "full_name"}:
            pairs = (
                [(head, name, k) for k in _class_list(text)]
                if sort == "subject"
                else [(head, s, name) for s in parts(text)]
            )
        elif side == "class_name":
            pairs = [(t, name, head) for t in parts(text)] if sort == "subject" else []
        else:
            pairs = [(t, head, name) for t in parts(text)] if sort == "class" else []
        for teacher, subject, klass in pairs:
            draft = assignment(
                reader, line, teacher, subject, klass, part=f"{column.letter}:{subject}·{klass}·{teacher}"
            )
            draft.spots |= {
                "full_name": head_spot if side in {"teacher", "full_name"} else spot,
                "subject": spot,
                "class_name": spot,
            }
            made.append(draft)
    return made


def _homeroom(reader: Reader, line: Line, klass: str, spot: Spot) -> list[Draft]:
    """The column "GVCN" of a matrix of classes."""
    draft = reader.start("teaching", line, f"homeroom:{klass}")
    reader.take(draft, line, "homeroom_teacher", "full_name", cells.name)
    name = draft.values.get("full_name", "")
    if not name and not draft.problems:
        return []
    draft.values |= {"class_name": klass, "homeroom": True, "label": f"{name}: {_('chủ nhiệm')} {klass}"}
    draft.spots["class_name"] = spot
    return [draft]


def parts(text: str) -> list[str]:
    import re

    return [p.strip() for p in re.split(r"[;\n]|,(?!\s*\d)", text) if p.strip()]


def _class_list(text: str) -> list[str]:
    return free.class_list(text) or [text]


def assignment(  # noqa: PLR0917 (the parts of one assignment)
    reader: Reader, line: Line, teacher: str, subject: str, klass: str, part: str, hint: str = ""
) -> Draft:
    draft = reader.start("teaching", line, part)
    draft.values = {
        "full_name": teacher,
        "subject": subject,
        "class_name": klass,
        "label": f"{teacher}: {subject} {klass}",
    }
    if hint:
        draft.values["part"] = hint
    return draft


def of_row(reader: Reader, line: Line, today: date) -> list[Draft]:
    """A row with teacher, subject and class (or several classes)."""
    holder = reader.start("teaching", line)
    for source in ("teacher", "full_name", "given_name"):
        if "full_name" not in holder.values:
            reader.take(holder, line, source, "full_name", cells.name)
    for source in ("subject", "part", "class_name", "classes"):
        reader.take(holder, line, source, source, shown)
    for source in ("first_day", "last_day"):
        reader.take(holder, line, source, source, lambda c: cells.day(c, today=today))
    for source in ("staff_code", "sector_code"):
        reader.take(holder, line, source, source, cells.code)
    where = holder.values.pop("classes", None) or holder.values.get("class_name", "")
    holder.spots.setdefault("class_name", holder.spots.get("classes"))  # type: ignore[arg-type]
    holder.values["label"] = f"{holder.values.get('full_name', '')}: {holder.values.get('subject', '')} {where}"
    for name, sentence in (("full_name", _("Thiếu tên giáo viên.")), ("subject", _("Thiếu môn."))):
        if not holder.values.get(name):
            holder.wrong(name, sentence)
    if not where:
        holder.wrong("class_name", _("Thiếu lớp."))
    if holder.problems:
        return [holder]
    made = []
    for klass in _class_list(str(where)):
        draft = reader.start("teaching", line, klass)
        draft.values = holder.values | {
            "class_name": klass,
            "label": f"{holder.values['full_name']}: {holder.values['subject']} {klass}",
        }
        draft.spots = {k: v for k, v in holder.spots.items() if v}
        made.append(draft)
    return made
