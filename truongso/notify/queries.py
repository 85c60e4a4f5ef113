from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Q, QuerySet

from truongso.notify.models import MailState, Notice, OutboxMail, Receipt

PAGE = 30


# Written out, since every page asks it.
_BELL = """
    SELECT count(*) FILTER (WHERE r.read_at IS NULL), count(*) FILTER (WHERE n.must_read AND r.confirmed_at IS NULL)
      FROM notify_receipt r JOIN notify_notice n ON n.id = r.notice_id
     WHERE r.person_id = %s AND (r.read_at IS NULL OR r.confirmed_at IS NULL) AND n.withdrawn_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Bell:
    unread: int
    to_confirm: int


def bell(person_id: int) -> Bell:
    """How many notices wait for this person, new ones and ones to confirm: one indexed query."""
    with connection.cursor() as cursor:
        cursor.execute(_BELL, [person_id])
        return Bell(*cursor.fetchone())


def unread(person_id: int) -> int:
    """How many notices wait on the bell."""
    return bell(person_id).unread


def inbox(person_id: int, before: int | None = None) -> QuerySet[Receipt]:
    """A person's notices, newest first; `before` a receipt id."""
    found = Receipt.objects.filter(person_id=person_id).select_related("notice__sender").order_by("-id")
    return found.filter(id__lt=before) if before else found


def to_confirm(person_id: int) -> QuerySet[Receipt]:
    """What must still be confirmed, the nearest deadline first."""
    return (
        Receipt.objects.filter(
            person_id=person_id, notice__must_read=True, confirmed_at=None, notice__withdrawn_at=None
        )
        .select_related("notice")
        .order_by(F("notice__deadline").asc(nulls_last=True), "-id")
    )


def sent(person_id: int | None) -> QuerySet[Notice]:
    """What somebody (None: anybody) has sent, with how many got, opened and confirmed it."""
    found = Notice.objects.exclude(sender=None).annotate(
        people=Count("receipts"),
        opened=Count("receipts", filter=Q(receipts__read_at__isnull=False)),
        confirmed=Count("receipts", filter=Q(receipts__confirmed_at__isnull=False)),
    )
    return (found.filter(sender_id=person_id) if person_id else found).order_by("-id")


@dataclass(frozen=True, slots=True)
class Reach:
    people: int
    opened: int
    confirmed: int


def reach(notice: Notice) -> Reach:
    row = Receipt.objects.filter(notice=notice).aggregate(
        people=Count("id"), opened=Count("read_at"), confirmed=Count("confirmed_at")
    )
    return Reach(**row)


def not_reached(notice: Notice) -> QuerySet[Receipt]:
    """Who has not done what the notice asks for: confirm when it must be read, else open it."""
    found = Receipt.objects.filter(notice=notice).select_related("person")
    missing = found.filter(confirmed_at=None) if notice.must_read else found.filter(read_at=None)
    return missing.order_by("person__sort_key")


def failed_mail() -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(state=MailState.FAILED).order_by("-id")
