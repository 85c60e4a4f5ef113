"""Who teaches what where, however the file lays it out: rows, free text, or a matrix of two of teacher, subject, class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from truongso.intake import assignments_text as free
from truongso.intake import cells, classes
from truongso.intake.drafts import Draft
from truongso.intake.headers import field_of_path
from truongso.intake.rows import Reader
from truongso.intake.tables import FoundTable, Line
from truongso.intake.text import folded, plain, shown

Finds = Callable[[str], object | None]


def matcher(find_subject: Finds) -> Callable[[Sequence[str]], str | None]:
    """Names the field of a header; subjects and classes that head a column of a matrix are fields too."""

    def match(path: Sequence[str]) -> str | None:
        found = field_of_path(path)
        last = next((p for p in reversed(path) if p), "")
        if found or not last:
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
    for column in reader.table.columns:
        sort, _colon, name = (column.field or "").partition(":")
        if sort not in {"class", "subject"} or not name:
            continue
        got = reader.cell(line, column.field or "")
        if got is None or not shown(got[0]):
            continue
        text, spot = shown(got[0]), got[1]
        if side in {"teacher", "full_name"}:
            pairs = [(head, name, k) for k in _class_list(text)] if sort == "subject" else [(head, s, name) for s in _parts(text)]
        elif side == "class_name":
            pairs = [(t, name, head) for t in _parts(text)] if sort == "subject" else []
        else:
            pairs = [(t, head, name) for t in _parts(text)] if sort == "class" else []
        for teacher, subject, klass in pairs:
            draft = _draft(reader, line, teacher, subject, klass, part=f"{column.letter}:{subject}·{klass}·{teacher}")
            draft.spots |= {"full_name": head_spot if side in {"teacher", "full_name"} else spot, "subject": spot, "class_name": spot}
            made.append(draft)
    return made


def _parts(text: str) -> list[str]:
    import re

    return [p.strip() for p in re.split(r"[;\n]|,(?!\s*\d)", text) if p.strip()]


def _class_list(text: str) -> list[str]:
    return free._classes(text) or [text]


def _draft(reader: Reader, line: Line, teacher: str, subject: str, klass: str, part: str, hint: str = "") -> Draft:
    draft = reader.start("teaching", line, part)
    draft.values = {"full_name": teacher, "subject": subject, "class_name": klass, "label": f"{teacher}: {subject} {klass}"}
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
        draft.values = holder.values | {"class_name": klass, "label": f"{holder.values['full_name']}: {holder.values['subject']} {klass}"}
        draft.spots = {k: v for k, v in holder.spots.items() if v}
        made.append(draft)
    return made


def of_text(reader: Reader, line: Line, member: Draft | None, find_subject: Finds, answers: dict[str, str]) -> list[Draft]:
    """The free text beside a person ("Toán 6A, 6B; CN 6A1"), and the column "Chủ nhiệm"."""
    name = member.values.get("full_name", "") if member else ""
    made: list[Draft] = []
    if member is None:
        holder = reader.start("teaching", line)
        for source in ("teacher", "full_name", "given_name"):
            if not name:
                reader.take(holder, line, source, "full_name", cells.name)
                name = holder.values.get("full_name", "")
    homes: set[str] = set()
    found = reader.cell(line, "homeroom")
    if found and shown(found[0]):
        for klass in free._classes(shown(found[0])) or [shown(found[0])]:
            if folded(klass) in {"khong", "x", "0"}:
                continue
            homes.add(klass)
            made.append(_homeroom(reader, line, member, name, klass))
            made[-1].spots["class_name"] = found[1]
    for source in ("teaching_text", "classes"):
        found = reader.cell(line, source)
        text = shown(found[0]) if found else ""
        if not found or not text:
            continue
        subject = reader.cell(line, "subject") or reader.cell(line, "teaches")
        if source == "classes" or (subject and not any(find_subject(w) for w in _words(text))):
            text = f"{shown(subject[0]) if subject else ''}: {text}"
        teaches = reader.cell(line, "teaches")
        tech = None
        if homes:
            tech = True
        elif teaches and shown(teaches[0]):
            tech = any("cong nghe" in folded(w) or folded(w) in {"cn", "ktcn"} for w in _parts(shown(teaches[0])))
            tech = None if tech else False
        elif not folded(text).startswith("cn") and "cong nghe" not in folded(text):
            tech = False if _other_subject(text, find_subject) else None
        for number, piece in enumerate(free.parse(text, teaches=lambda w: find_subject(w) is not None, own_technology=tech)):
            key = f"{source}{number}"
            if isinstance(piece, free.Teach):
                draft = _draft(reader, line, name, piece.subject, piece.class_name, part=f"{key}:{piece.class_name}", hint=piece.hint)
            elif isinstance(piece, free.Homeroom):
                if piece.class_name in homes:
                    continue
                homes.add(piece.class_name)
                draft = _homeroom(reader, line, member, name, piece.class_name)
            else:
                draft = _unclear(reader, line, name, piece, key, answers)
            draft.of = member
            draft.spots |= dict.fromkeys(("subject", "class_name", "text"), found[1])
            made.append(draft)
    return made


def _words(text: str) -> list[str]:
    import re

    return [w for w in re.split(r"[\d,;:()+]+", text) if w.strip()]


def _other_subject(text: str, find_subject: Finds) -> bool:
    return any(find_subject(w.strip()) and folded(w) != "cn" for w in _words(text))


def _homeroom(reader: Reader, line: Line, member: Draft | None, name: str, klass: str) -> Draft:
    draft = reader.start("teaching", line, f"homeroom:{klass}")
    draft.values = {"full_name": name, "class_name": klass, "homeroom": True, "label": f"{name}: {_('chủ nhiệm')} {klass}"}
    draft.of = member
    return draft


def _unclear(reader: Reader, line: Line, name: str, piece: free.Unclear, key: str, answers: dict[str, str]) -> Draft:
    draft = reader.start("teaching", line, key)
    draft.values = {"full_name": name, "label": f"{name}: {piece.text}", "text": piece.text}
    if piece.why == "cn" and piece.classes:
        chosen = answers.get(draft.key)
        if chosen in {"homeroom", "subject"}:
            draft.values |= {"class_name": piece.classes[0], "homeroom": True} if chosen == "homeroom" else {"class_name": piece.classes[0], "subject": "Công nghệ"}
        else:
            draft.question = {
                "text": _("“%(text)s” là chủ nhiệm lớp hay dạy môn Công nghệ?") % {"text": piece.text},
                "choices": [["homeroom", _("Chủ nhiệm %(name)s") % {"name": piece.classes[0]}], ["subject", _("Dạy Công nghệ %(name)s") % {"name": piece.classes[0]}]],
            }
    else:
        draft.wrong("text", _("Chưa hiểu “%(text)s”. Xin ghi môn rồi đến lớp, như: Toán 6A1, 6A2; Tin 7A1.") % {"text": piece.text[:60]})
    return draft
