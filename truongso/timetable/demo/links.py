"""Ways into the made-up school's periods, and who went by them. All addresses are of example domains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from truongso.lib.dice import Dice
from truongso.school.models import Subject
from truongso.timetable.demo import words
from truongso.timetable.demo.decisions import UPPER
from truongso.timetable.demo.held import Row, School
from truongso.timetable.demo.rolls import Mark, Rolls
from truongso.timetable.models import LinkKind, Mode, Presence

OUTSIDE = {LinkKind.TEAMS: 4, LinkKind.ZOOM: 3, LinkKind.MEET: 3}
ADDRESS = {
    LinkKind.TEAMS: "https://teams.example.com/l/meetup-join/%(key)s", LinkKind.ZOOM: "https://zoom.example.com/j/9%(digits)s",
    LinkKind.MEET: "https://meet.example.com/%(key)s", LinkKind.ZALO: "https://zalo.example.com/g/%(key)s",
    LinkKind.VIDEO: "https://video.example.com/watch?v=%(key)s",
}  # fmt: skip
SUPPORT_SINCE, AHEAD = timedelta(weeks=3), timedelta(days=8)
VISITED = ("8A2", "7A1")  # all their online periods; of the others one in five
AWAY = (Presence.ABSENT.value, Presence.EXCUSED.value)
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Standing:
    unit: int
    subject: int | None
    kind: LinkKind
    url: str
    title: str
    by: int | None


@dataclass(slots=True)
class Link:
    row: Row
    kind: LinkKind
    url: str
    title: str
    standing: Standing | None = None
    start: int | None = None
    end: int | None = None
    watch_for: str = ""
    visits: list[tuple[int, datetime, datetime, int]] = field(default_factory=list)  # pupil, first, last, how often


def _address(kind: LinkKind, dice: Dice) -> str:
    key = "".join(dice.pick(_LETTERS) for _ in range(11))
    digits = "".join(str(dice.below(10)) for _ in range(9))
    return ADDRESS[kind] % {"key": key, "digits": digits}


def standing(school: School) -> list[Standing]:
    """A Zalo group of many classes; a Teams or Zoom room for what the upper grades learn online."""
    subjects = {s.code: s for s in Subject.objects.filter(code__in=("toan", "tieng-anh"))}
    found = []
    for unit, known in school.classes.items():
        dice = Dice(f"standing links {known.name}")
        if known.name in VISITED or dice.chance(60):
            address = _address(LinkKind.ZALO, dice)
            found.append(Standing(unit, None, LinkKind.ZALO, address, f"Nhóm Zalo lớp {known.name}", known.homeroom))
        for subject in subjects.values() if known.grade in UPPER else ():
            kind = dice.weighed({LinkKind.TEAMS: 3, LinkKind.ZOOM: 1})
            by = next((r.person for r in school.rows if r.unit == unit and r.subject == subject.pk), None)
            title = f"{subject.short_name} {known.name} trên {kind.label.removeprefix('Microsoft ')}"
            found.append(Standing(unit, subject.pk, kind, _address(kind, dice), title, by))
    return found


def of_periods(school: School, always: list[Standing], rolls: Rolls) -> list[Link]:
    marks = {sheet.period: sheet.marks for sheet in rolls.sheets if sheet.period is not None}
    rooms = {(s.unit, s.subject): s for s in always if s.subject is not None}
    found: list[Link] = []
    for row in school.rows:
        if not row.held or row.ends > school.now + AHEAD:
            continue
        known = school.classes[row.unit]
        dice = Dice(f"links {known.name} {row.day} {row.shift} {row.number}")
        room = rooms.get((row.unit, row.subject))
        if row.mode == Mode.ONLINE_REPLACE.value:
            kind = Dice(f"tool {school.names.get(row.person or 0, '')}").weighed(OUTSIDE)
            found.append(Link(row, kind, _address(kind, dice), ""))
        elif row.mode == Mode.ONLINE_SUPPORT.value and room and school.now - SUPPORT_SINCE < row.ends <= school.now:
            found.append(Link(row, room.kind, room.url, room.title, room))
        elif not row.label and row.starts > school.now - SUPPORT_SINCE and dice.chance(6):
            found.append(_video(row, dice))
        made = found[-1] if found and found[-1].row is row and row.ends <= school.now else None
        if made and (known.name in VISITED or dice.chance(20)):
            made.visits = list(_visits(school, made, marks.get(row.id, {}), dice))
    return found


def _visits(
    school: School, link: Link, marks: Mapping[int, Mark], dice: Dice
) -> Iterator[tuple[int, datetime, datetime, int]]:
    """Whoever was there went by the link, around the hour; a video was watched by six in ten."""
    row = link.row
    for pupil in school.pupils.get(row.unit, ()):
        mark = marks.get(pupil.person)
        if not pupil.on(row.day) or (mark and mark.state in AWAY):
            continue
        if link.kind == LinkKind.VIDEO and not dice.chance(60):
            continue
        first = row.starts + timedelta(minutes=dice.between(-9, 4), seconds=dice.below(60))
        times = dice.weighed({1: 70, 2: 24, 3: 6})
        yield pupil.person, first, first + timedelta(minutes=dice.between(3, 25) * (times - 1)), times


def _video(row: Row, dice: Dice) -> Link:
    start = dice.below(20) * 15
    return Link(
        row, LinkKind.VIDEO, _address(LinkKind.VIDEO, dice), "Video xem trước bài", start=start,
        end=start + dice.between(8, 40) * 15, watch_for=dice.pick(words.WATCH_FOR),
    )  # fmt: skip
