"""FET (timetabling.de, lalescu.ro): a .fet with its solution or its locked places, and the timetables it exports as XML."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, XMLParser

from truongso.lib.sheets.decode import text_of
from truongso.timetable.bringing import words
from truongso.timetable.bringing.listed import hour_of
from truongso.timetable.bringing.said import Knows, Said

MOST_BYTES = 20 * 2**20
ROOTS = {"fet", "Activities_Timetable", "Students_Timetable", "Teachers_Timetable", "Rooms_Timetable"}


class NotFet(ValueError):
    """`why`: "broken" (no well-formed XML), "kind" (XML of something else)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def parse(content: bytes) -> Element:
    """The root. Document types and entities are refused: FET writes none, and they can be made to fill the memory."""
    text = text_of(content).lstrip("\ufeff \r\n\t")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise NotFet("broken")
    parser = XMLParser()  # noqa: S314 (no entities, as above; size limited by the caller)
    try:
        parser.feed(re.sub(r"^<\?xml[^>]*\?>", "", text))
        root: Element = parser.close()
    except ParseError:
        raise NotFet("broken") from None
    if root.tag not in ROOTS:
        raise NotFet("kind")
    return root


@dataclass(slots=True)
class Activity:
    id: str
    subject: str
    teachers: list[str]
    students: list[str]
    hours: int


@dataclass(slots=True)
class Data:
    """A .fet without its solution."""

    days: list[str] = field(default_factory=list)
    hours: list[str] = field(default_factory=list)
    halves: bool = False  # two "days" a day, morning and afternoon
    activities: dict[str, Activity] = field(default_factory=dict)
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # year → groups, group → subgroups
    around: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def data_of(root: Element) -> Data:
    made = Data(halves="afternoon" in (root.findtext("Mode") or "").lower())
    for tag, names in (("Days_List", made.days), ("Hours_List", made.hours)):
        for name in root.iterfind(f"{tag}//Name"):
            names.append(_text(name))
    for year in root.iterfind("Students_List/Year"):
        for group in [year, *year.iterfind("Group")]:
            for inner in group.iterfind("Group" if group is year else "Subgroup"):
                made.inside[_of(group, "Name")].append(_of(inner, "Name"))
                made.around[_of(inner, "Name")].append(_of(group, "Name"))
    for node in root.iterfind("Activities_List/Activity"):
        if _of(node, "Active").lower() != "false":
            act = Activity(
                _of(node, "Id"),
                _of(node, "Subject"),
                _all(node, "Teacher"),
                _all(node, "Students"),
                _whole(_of(node, "Duration")),
            )
            made.activities[act.id] = act
    for lock in root.iterfind("Time_Constraints_List/ConstraintActivityPreferredStartingTime"):
        day, hour = _of(lock, "Preferred_Day", "Day"), _of(lock, "Preferred_Hour", "Hour")
        if day and hour and _of(lock, "Active").lower() != "false":
            made.places.setdefault(_of(lock, "Activity_Id"), (day, hour))
    for lock in root.iterfind("Space_Constraints_List/ConstraintActivityPreferredRoom"):
        if _of(lock, "Active").lower() != "false":
            made.rooms.setdefault(_of(lock, "Activity_Id"), _of(lock, "Real_Room") or _of(lock, "Room"))
    _solution(made, root.find(".//Activities_Timetable"))
    return made


def _solution(data: Data, root: Element | None) -> None:
    for node in root.iterfind("Activity") if root is not None else ():
        key, day, hour = _of(node, "Id"), _of(node, "Day"), _of(node, "Hour")
        if day and hour:
            data.places[key] = (day, hour)
        else:
            data.places.pop(key, None)
        if room := _of(node, "Real_Room") or _of(node, "Room"):
            data.rooms[key] = room


def of_data(root: Element, solution: Element | None, name: str, knows: Knows) -> list[Said]:
    """The lessons of a .fet: those of its solution, else its locked places. What has no place is said to have none."""
    data = data_of(root)
    _solution(data, solution)
    found: list[Said] = []
    for act in data.activities.values():
        place = data.places.get(act.id)
        classes = list(dict.fromkeys(c for s in act.students for c in _classes(s, data, knows))) or [""]
        for step in range(max(1, act.hours)):
            weekday, shift, number = _when(place, step, data, knows)
            for klass in classes:
                found.append(
                    Said(
                        name, _whole(act.id), klass, "", " · ".join(filter(None, (act.subject, "+".join(act.teachers)))), klass,
                        weekday, shift, number, act.subject, act.teachers[0] if act.teachers else "", data.rooms.get(act.id, ""),
                        f"{name}#{act.id}:{step}" if len(classes) > 1 else "", act.teachers[1:],
                        ("when" if place else "unplaced") if weekday is None or number is None else "" if klass else "class",
                    )
                )  # fmt: skip
    return found


