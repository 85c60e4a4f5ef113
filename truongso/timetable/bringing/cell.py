"""The text of one cell: which subject, which teacher, which room. "Toán - Lan", "Toán\\nLan", "KHTN (Hoá) - Tuấn", "Toán 6A1"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from truongso.intake.text import folded, plain
from truongso.timetable.bringing.said import Knows
from truongso.timetable.bringing.words import classes_in

_SIGN = re.compile(r"\s*\n\s*|\s+[-–—]\s+|[-–—]|\s*[:;/,|]\s*|\s*[(\[]\s*|\s*[)\]]\s*")
_ROOM = re.compile(r"[(\[]?\s*\b(?:phòng|phong|p)\s?\.?\s?(?:số\s*)?([A-Z]{0,3}\.?\d{1,4}[A-Za-z]?)\s*[)\]]?$", re.I)
_BETWEEN = " \n\t-–—:;/,|()[]"
_NOTHING = {"", "x", "o", "0", "nghi", "trong", "trong tiet", "nghi tiet", "hop", "hop hd", "hop hoi dong", "shcm", "sinh hoat chuyen mon",
            "hop to", "hop chuyen mon", "ra choi", "giai lao", "nghi giai lao", "giua gio", "nghi trua"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parsed:
    subject: str
    teacher: str = ""
    room: str = ""
    classes: tuple[str, ...] = ()  # of a teacher's own timetable
    problem: str = ""


@lru_cache(maxsize=4096)
def is_nothing(text: str) -> bool:
    """A cell that holds no lesson: empty, a dash, "nghỉ", "họp"."""
    return folded(text) in _NOTHING


def lines(text: str) -> str:
    """One form of Unicode and spaces, line breaks kept."""
    return "\n".join(line for part in re.split(r"[\r\n]+", text) if (line := plain(part).strip(" ,;")))


def of_class(text: str, knows: Knows) -> Parsed:
    """A cell in the timetable of a class."""
    if text not in knows.cells:
        knows.cells[text] = _of_class(text, knows)
    made: Parsed = knows.cells[text]
    return made


def _of_class(text: str, knows: Knows) -> Parsed:
    said = lines(text)
    whole = said.replace("\n", " ")
    if knows.subject(whole):
        return Parsed(whole)
    said, room = _without_room(said, knows)
    if room and knows.subject(said.replace("\n", " ")):
        return Parsed(said.replace("\n", " "), room=room)
    if _two(said, knows):
        return Parsed(whole, problem="two")
    subject, teacher = _split(said, knows)
    return Parsed(subject, teacher, room, problem="two" if teacher and knows.subject(teacher) and not knows.teacher(teacher) else "")  # fmt: skip


def of_teacher(text: str, knows: Knows) -> Parsed:
    """A cell in the timetable of a teacher: a class, or several, beside the subject."""
    said, room = _without_room(lines(text), knows)
    found = classes_in(said)
    rest = said
    for _name, begin, end in reversed(found):
        rest = f"{rest[:begin]} {rest[end:]}"
    rest = re.sub(r"\b(?:lớp|lop)\b", " ", rest, flags=re.I)
    subject = plain(re.sub(r"\(\s*\)|[\n,;:+&]| và ", " ", rest)).strip(" \n\t-–—:;/,|+")
    if "(" not in subject or ")" not in subject or (subject[:1] == "(" and subject[-1:] == ")"):
        subject = subject.strip("()")
    return Parsed(subject.strip(), "", room, tuple(dict.fromkeys(n for n, _b, _e in found)))


def _without_room(said: str, knows: Knows) -> tuple[str, str]:
    for sign in reversed(list(_SIGN.finditer(said))):
        last = said[sign.end() :].strip(_BETWEEN)
        if last and (knows.room(last) or re.match(r"(phòng|phong|p\.)\s*\S", last, re.I)) and not knows.teacher(last):
            rest = said[: sign.start()].strip(" \n\t-–—:;/,|")
            return _closed(rest), re.sub(r"^(phòng|phong)\s+", "", last, flags=re.I)
        if last:
            break
    found = _ROOM.search(said)
    if found and found.start() > 0:
        return _closed(said[: found.start()].strip(" \n\t-–—:;/,|")), found[1]
    return said, ""


def _closed(text: str) -> str:
    """Brackets that the cut has left alone: "KHTN (Hoá" gets its end, "Toán (" loses its beginning."""
    if text.count("(") > text.count(")"):
        return text.rstrip("( ") if text.endswith("(") else f"{text})"
    return text


def _two(said: str, knows: Knows) -> bool:
    """Two lessons in one cell: each part names a subject by itself ("Lí/Hoá", "Toán-Lan; Văn-Hoa")."""
    parts = [p.strip(_BETWEEN) for p in re.split(r"[\n/;]", said) if p.strip(_BETWEEN)]
    if len(parts) < 2:
        return False
    named = [p for p in parts if knows.subject(p) or (_split(p, knows)[1] and knows.subject(_split(p, knows)[0]))]
    return len(named) > 1 and not any(knows.teacher(p) for p in parts[1:])


def _split(said: str, knows: Knows) -> tuple[str, str]:
    """Subject and teacher. The longest beginning that is a subject, else the longest end, else the first words."""
    signs = list(_SIGN.finditer(said))
    for sign in reversed(signs):
        left, right = _flat(said[: sign.start()] + (")" if sign[0].strip() in {")", "]"} else "")), said[sign.end() :]
        if knows.subject(left):
            who = _flat(right).strip(_BETWEEN)
            if knows.subject(who) and not knows.teacher(who) and knows.teacher(left):  # "Hoa - Toán"
                return who, left
            return left, who
    for sign in signs:
        left, right = _flat(said[: sign.start()]), _flat(said[sign.end() :]).strip(_BETWEEN)
        if left and knows.subject(right) and not (knows.teacher(right) and not knows.teacher(left)):
            return right, left.strip(_BETWEEN)
    words = _flat(said).split()
    for at in range(len(words) - 1, 0, -1):
        if knows.subject(" ".join(words[:at])) and words[at][:1].isalpha():
            return " ".join(words[:at]), " ".join(words[at:]).strip(_BETWEEN)
    if signs:
        return _flat(said[: signs[0].start()]).strip(_BETWEEN), _flat(said[signs[0].end() :]).strip(_BETWEEN)
    return _flat(said), ""


def _flat(text: str) -> str:
    return " ".join(text.split())
