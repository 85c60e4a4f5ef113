"""What the text outside the tables says: of which subject, grade and year they are."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUBJECT = (
    r"MÔN HỌC(?:/HOẠT ĐỘNG GIÁO DỤC)?\s*:?\s*([^,;\n(]+)",
    r"(?<!chuyên )(?<!bộ )\bMÔN\s*:?\s+([^,;\n(]+)",
    r"HOẠT ĐỘNG GIÁO DỤC\s*:\s*([^,;\n(]+)",
)
_GRADES = r"KHỐI\s*(?:LỚP)?\s*:?\s*((?:\d{1,2}\s*[,;và ]*)+)"
_CLASS = r"\bLỚP\s*:?\s*(\d{1,2})\b"
_ONE = r"\b(?:khối(?:\s+lớp)?|lớp)\s*:?\s*(\d{1,2})\b(?!\s*[,;]\s*\d|\s+và\s+\d)"


@dataclass(frozen=True, slots=True)
class Heading:
    subject: str = ""  # as the file says it
    grades: tuple[int, ...] = ()
    year: str = ""  # 2026-2027


def read(prose: str) -> Heading:
    subject = next((found[1] for p in _SUBJECT if (found := re.search(p, prose, re.I))), "")
    subject = re.split(r"\s*[-–]?\s*(?:khối|lớp|năm học)\b", subject, flags=re.I)[0].strip(" .…:-–")
    grades = re.search(_GRADES, prose, re.I) or re.search(_CLASS, prose, re.I) or re.search(r"\s(\d{1,2})$", subject)
    year = re.search(r"(20\d\d)\s*[-–]\s*(20\d\d)", prose)
    return Heading(
        re.sub(r"\s+\d{1,2}$", "", subject),
        tuple(int(g) for g in re.findall(r"\d+", grades[1]) if 1 <= int(g) <= 12) if grades else (),
        f"{year[1]}-{year[2]}" if year else "",
    )


def one_grade(text: str) -> int | None:
    """The one grade that a heading names; None when it names none or several ("Khối 6, 7")."""
    grades = {int(g) for g in re.findall(_ONE, text, re.I) if 1 <= int(g) <= 12}
    return grades.pop() if len(grades) == 1 else None
