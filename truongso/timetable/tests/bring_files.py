"""Timetable files as schools and FET make them, written here so that the readers meet real bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from truongso.intake.text import folded
from truongso.school.rules.subjects import Named, SubjectIndex
from truongso.timetable.bringing.said import Knows, Said

Merged = tuple[int, int, int, int]
TEACHERS = ("Nguyễn Thị Lan", "Trần Thu Hà", "Lê Anh Tuấn", "Phạm Thị Hoa", "Vũ Thị Mai", "Đặng Thu Hương")


def knows(*classes: str, mornings: int = 5, teachers: Iterable[str] = TEACHERS) -> Knows:
    """A small school of these classes; the subjects are the programme's own."""
    index = _subjects()
    given = {folded(t) for t in teachers} | {folded(t.split()[-1]) for t in teachers}
    known = set(classes or ("6A1", "6A2", "7A1", "8A2"))
    rooms = {"P.TH", "Sân bãi", "Phòng Tin"}

    def subject(text: str) -> bool:
        import re

        if index.find(text):
            return True
        parts = re.fullmatch(r"\s*([^()]+?)\s*\(([^()]+)\)\s*", text)
        a, b = (index.find(parts[1]), index.find(parts[2])) if parts else (None, None)
        return bool(a and b and a.subject_id == b.subject_id)

    return Knows(subject, lambda t: folded(t) in given, lambda t: t in known, lambda t: t in rooms, mornings)


