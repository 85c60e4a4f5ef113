"""The free text beside a teacher, and the column of the own class."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from truongso.intake import assignments_text as free
from truongso.intake import cells
from truongso.intake.drafts import Draft, Spot
from truongso.intake.rows import Reader
from truongso.intake.tables import Line
from truongso.intake.teaching_rows import Finds, assignment, parts
from truongso.intake.text import folded, shown


def of_text(  # noqa: PLR0912 (two columns, each with its words)
    reader: Reader, line: Line, member: Draft | None, find_subject: Finds, answers: dict[str, str]
) -> list[Draft]:
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
        said = shown(found[0])
        named = free.class_list(said) or ([said] if any(c.isdigit() for c in said) else [])  # "TTCM" names no class
        for klass in named:
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
        reader.cell(line, "teaches")
        tech = _technology(reader, line, text, find_subject)
        pieces = free.parse(text, teaches=lambda w: find_subject(w) is not None, own_technology=tech)
        for number, piece in enumerate(_settled(p, homes, tech) for p in pieces):
            key = f"{source}{number}"
            if isinstance(piece, free.Teach):
                draft = assignment(
                    reader,
                    line,
                    name,
                    piece.subject,
                    piece.class_name,
                    part=f"{key}:{piece.class_name}",
                    hint=piece.hint,
                )
            elif isinstance(piece, free.Homeroom):
                if piece.class_name in homes:
                    continue
                homes.add(piece.class_name)
                draft = _homeroom(reader, line, member, name, piece.class_name)
            else:
                draft = _unclear(reader, line, name, piece, key, found[1], answers)
            draft.of = member
            draft.spots |= dict.fromkeys(("subject", "class_name", "text"), found[1])
            made.append(draft)
    return made


def _settled(piece: free.Piece, homes: set[str], technology: bool | None) -> free.Piece:
    """ "CN 6A1" of one whose class another column names: that class said again, or else a lesson."""
    if not (isinstance(piece, free.Unclear) and piece.why == "cn" and homes):
        return piece
    name = piece.classes[0]
    return free.Homeroom(name) if name in homes and not technology else free.Teach("Công nghệ", name)


def _technology(reader: Reader, line: Line, text: str, find_subject: Finds) -> bool | None:
    """Does this teacher teach Công nghệ? What the list says of the subjects, else what stands beside in the text."""
    teaches = reader.cell(line, "teaches")
    if teaches and shown(teaches[0]):
        return any("cong nghe" in folded(w) or folded(w) in {"cn", "ktcn"} for w in parts(shown(teaches[0])))
    if "cong nghe" in folded(text):
        return True
    return False if _other_subject(text, find_subject) else None


def _words(text: str) -> list[str]:
    return [w for w in re.split(r"[\d,;:()+]+", text) if w.strip()]


def _other_subject(text: str, find_subject: Finds) -> bool:
    return any(find_subject(w.strip()) and folded(w) != "cn" for w in _words(text))


def _homeroom(reader: Reader, line: Line, member: Draft | None, name: str, klass: str) -> Draft:
    draft = reader.start("teaching", line, f"homeroom:{klass}")
    draft.values = {
        "full_name": name,
        "class_name": klass,
        "homeroom": True,
        "label": f"{name}: {_('chủ nhiệm')} {klass}",
    }
    draft.of = member
    return draft


def _unclear(  # noqa: PLR0917 (as its neighbours)
    reader: Reader, line: Line, name: str, piece: free.Unclear, key: str, spot: Spot, answers: dict[str, str]
) -> Draft:
    draft = reader.start("teaching", line, key)
    draft.spots["text"] = spot
    draft.values = {"full_name": name, "label": f"{name}: {piece.text}", "text": piece.text}
    if piece.why == "cn" and piece.classes:
        chosen = answers.get(draft.key)
        if chosen in {"homeroom", "subject"}:
            draft.values |= (
                {"class_name": piece.classes[0], "homeroom": True}
                if chosen == "homeroom"
                else {"class_name": piece.classes[0], "subject": "Công nghệ"}
            )
        else:
            draft.question = {
                "text": _("“%(text)s” là chủ nhiệm lớp hay dạy môn Công nghệ?") % {"text": piece.text},
                "choices": [
                    ["homeroom", _("Chủ nhiệm %(name)s") % {"name": piece.classes[0]}],
                    ["subject", _("Dạy Công nghệ %(name)s") % {"name": piece.classes[0]}],
                ],
            }
    elif re.search(r"\b(khối|khoi|k)\s*\d", piece.text, re.I):
        draft.wrong(
            "text",
            _("“%(text)s” nói cả khối. Xin ghi rõ từng lớp, như: Toán 6A1, 6A2.") % {"text": piece.text[:60]},
        )
    else:
        draft.wrong(
            "text",
            _("Chưa hiểu “%(text)s”. Xin ghi môn rồi đến lớp, như: Toán 6A1, 6A2; Tin 7A1.")
            % {"text": piece.text[:60]},
        )
    return draft