def _classes(students: str, data: Data, knows: Knows) -> list[str]:
    """The classes that a students set means: itself, the class around a subgroup, or those inside a year."""
    if knows.klass(students):
        return [students]
    above, seen = list(data.around.get(students, [])), set[str]()
    while above:
        name = above.pop(0)
        if name not in seen and knows.klass(name):
            return [name]
        seen.add(name)
        above += data.around.get(name, [])
    within = [name for name in data.inside.get(students, []) if knows.klass(name)]
    head = re.match(r"[^\s-]+", students)
    if not within and head and knows.klass(head[0]):
        return [head[0]]
    return within or [students]


def _when(place: tuple[str, str] | None, step: int, data: Data, knows: Knows) -> tuple[int | None, str, int | None]:
    if place is None:
        return (None, "", None)
    day, hour = place
    weekday, half = _day(day, data)
    if hour in data.hours:
        at = data.hours.index(hour) + step
        if at >= len(data.hours):
            return (weekday, half, None)
        hour, step = data.hours[at], 0
    number, shift = hour_of(hour, data.hours, knows)
    if half and shift == "pm" and number is not None and not data.halves:
        return (weekday, half, number)
    return (weekday, half or shift, number + step if number is not None else None)


def _day(text: str, data: Data) -> tuple[int | None, str]:
    at = data.days.index(text) if text in data.days else None
    said = words.day_of(text, labelled=True, halves=True)
    if said is None and at is not None:  # days of no name that is known: as they follow each other from Monday
        said = (at // 2 + 1 if data.halves else at + 1, "")
    if said is None:
        return (None, "")
    return (said[0], said[1] or (("am", "pm")[at % 2] if data.halves and at is not None else ""))


def of_timetable(root: Element, name: str, knows: Knows) -> list[Said]:
    """subgroups.xml, groups.xml, teachers.xml, rooms.xml: a table a students set, teacher or room. One lesson may be said several times."""
    found: list[Said] = []
    data = Data(days=_names(root, "Day"), hours=_names(root, "Hour"))
    data.halves = len(data.days) >= 8
    for row, owner in enumerate(root, 1):
        who = _attribute(owner)
        for day in owner.iterfind("Day"):
            for hour in day.iterfind("Hour"):
                subject = _attribute(hour.find("Subject"))
                if not subject:
                    continue
                teachers = [who] if owner.tag == "Teacher" else [_attribute(t) for t in hour.iterfind("Teacher")]
                sets = [_attribute(s) for s in hour.iterfind("Students")] if owner.tag != "Subgroup" else [who]
                sets = [
                    s for said in (sets if sets or owner.tag in {"Teacher", "Room"} else [who]) for s in said.split("+")
                ]
                classes = list(
                    dict.fromkeys(
                        c for s in sets for c in _classes(re.sub(r" Automatic Subgroup$", "", s), data, knows)
                    )
                )
                weekday, shift, number = _when((_attribute(day), _attribute(hour)), 0, data, knows)
                act = hour.find("Activity")
                key = act.get("id", "") if act is not None else ""
                for klass in classes or [""]:
                    found.append(
                        Said(
                            name, int(key) if key.isdigit() else row, who, "", " · ".join(filter(None, (subject, "+".join(teachers)))), klass,
                            weekday, shift, number, subject, teachers[0] if teachers else "", who if owner.tag == "Room" else _attribute(hour.find("Room")),
                            f"{name}#{key or '+'.join([*teachers, subject])}:{weekday}:{shift}:{number}", teachers[1:],
                            "when" if weekday is None or number is None else "" if klass else "class",
                        )
                    )  # fmt: skip
    return found


def _names(root: Element, tag: str) -> list[str]:
    return list(dict.fromkeys(_attribute(node) for node in root.iter(tag)))


def _attribute(node: Element | None) -> str:
    return (node.get("name") or node.findtext("Name") or (node.text or "")).strip() if node is not None else ""


def _of(node: Element, *tags: str) -> str:
    return next((text for tag in tags if (text := (node.findtext(tag) or "").strip())), "")


def _text(node: Element) -> str:
    return (node.text or "").strip()


def _all(node: Element, tag: str) -> list[str]:
    return [text for found in _iter(node, tag) if (text := _text(found))]


def _iter(node: Element, tag: str) -> Iterable[Element]:
    return node.iterfind(tag)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 7 else 1