def _subjects() -> SubjectIndex:
    from truongso.school import data

    said = json.loads((Path(data.__file__).parent / "subjects.json").read_text(encoding="utf-8"))
    named = []
    for n, s in enumerate(said["subjects"]):
        named.append(Named(n, None, (s["name"], s["short"], *s["aliases"], s["code"])))
        named += [
            Named(n, n * 100 + m, (p["name"], p["short"], *p["aliases"])) for m, p in enumerate(s.get("parts", []), 1)
        ]
    return SubjectIndex(named)


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[object]]], merged: Mapping[str, Sequence[Merged]] | None = None
) -> bytes:
    """A workbook; merges as (top, left, bottom, right)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            spans = (merged or {}).get(name, ())
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value is not None and value != "":
                        page.write(r, c, value)
            for top, left, bottom, right in spans:
                page.merge_range(top, left, bottom, right, rows[top][left])
    return out.getvalue()


def told(lessons: Iterable[Said]) -> set[str]:
    """ "6A1 2s1 Toán/Lan": class, weekday as people count it, half of the day, number, subject, teacher, room."""
    found = set()
    for one in lessons:
        half = {"am": "s", "pm": "c"}.get(one.shift, "?")
        day = one.weekday + 1 if one.weekday else "?"
        room = f"@{one.room}" if one.room else ""
        found.add(f"{one.klass} {day}{half}{one.number} {one.subject}/{one.teacher}{room}")
    return found


def fet(
    activities: Sequence[tuple[int, str, str, str, int]], *, places: Mapping[int, tuple[str, str, str]] | None = None,
    days: Sequence[str] = ("Thứ 2", "Thứ 3", "Thứ 4", "Thứ 5", "Thứ 6"), hours: Sequence[str] = ("1", "2", "3", "4", "5"),
    years: Mapping[str, Mapping[str, Sequence[str]]] | None = None, mode: str = "Official", old: bool = True,
) -> bytes:  # fmt: skip
    """A .fet of (id, subject, teachers joined by +, students joined by +, duration); `places` become locks."""
    day_tag, hour_tag = ("Preferred_Day", "Preferred_Hour") if old else ("Day", "Hour")
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "", '<fet version="6.18.1">', f"<Mode>{mode}</Mode>",
           "<Institution_Name>THCS Bình Minh</Institution_Name>", "<Comments>TKB số 4</Comments>",
           f"<Days_List>\n<Number_of_Days>{len(days)}</Number_of_Days>"]  # fmt: skip
    out += [f"<Day>\n\t<Name>{escape(d)}</Name>\n</Day>" for d in days] + ["</Days_List>", "<Hours_List>"]
    out += [f"<Hour>\n\t<Name>{escape(h)}</Name>\n</Hour>" for h in hours] + ["</Hours_List>", "<Students_List>"]
    for year, groups in (years or {}).items():
        out.append(f"<Year>\n<Name>{year}</Name>\n<Number_of_Students>40</Number_of_Students>")
        for group, subgroups in groups.items():
            inner = "".join(f"<Subgroup><Name>{s}</Name></Subgroup>" for s in subgroups)
            out.append(f"<Group><Name>{group}</Name>{inner}</Group>")
        out.append("</Year>")
    out += ["</Students_List>", "<Activities_List>"]
    for pk, subject, teachers, students, hours_ in activities:
        who = "".join(f"\t<Teacher>{escape(t)}</Teacher>\n" for t in teachers.split("+") if t)
        sets = "".join(f"\t<Students>{escape(s)}</Students>\n" for s in students.split("+") if s)
        out.append(
            f"<Activity>\n{who}\t<Subject>{escape(subject)}</Subject>\n{sets}\t<Duration>{hours_}</Duration>\n"
            f"\t<Total_Duration>{hours_}</Total_Duration>\n\t<Id>{pk}</Id>\n\t<Activity_Group_Id>0</Activity_Group_Id>\n"
            "\t<Active>true</Active>\n\t<Comments></Comments>\n</Activity>"
        )
    out += ["</Activities_List>", "<Time_Constraints_List>"]
    for pk, (day, hour, _room) in (places or {}).items():
        out.append(
            "<ConstraintActivityPreferredStartingTime>\n\t<Weight_Percentage>100</Weight_Percentage>\n"
            f"\t<Activity_Id>{pk}</Activity_Id>\n\t<{day_tag}>{escape(day)}</{day_tag}>\n\t<{hour_tag}>{escape(hour)}</{hour_tag}>\n"
            "\t<Permanently_Locked>false</Permanently_Locked>\n\t<Active>true</Active>\n</ConstraintActivityPreferredStartingTime>"
        )
    out += ["</Time_Constraints_List>", "<Space_Constraints_List>"]
    for pk, (_day, _hour, room) in (places or {}).items():
        if room:
            out.append(
                f"<ConstraintActivityPreferredRoom><Activity_Id>{pk}</Activity_Id><Room>{escape(room)}</Room>"
                "<Active>true</Active></ConstraintActivityPreferredRoom>"
            )
    out += ["</Space_Constraints_List>", "</fet>"]
    return "\n".join(out).encode()


def solution(places: Mapping[int, tuple[str, str, str]]) -> bytes:
    """FET's …_activities.xml."""
    body = "\n".join(
        f"  <Activity>\n    <Id>{pk}</Id>\n    <Day>{escape(d)}</Day>\n    <Hour>{escape(h)}</Hour>\n    <Room>{escape(r)}</Room>\n  </Activity>"
        for pk, (d, h, r) in places.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Activities_Timetable>\n{body}\n</Activities_Timetable>\n'.encode()


def students_xml(
    tables: Mapping[str, Mapping[tuple[str, str], tuple[int, str, str, str]]], tag: str = "Subgroup"
) -> bytes:
    """FET's …_subgroups.xml: {subgroup: {(day, hour): (activity, teacher, subject, room)}}."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<Students_Timetable>"]
    for name, cells in tables.items():
        out.append(f'  <{tag} name="{escape(name)}">')
        for day in dict.fromkeys(d for d, _h in cells):
            out.append(f'   <Day name="{escape(day)}">')
            for (d, hour), (act, teacher, subject, room) in cells.items():
                if d == day:
                    out.append(
                        f'    <Hour name="{escape(hour)}">\n      <Activity id="{act}"></Activity><Teacher name="{escape(teacher)}"></Teacher>'
                        f'<Subject name="{escape(subject)}"></Subject><Room name="{escape(room)}"></Room>\n    </Hour>'
                    )
            out.append("   </Day>")
        out.append(f"  </{tag}>")
    return "\n".join([*out, "</Students_Timetable>"]).encode()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()
