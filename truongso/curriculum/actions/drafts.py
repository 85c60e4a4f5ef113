from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from truongso import audit
from truongso.curriculum.actions import outline
from truongso.curriculum.annex.columns import folded
from truongso.curriculum.annex.draft import Draft, DraftLesson, DraftTopic
from truongso.curriculum.compare import Comparison, Line, compare, digest_of
from truongso.curriculum.models import Lesson, PeriodicTest, Programme, Resource, Topic
from truongso.curriculum.queries import present_lessons
from truongso.school.models import SubjectPart


@dataclass(frozen=True, slots=True)
class Applied:
    new: int
    changed: int
    same: int
    kept: int  # edited by hand and left as they are


@transaction.atomic
def apply_draft(
    *, by: audit.Who | None, programme: Programme, draft: Draft, overwrite: Collection[int] = (), skip: Collection[int] = ()
) -> Applied:  # fmt: skip
    """Bring a programme to what a draft says: all or nothing, and twice changes nothing.

    `overwrite` holds the keys of lines edited by hand that are taken all the same, `skip` those not to be taken at all.
    What the draft does not name stays, behind what it names.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    found = compare(draft, present_lessons(programme))
    taken = {id(line.topic) for line in found.lines if line.key not in skip}
    draft.topics = [topic for topic in draft.topics if id(topic) in taken]
    topics = _topics(by, programme, draft)
    parts = {
        folded(name): p
        for p in SubjectPart.objects.filter(subject=programme.subject_id)
        for name in (p.name, p.short_name)
    }
    kept = 0
    counts = {"new": 0, "changed": 0, "same": 0}
    for line in found.lines:
        if line.key in skip or (line.edited and line.key not in overwrite):
            kept += line.edited
            continue
        counts[line.status] += 1
        _apply_line(by, line, topics[id(line.topic)], parts)
    _put_in_order(draft, found, topics)
    _keep_rows(programme, draft)
    audit.record(by, "curriculum.apply_draft", obj=programme, detail=counts)
    return Applied(counts["new"], counts["changed"], counts["same"], kept)


def _topics(by: audit.Who | None, programme: Programme, draft: Draft) -> dict[int, Topic]:
    """The row of each topic of the draft, found by its title or made."""
    rows = {folded(t.title): t for t in programme.topics.filter(archived_at=None).order_by("-order", "-pk")}
    last = programme.topics.aggregate(last=Max("order"))["last"] or 0
    found: dict[int, Topic] = {}
    for topic in draft.topics:
        row = rows.get(folded(topic.title))
        if row is None:
            last += 1
            row = rows[folded(topic.title)] = Topic.objects.create(programme=programme, title=topic.title, order=last)
        found[id(topic)] = row
    return found


def _apply_line(by: audit.Who | None, line: Line, topic: Topic, parts: dict[str, SubjectPart]) -> None:
    lesson = line.lesson
    values = {
        "title": lesson.title, "periods": lesson.periods, "kind": lesson.kind, "week_hint": lesson.week,
        "outcomes": lesson.outcomes, "part": parts.get(folded(lesson.part)) or _part_in(lesson, line.topic, parts),
    }  # fmt: skip
    digest = digest_of(lesson)
    if line.present is None:
        outline.add_lesson(by=by, topic=topic, imported=digest, **values)  # type: ignore[arg-type]
    elif line.status == "changed":
        row = Lesson.objects.select_related("topic").get(pk=line.present.id)
        outline.change_lesson(by=by, lesson=row, topic=topic, imported=digest, **values)  # type: ignore[arg-type]


def _part_in(lesson: DraftLesson, topic: DraftTopic, parts: dict[str, SubjectPart]) -> SubjectPart | None:
    """A topic's heading often names the strand: "PHÂN MÔN LỊCH SỬ", "Mạch: Vật sống"."""
    heading = f" {folded(topic.part or topic.title)} "
    return next((p for name, p in parts.items() if name and re.search(rf"\b{re.escape(name)}\b", heading)), None)


def _put_in_order(draft: Draft, found: Comparison, topics: dict[int, Topic]) -> None:
    """Topics and lessons stand as in the draft; those that it does not name come after."""
    wanted = list(dict.fromkeys(topics[id(t)].pk for t in draft.topics))
    programme = next(iter(topics.values())).programme_id if topics else None
    rows = sorted(
        Topic.objects.filter(programme=programme),
        key=lambda t: (wanted.index(t.pk) if t.pk in wanted else len(wanted), t.order, t.pk),
    )
    for order, topic in enumerate(rows, 1):
        topic.order = order
    Topic.objects.bulk_update(rows, ["order"])
    for drafted in draft.topics:
        titles = [folded(x.title) for x in drafted.lessons]
        lessons = sorted(
            Lesson.objects.filter(topic=topics[id(drafted)]),
            key=lambda x: (titles.index(folded(x.title)) if folded(x.title) in titles else len(titles), x.order, x.pk),
        )
        for order, lesson in enumerate(lessons, 1):
            lesson.order = order
        Lesson.objects.bulk_update(lessons, ["order"])


def _keep_rows(programme: Programme, draft: Draft) -> None:
    """Periodic tests, devices and rooms: lists that the document holds whole, taken over when it has any."""
    for test in draft.tests:
        PeriodicTest.objects.update_or_create(
            programme=programme, term=test.term, final=test.final,
            defaults={"minutes": test.minutes, "when": test.when[:60], "outcomes": test.outcomes[:1000], "form": test.form[:120]},
        )  # fmt: skip
    for kind in {r.kind for r in draft.resources}:
        programme.resources.filter(kind=kind).delete()
        Resource.objects.bulk_create([
            Resource(programme=programme, kind=kind, name=r.name, quantity=r.quantity[:40], used_for=r.used_for[:300],
                     note=r.note[:200], order=i)
            for i, r in enumerate((r for r in draft.resources if r.kind == kind), 1)
        ])  # fmt: skip
