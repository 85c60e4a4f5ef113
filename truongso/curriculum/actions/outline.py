from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.curriculum.models import Lesson, LessonKind, Outcome, Programme, ProgrammeState, Topic
from truongso.school.models import SchoolYear, Subject, SubjectPart

LONGEST = 60


@transaction.atomic
def make_programme(*, by: audit.Who | None, subject: Subject, grade: int, year: SchoolYear) -> Programme:
    """The programme of a subject in a grade and year; the one that is there when somebody made it already."""
    made, new = Programme.objects.get_or_create(subject=subject, grade=grade, year=year)
    if new:
        audit.record(by, "curriculum.make_programme", obj=made)
    return made


@transaction.atomic
def set_state(*, by: audit.Who | None, programme: Programme, state: ProgrammeState) -> None:
    programme.state = state
    programme.save(update_fields=["state", "updated_at"])
    audit.record(by, "curriculum.set_state", obj=programme, detail={"state": state.value})


@transaction.atomic
def add_topic(*, by: audit.Who | None, programme: Programme, title: str, part: SubjectPart | None = None) -> Topic:
    if not title.strip():
        raise ValidationError({"title": _("Xin ghi tên chương hoặc chủ đề.")})
    made = Topic.objects.create(
        programme=programme, title=title.strip(), part=part, order=_next(programme.topics.all())
    )
    audit.record(by, "curriculum.add_topic", obj=made)
    return made


@transaction.atomic
def change_topic(*, by: audit.Who, topic: Topic, title: str, part: SubjectPart | None) -> None:
    topic.title, topic.part = title.strip(), part
    topic.save(update_fields=["title", "part"])
    audit.record(by, "curriculum.change_topic", obj=topic)


@transaction.atomic
def drop_topic(*, by: audit.Who, topic: Topic) -> None:
    """Put a topic away with its lessons; `restore_topic` brings it back as it was."""
    topic.archived_at = timezone.now()
    topic.save(update_fields=["archived_at"])
    audit.record(by, "curriculum.drop_topic", obj=topic)


@transaction.atomic
def restore_topic(*, by: audit.Who, topic: Topic) -> None:
    topic.archived_at = None
    topic.save(update_fields=["archived_at"])
    audit.record(by, "curriculum.restore_topic", obj=topic)


@transaction.atomic
def add_lesson(
    *, by: audit.Who | None, topic: Topic, title: str, periods: int, kind: str = LessonKind.LESSON, week_hint: str = "",
    part: SubjectPart | None = None, outcomes: Sequence[str] = (), imported: str = "",
) -> Lesson:  # fmt: skip
    _check(title, periods)
    made = Lesson.objects.create(
        topic=topic, title=title.strip(), periods=periods, kind=kind, week_hint=week_hint, part=part, imported=imported,
        order=_next(topic.lessons.all()),
    )  # fmt: skip
    Outcome.objects.bulk_create([Outcome(lesson=made, text=text, order=i) for i, text in enumerate(outcomes, 1)])
    audit.record(by, "curriculum.add_lesson", obj=made)
    return made


@transaction.atomic
def change_lesson(
    *, by: audit.Who | None, lesson: Lesson, title: str, periods: int, kind: str, week_hint: str,
    part: SubjectPart | None, outcomes: Sequence[str], topic: Topic | None = None, imported: str | None = None,
) -> Lesson:  # fmt: skip
    """Change a lesson; outcomes that keep their words keep their rows. Raises ValidationError keyed by field."""
    _check(title, periods)
    if topic is not None and topic.pk != lesson.topic_id:
        lesson.topic, lesson.order = topic, _next(topic.lessons.all())
    lesson.title, lesson.periods, lesson.kind = title.strip(), periods, kind
    lesson.week_hint, lesson.part = week_hint, part
    if imported is not None:
        lesson.imported = imported
    lesson.save(update_fields=["topic", "order", "title", "periods", "kind", "week_hint", "part", "imported"])
    _set_outcomes(lesson, outcomes)
    audit.record(by, "curriculum.change_lesson", obj=lesson)
    return lesson


def _check(title: str, periods: int) -> None:
    if not title.strip():
        raise ValidationError({"title": _("Xin ghi tên bài học.")})
    if not 1 <= periods <= LONGEST:
        raise ValidationError({"periods": _("Số tiết của một bài từ 1 đến %(most)d.") % {"most": LONGEST}})


