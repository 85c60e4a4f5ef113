"""Rows into a draft: topics, lessons, outcomes, with every row that could not be read and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from truongso.curriculum.annex import heading
from truongso.curriculum.annex.columns import Header, find_header, folded
from truongso.curriculum.annex.grid import Grid, Row, Source

NO_TOPIC = "…"  # lessons before the first topic row
LONGEST = 60  # periods of one lesson
KINDS = {"bai hoc": "lesson", "thuc hanh": "practice", "on tap": "review", "kiem tra": "test"}  # of a column of kinds


@dataclass(slots=True)
class DraftLesson:
    title: str
    periods: int
    kind: str = "lesson"
    outcomes: list[str] = field(default_factory=list)
    week: str = ""
    part: str = ""  # as the file says it
    place: str = ""  # the table or sheet
    row: int = 0
    origin: str = ""  # digest of the row as the file has it, when somebody corrected it before taking it


@dataclass(slots=True)
class DraftTopic:
    title: str
    part: str = ""
    lessons: list[DraftLesson] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DraftTest:
    term: int
    final: bool
    minutes: int | None
    when: str
    outcomes: str
    form: str


@dataclass(frozen=True, slots=True)
class DraftResource:
    kind: str  # device, room
    name: str
    quantity: str
    used_for: str
    note: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that is not taken. `reason` is a code with its values: see curriculum.messages."""

    place: str
    row: int
    column: int  # counted from 1
    value: str
    reason: str
    title: str = ""
    topic: str = ""  # where it would stand: this topic, behind this many of its lessons
    after: int = 0
    outcomes: tuple[str, ...] = ()
    week: str = ""


@dataclass(slots=True)
class Draft:
    topics: list[DraftTopic] = field(default_factory=list)
    tests: list[DraftTest] = field(default_factory=list)
    resources: list[DraftResource] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    grades: tuple[int, ...] = ()  # named in the document's head
    subject: str = ""
    year: str = ""

    @property
    def lessons(self) -> list[DraftLesson]:
        return [lesson for topic in self.topics for lesson in topic.lessons]

    @property
    def periods(self) -> int:
        return sum(lesson.periods for lesson in self.lessons)


_TERM = re.compile(r"^(?:hoc k[iy]|hk)\s*(i{1,2}|[12])\b")
_TOTAL = re.compile(r"^(?:tong|cong|tong cong|tong so)\b")
_TOPIC = re.compile(r"^(?:chuong|chu de|phan|mach|chuyen de|modun|module|hoat dong chu de)\s+(?:[ivxlc]+|\d+|[a-z])\b")
_IN_TEXT = re.compile(r"\s*[(\[]\s*(?:thời lượng\s*:?\s*)?(\d{1,3})\s*tiết[^)\]]*[)\]]", re.I)
_RANGE = re.compile(r"^(?:tiết\s*)?(\d{1,3})\s*(?:-|–|—|đến|→|\.\.)\s*(\d{1,3})$", re.I)
_LIST = re.compile(r"^(?:tiết\s*)?\d{1,3}(?:\s*[,;+]\s*\d{1,3})+$", re.I)
_COUNT = re.compile(r"^(\d{1,3})(?:[.,]0)?\s*(?:tiết|t)?\s*(?:\(.*\))?$", re.I)


def read(source: Source) -> Draft:
    """Everything that a document or a paste says about one programme."""
    draft = Draft()
    head = heading.read(source.prose)
    draft.subject, draft.grades, draft.year = head.subject, head.grades, head.year
    for grid in source.grids:
        header = find_header(grid)
        if header is None:
            continue
        if header.kind == "plan":
            _plan(draft, grid, header)
        elif header.kind == "tests":
            draft.tests += [t for row in grid.rows[header.at + 1 :] if (t := _test(row, header))]
        else:
            draft.resources += _resources(grid, header)
    draft.topics = [topic for topic in draft.topics if topic.lessons]
    return draft


