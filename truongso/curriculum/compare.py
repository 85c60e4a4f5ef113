"""A draft against the programme as it stands: what is new, changed, the same; pure, over values.

Lessons are matched by their title within the topic, then within the programme, then by place in the topic, each side
once. A lesson that somebody edited by hand since it was last imported is never silently overwritten: it is `edited`, and
taken only when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from truongso.curriculum.annex.columns import folded
from truongso.curriculum.annex.draft import Draft, DraftLesson, DraftTopic


@dataclass(frozen=True, slots=True)
class Present:
    """A lesson that stands in the programme."""

    id: int
    topic_id: int
    topic_title: str
    title: str
    periods: int
    kind: str
    week: str
    part: str
    outcomes: tuple[str, ...]
    imported: str  # digest of the row it last came from; "" when entered by hand

    @property
    def digest(self) -> str:
        return digest(self.title, self.periods, self.kind, self.week, self.outcomes)

    @property
    def edited(self) -> bool:
        return self.imported != self.digest


@dataclass(frozen=True, slots=True)
class Line:
    """One lesson of the draft. `key` numbers it within the draft; `status` is new, changed or same."""

    key: int
    topic: DraftTopic
    lesson: DraftLesson
    present: Present | None
    edited: bool = False
    differences: tuple[tuple[str, str, str], ...] = ()  # field, as it stands, as the file has it

    @property
    def status(self) -> str:
        if self.present is None:
            return "new"
        return "changed" if self.differences else "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    lines: tuple[Line, ...]
    left: tuple[Present, ...]  # in the programme and not in the draft: they stay

    def counts(self) -> dict[str, int]:
        found = {"new": 0, "changed": 0, "same": 0}
        for line in self.lines:
            found[line.status] += 1
        return found


def digest(title: str, periods: int, kind: str, week: str, outcomes: Sequence[str]) -> str:
    text = "\x1f".join((title, str(periods), kind, week, *outcomes))
    return sha256(text.encode()).hexdigest()


def digest_of(lesson: DraftLesson) -> str:
    """Of the row as its file has it: what was corrected on the way in counts as edited by hand."""
    return lesson.origin or digest(lesson.title, lesson.periods, lesson.kind, lesson.week, lesson.outcomes)


def compare(draft: Draft, present: Sequence[Present]) -> Comparison:
    free = {p.id: p for p in present}
    pairs = [(topic, lesson) for topic in draft.topics for lesson in topic.lessons]
    found: dict[int, Present] = {}

    def take(key: int, fits: list[Present]) -> None:
        if key not in found and fits:
            found[key] = free.pop(fits[0].id)

    for strict in (True, False):
        for key, (topic, lesson) in enumerate(pairs):
            name = folded(lesson.title)
            same = [p for p in free.values() if folded(p.title) == name]
            if strict:
                same = [p for p in same if folded(p.topic_title) == folded(topic.title)]
            take(key, same)
    for key, (topic, lesson) in enumerate(pairs):  # renamed: the only one left in its topic with as many periods
        alike = [
            p
            for p in free.values()
            if folded(p.topic_title) == folded(topic.title)
            and p.periods == lesson.periods
            and _akin(p.title, lesson.title)
        ]
        others = [
            k for k, (t, x) in enumerate(pairs) if k not in found and t is topic and x.periods == lesson.periods
        ]  # fmt: skip
        if len(alike) == 1 and others == [key]:
            take(key, alike)
    lines = [_line(key, topic, lesson, found.get(key)) for key, (topic, lesson) in enumerate(pairs)]
    return Comparison(tuple(lines), tuple(free.values()))


def _akin(one: str, other: str) -> bool:
    """Do more than half of the shorter title's words stand in the other? Without that it is another lesson."""
    a, b = set(folded(one).split()), set(folded(other).split())
    return len(a & b) * 2 > min(len(a), len(b))


def _line(key: int, topic: DraftTopic, lesson: DraftLesson, present: Present | None) -> Line:
    if present is None:
        return Line(key, topic, lesson, None)
    pairs = (
        ("title", present.title, lesson.title),
        ("periods", str(present.periods), str(lesson.periods)),
        ("kind", present.kind, lesson.kind),
        ("week", present.week, lesson.week),
        ("outcomes", "\n".join(present.outcomes), "\n".join(lesson.outcomes)),
        ("topic", present.topic_title, topic.title),
    )
    differences = tuple(pair for pair in pairs if pair[1] != pair[2])
    return Line(key, topic, lesson, present, present.edited and bool(differences), differences)