def _set_outcomes(lesson: Lesson, texts: Sequence[str]) -> None:
    """Same words keep their row, also when archived before; then the place; what is left over is archived."""
    rows = list(lesson.outcomes.order_by("archived_at", "order", "pk"))
    by_text = {row.text: row for row in reversed(rows)}
    kept = {text: by_text[text] for text in texts if text in by_text}
    spare = [row for row in rows if row not in kept.values() and row.archived_at is None]
    for order, text in enumerate(texts, 1):
        row = kept.get(text) or (spare.pop(0) if spare else Outcome(lesson=lesson))
        row.text, row.order, row.archived_at = text, order, None
        row.save()
    for row in spare:
        row.archived_at = timezone.now()
        row.save(update_fields=["archived_at"])


@transaction.atomic
def drop_lesson(*, by: audit.Who, lesson: Lesson) -> None:
    lesson.archived_at = timezone.now()
    lesson.save(update_fields=["archived_at"])
    audit.record(by, "curriculum.drop_lesson", obj=lesson)


@transaction.atomic
def restore_lesson(*, by: audit.Who, lesson: Lesson) -> None:
    lesson.archived_at = None
    lesson.save(update_fields=["archived_at"])
    audit.record(by, "curriculum.restore_lesson", obj=lesson)


@transaction.atomic
def shift(*, by: audit.Who, row: Topic | Lesson, down: bool) -> None:
    """One place up or down among the living; a lesson at the edge of its topic goes over into the next one."""
    Programme.objects.select_for_update(no_key=True).get(pk=_programme_id(row))
    row.refresh_from_db()
    peers: list[Topic | Lesson]
    if isinstance(row, Topic):
        peers = [*Topic.objects.filter(programme=row.programme_id, archived_at=None).order_by("order", "pk")]
    else:
        peers = [*Lesson.objects.filter(topic=row.topic_id, archived_at=None).order_by("order", "pk")]
    place = [p.pk for p in peers].index(row.pk)
    target = place + (1 if down else -1)
    if 0 <= target < len(peers):
        peers[place], peers[target] = peers[target], peers[place]
        for order, peer in enumerate(peers, 1):
            if peer.order != order:
                peer.order = order
                peer.save(update_fields=["order"])
    elif isinstance(row, Lesson):
        _into_next_topic(row, down=down)
    audit.record(by, "curriculum.shift", obj=row, detail={"down": down})


def _programme_id(row: Topic | Lesson) -> int:
    return row.programme_id if isinstance(row, Topic) else row.topic.programme_id


def _into_next_topic(lesson: Lesson, *, down: bool) -> None:
    topics = list(Topic.objects.filter(programme=lesson.topic.programme_id, archived_at=None).order_by("order", "pk"))
    target = [t.pk for t in topics].index(lesson.topic_id) + (1 if down else -1)
    if not 0 <= target < len(topics):
        return
    others = list(topics[target].lessons.order_by("order", "pk"))
    lesson.topic, lesson.order = topics[target], 0 if down else _next(topics[target].lessons.all())
    lesson.save(update_fields=["topic", "order"])
    if down:
        for order, other in enumerate(others, 1):
            other.order = order
            other.save(update_fields=["order"])


@transaction.atomic
def copy_programme(*, by: audit.Who, source: Programme, year: SchoolYear) -> Programme:
    """Last year's programme as a draft of another year. Raises ValidationError when that year has one already."""
    try:
        with transaction.atomic():
            made = Programme.objects.create(subject=source.subject, grade=source.grade, year=year, note=source.note)
    except IntegrityError:
        raise ValidationError(_("Năm học này đã có chương trình của môn và khối ấy.")) from None
    for topic in source.topics.filter(archived_at=None):
        copy = Topic.objects.create(programme=made, title=topic.title, part=topic.part, order=topic.order)
        for lesson in topic.lessons.filter(archived_at=None).prefetch_related("outcomes"):
            outcomes = [o.text for o in lesson.outcomes.all() if o.archived_at is None]
            twin = Lesson.objects.create(
                topic=copy, title=lesson.title, kind=lesson.kind, part=lesson.part, periods=lesson.periods,
                week_hint=lesson.week_hint, order=lesson.order,
            )  # fmt: skip
            Outcome.objects.bulk_create([Outcome(lesson=twin, text=t, order=i) for i, t in enumerate(outcomes, 1)])
    for rows in (source.tests.all(), source.resources.all()):
        for row in rows:
            row.pk, row.programme = None, made
            row._state.adding = True
            row.save()
    audit.record(by, "curriculum.copy_programme", obj=made)
    return made


def _next(rows: object) -> int:
    return int((rows.aggregate(last=Max("order"))["last"] or 0) + 1)  # type: ignore[attr-defined]