def read_each(source: Source) -> list[Draft]:
    """One draft a grade: tables under a heading that names one grade belong to it until the next such heading."""
    grade: int | None = None
    groups: dict[int | None, list[Grid]] = {}
    for grid in source.grids:
        named = heading.one_grade(grid.above)
        grade = named or grade
        groups.setdefault(grade, []).append(grid)
    if len(groups.keys() - {None}) < 2:
        return [read(source)]
    found = []
    for grade, grids in groups.items():
        draft = read(Source((*grids,), source.prose))
        if grade is not None:
            draft.grades = (grade,)
        if draft.lessons or draft.wrong:
            found.append(draft)
    return found


def _plan(draft: Draft, grid: Grid, header: Header) -> None:
    reader = _PlanReader(draft, grid, header)
    for row in grid.rows[header.at + 1 :]:
        if row.text and row.cells != grid.rows[header.at].cells:  # a header repeated on each printed page
            reader.take(row)


class _PlanReader:
    """Walks the rows of a distribution table, the present topic in hand."""

    def __init__(self, draft: Draft, grid: Grid, header: Header) -> None:
        self.draft, self.place, self.columns = draft, grid.name, header.columns
        self.topic: DraftTopic | None = None
        self.named = ""  # what the topic column said last

    def take(self, row: Row) -> None:
        name = folded(row.text)
        lone = row.whole or sum(bool(c) for i, c in enumerate(row.cells) if i not in row.below) == 1
        if _TOTAL.match(name) or (lone and (_TERM.match(name) or name.isdigit())):
            return
        title, count = row.at(self.columns.get("lesson")), self._count_cell(row)
        if self._is_topic(title or row.text, lone=lone, bare=not count and not row.at(self.columns.get("outcomes"))):
            self._begin(title or row.text)
            return
        if (own := row.at(self.columns.get("topic"))) and own != self.named:
            self.named = own
            self._begin(own)
        topic = self.topic or self._begin(NO_TOPIC)
        if self.columns.get("lesson") in row.below and topic.lessons:
            self._more(topic.lessons[-1], row)
        elif lesson := self._lesson(row, title, count):
            topic.lessons.append(lesson)

    def _count_cell(self, row: Row) -> str:
        return row.at(self.columns.get("periods")) or row.at(self.columns.get("numbers"))

    def _count(self, text: str) -> int | None:
        return count_of(text, numbered="periods" not in self.columns)

    @staticmethod
    def _is_topic(text: str, *, lone: bool, bare: bool) -> bool:
        return bare and ((lone and kind_of(text) != "test") or bool(_TOPIC.match(folded(text))))

    def _begin(self, heading: str) -> DraftTopic:
        self.topic = DraftTopic(_IN_TEXT.sub("", heading).replace("\n", " ").strip(" :.")[:200])
        self.draft.topics.append(self.topic)
        return self.topic

    def _more(self, lesson: DraftLesson, row: Row) -> None:
        """A row under a merged title: more outcomes of the same lesson, or more of its periods."""
        if self.columns.get("outcomes") not in row.below:
            lesson.outcomes += split_outcomes(row.at(self.columns.get("outcomes")))
        place = self.columns.get("periods", self.columns.get("numbers"))
        if place not in row.below and (count := self._count(row.at(place))):
            lesson.periods += count

    def _lesson(self, row: Row, title: str, count_text: str) -> DraftLesson | None:
        if not title:
            self._wrong(row, "lesson", row.text, "no_title")
            return None
        in_text = _IN_TEXT.search(title)
        count = self._count(count_text) or (int(in_text[1]) if in_text and not count_text else None)
        if count is None:
            self._wrong(row, "periods", count_text, "unclear_periods" if count_text else "no_periods")
            return None
        if not 1 <= count <= LONGEST:
            self._wrong(row, "periods", count_text, "too_many_periods")
            return None
        clean = _IN_TEXT.sub("", title).replace("\n", " ").strip(" .:")[:300]
        return DraftLesson(
            clean, count, KINDS.get(folded(row.at(self.columns.get("kind"))), kind_of(clean)), split_outcomes(row.at(self.columns.get("outcomes"))),
            row.at(self.columns.get("week")).replace("\n", " ")[:40], row.at(self.columns.get("part")), self.place,
            row.number,
        )  # fmt: skip

    def _wrong(self, row: Row, meaning: str, value: str, reason: str) -> None:
        column = self.columns.get(meaning, self.columns.get("lesson", 0)) + 1
        outcomes = tuple(split_outcomes(row.at(self.columns.get("outcomes"))))
        topic = self.topic or DraftTopic(NO_TOPIC)
        title = _IN_TEXT.sub("", row.at(self.columns.get("lesson"))).replace("\n", " ").strip(" .:")[:300]
        self.draft.wrong.append(
            Wrong(
                self.place, row.number, column, value, reason, title, topic.title, len(topic.lessons), outcomes,
                row.at(self.columns.get("week")).replace("\n", " ")[:40],
            )
        )  # fmt: skip


