"""Where things stand: moving, splitting, merging, and going back to an arrangement of before."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit
from truongso.curriculum.models import Lesson, Programme, Topic

# A topic's id and the ids of its lessons, in order: what an undo needs to know.
Arrangement = Sequence[tuple[int, Sequence[int]]]


def arrangement_of(programme: Programme) -> list[tuple[int, list[int]]]:
    """The living topics and lessons as they stand: two queries."""
    found: dict[int, list[int]] = {
        pk: [] for pk in programme.topics.filter(archived_at=None).order_by("order", "pk").values_list("pk", flat=True)
    }
    rows = Lesson.objects.filter(topic__in=found, archived_at=None).order_by("order", "pk")
    for lesson, topic in rows.values_list("pk", "topic_id"):
        found[topic].append(lesson)
    return list(found.items())


@transaction.atomic
def arrange(*, by: audit.Who | None, programme: Programme, wanted: Arrangement) -> None:
    """Let topics and lessons stand as `wanted` says; those it does not name are put away, those put away that it names
    come back. Ids of other programmes are passed over."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    topics = {t.pk: t for t in programme.topics.all()}
    lessons = {x.pk: x for x in Lesson.objects.filter(topic__programme=programme)}
    now = timezone.now()
    named: set[int] = set()
    for order, (topic_id, ids) in enumerate((t for t in wanted if t[0] in topics), 1):
        topic = topics[topic_id]
        topic.order, topic.archived_at = order, None
        for place, lesson_id in enumerate((i for i in ids if i in lessons), 1):
            lesson = lessons[lesson_id]
            lesson.topic, lesson.order, lesson.archived_at = topic, place, None
            named.add(lesson_id)
    kept = {t for t, _ids in wanted}
    for topic in topics.values():
        if topic.pk not in kept:
            topic.archived_at = topic.archived_at or now
    for lesson in lessons.values():
        if lesson.pk not in named:
            lesson.archived_at = lesson.archived_at or now
    Topic.objects.bulk_update(topics.values(), ["order", "archived_at"])
    Lesson.objects.bulk_update(lessons.values(), ["topic", "order", "archived_at"])
    audit.record(by, "curriculum.arrange", obj=programme)


@transaction.atomic
def place(*, by: audit.Who | None, lesson: Lesson, topic: Topic, before: Lesson | None) -> None:
    """Put a lesson into a topic, before another one of it, or at its end."""
    Programme.objects.select_for_update(no_key=True).get(pk=topic.programme_id)
    peers = [*Lesson.objects.filter(topic=topic, archived_at=None).exclude(pk=lesson.pk).order_by("order", "pk")]
    at = next((i for i, p in enumerate(peers) if before is not None and p.pk == before.pk), len(peers))
    peers.insert(at, lesson)
    for order, peer in enumerate(peers, 1):
        peer.topic, peer.order = topic, order
    Lesson.objects.bulk_update(peers, ["topic", "order"])
    audit.record(by, "curriculum.place", obj=lesson)


@transaction.atomic
def split_topic(*, by: audit.Who | None, lesson: Lesson, title: str) -> Topic:
    """From this lesson on, a topic of its own. Raises ValidationError at the first lesson: there is nothing to split."""
    Programme.objects.select_for_update(no_key=True).get(pk=lesson.topic.programme_id)
    old = Topic.objects.get(pk=lesson.topic_id)
    peers = [*Lesson.objects.filter(topic=old, archived_at=None).order_by("order", "pk")]
    at = next((i for i, p in enumerate(peers) if p.pk == lesson.pk), 0)
    if at == 0:
        raise ValidationError(_("Bài đầu của chủ đề thì không tách được. Xin chọn bài đứng sau."))
    if not title.strip():
        raise ValidationError({"title": _("Xin ghi tên chương hoặc chủ đề.")})
    Topic.objects.filter(programme=old.programme_id, order__gt=old.order).update(order=F("order") + 1)
    made = Topic.objects.create(programme=old.programme, title=title.strip(), part=old.part, order=old.order + 1)
    for order, peer in enumerate(peers[at:], 1):
        peer.topic, peer.order = made, order
    Lesson.objects.bulk_update(peers[at:], ["topic", "order"])
    audit.record(by, "curriculum.split_topic", obj=made)
    return made


@transaction.atomic
def merge_topic(*, by: audit.Who | None, topic: Topic) -> Topic:
    """Let a topic's lessons follow those of the topic before it. Raises ValidationError at the first topic."""
    Programme.objects.select_for_update(no_key=True).get(pk=topic.programme_id)
    topics = [*Topic.objects.filter(programme=topic.programme_id, archived_at=None).order_by("order", "pk")]
    at = next((i for i, t in enumerate(topics) if t.pk == topic.pk), 0)
    if at == 0:
        raise ValidationError(_("Chủ đề đầu tiên thì không gộp lên được."))
    above = topics[at - 1]
    moved = [
        *Lesson.objects.filter(topic=above, archived_at=None).order_by("order", "pk"),
        *Lesson.objects.filter(topic=topic, archived_at=None).order_by("order", "pk"),
    ]
    for order, lesson in enumerate(moved, 1):
        lesson.topic, lesson.order = above, order
    Lesson.objects.bulk_update(moved, ["topic", "order"])
    Topic.objects.filter(pk=topic.pk).update(archived_at=timezone.now())
    audit.record(by, "curriculum.merge_topic", obj=above)
    return above