def count_of(text: str, *, numbered: bool = False) -> int | None:
    """How many periods a cell means: "4", "4 tiết", or the periods' numbers "13-15" or "13, 14, 15"; None when unclear.

    `numbered` says that the column holds numbers of periods (tiết thứ), so that a lone "6" is one period.
    """
    plain = text.strip().replace("\n", " ")
    if found := _COUNT.match(plain):
        return 1 if numbered else int(found[1])
    if found := _RANGE.match(plain):
        first, end = int(found[1]), int(found[2])
        return end - first + 1 if end >= first else None
    if _LIST.match(plain):
        numbers = [int(n) for n in re.findall(r"\d+", plain)]
        return len(numbers) if numbers == list(range(numbers[0], numbers[0] + len(numbers))) else None
    return None


def kind_of(title: str) -> str:
    name = folded(title)
    if re.search(r"\b(kiem tra|danh gia)\b.*\b(giua|cuoi)\b", name):
        return "test"
    if re.match(r"(on tap|luyen tap chung|bai tap cuoi chuong|tong ket)\b", name):
        return "review"
    return "practice" if re.match(r"(thuc hanh|hoat dong thuc hanh|bai thuc hanh)\b", name) else "lesson"


def split_outcomes(text: str) -> list[str]:
    """A cell's bullets ("- …", "+ …", "• …") or lines, one outcome each; a line that goes on in lower case is joined."""
    found: list[str] = []
    for line in text.splitlines():
        bullet = re.match(r"^\s*(?:[-–—+•*▪·]|\d+[.)]|[a-z]\))\s*(?=\S)", line)
        body = line[bullet.end() :].strip() if bullet else line.strip()
        if not body:
            continue
        if found and not bullet and body[0].islower():
            found[-1] = f"{found[-1]} {body}"
        else:
            found.append(body)
    return [outcome.rstrip(" ;")[:1000] for outcome in found]


def _test(row: Row, header: Header) -> DraftTest | None:
    name = folded(row.at(header.columns["name"]))
    found = re.search(r"\b(giua|cuoi)\b.*?(?:k[iy]|hk)\s*(ii|i|1|2)\b", name) or re.search(
        r"\b(giua|cuoi)\b.*?\b(hk)?(ii|i|1|2)$", name
    )
    if not found:
        return None
    term = 2 if found[found.lastindex or 2] in {"ii", "2"} else 1
    minutes = re.search(r"\d+", row.at(header.columns.get("minutes")))
    texts = (row.at(header.columns.get(k)).replace("\n", " ") for k in ("when", "outcomes", "form"))
    return DraftTest(term, found[1] == "cuoi", int(minutes[0]) if minutes else None, *texts)


def _resources(grid: Grid, header: Header) -> list[DraftResource]:
    kind = "device" if header.kind == "devices" else "room"
    rows: Sequence[Row] = grid.rows[header.at + 1 :]
    return [
        DraftResource(
            kind, name.replace("\n", " ")[:200],
            *(row.at(header.columns.get(k)).replace("\n", " ") for k in ("quantity", "used_for", "note")),
        )
        for row in rows
        if (name := row.at(header.columns["name"])) and not re.fullmatch(r"[.…\s]+", name)
    ]  # fmt: skip
