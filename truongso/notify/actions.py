from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from truongso import audit, jobs, realtime
from truongso.notify import channels
from truongso.notify.audience import Audience
from truongso.notify.models import MailState, Notice, OutboxMail, Preference, Receipt
from truongso.people.actor import Actor
from truongso.people.models import Account

_BATCH = 2000


@transaction.atomic
def send_notice(
    *,
    by: Actor | None,
    title: str,
    body: str = "",
    link: str = "",
    to: Audience,
    must_read: bool = False,
    deadline: datetime | None = None,
) -> Notice:
    """Tell people something, now; `by` None is the system. The caller has asked `access.may_send`."""
    people = to.people(timezone.localdate())
    notice = Notice.objects.create(
        title=title,
        body=body,
        link=link,
        sender_id=by.person_id if by else None,
        must_read=must_read,
        deadline=deadline,
    )
    Receipt.objects.bulk_create([Receipt(notice=notice, person_id=p) for p in people], batch_size=_BATCH)
    channels.deliver(notice, people)
    realtime.publish_many([f"person:{p}" for p in people], "notices")
    if by is not None:
        audit.record(by, "notify.send", obj=notice, detail={"people": len(people)})
    return notice


@transaction.atomic
def read(*, by: Actor, receipt: Receipt) -> None:
    """Opened for the first time, by its owner (looking in somebody's place opens nothing)."""
    if by.person_id != receipt.person_id or by.acting_account_id is not None:
        return
    if Receipt.objects.filter(pk=receipt.pk, read_at=None).update(read_at=timezone.now()):
        realtime.publish(f"person:{by.person_id}", "notices")


@transaction.atomic
def confirm(*, by: Actor, receipt: Receipt) -> bool:
    """ "Tôi đã đọc": only for oneself, once; True when it was this time."""
    if by.person_id != receipt.person_id or by.acting_account_id is not None:
        raise PermissionDenied(_("Xác nhận đã đọc là việc của chính người nhận."))
    now = timezone.now()
    done = Receipt.objects.filter(pk=receipt.pk, confirmed_at=None).update(
        confirmed_at=now, read_at=receipt.read_at or now
    )
    if done:
        realtime.publish(f"person:{by.person_id}", "notices")
        audit.record(by, "notify.confirm", obj=receipt.notice)
    return bool(done)


@transaction.atomic
def withdraw(*, by: Actor, notice: Notice, why: str) -> None:
    """Take a notice back; whoever had it sees why."""
    notice.withdrawn_at, notice.withdrawn_why = timezone.now(), why
    notice.save(update_fields=["withdrawn_at", "withdrawn_why"])
    people = Receipt.objects.filter(notice=notice).values_list("person_id", flat=True)
    realtime.publish_many([f"person:{p}" for p in people], "notices")
    audit.record(by, "notify.withdraw", obj=notice, detail={"why": why})


@transaction.atomic
def set_preference(*, by: Actor, by_mail: bool) -> None:
    Preference.objects.update_or_create(person_id=by.person_id, defaults={"by_mail": by_mail})


def queue_mail(notice: Notice, persons: Sequence[int]) -> None:
    """The channel of letters: to those who gave an address and did not say no."""
    silent = set(Preference.objects.filter(person_id__in=persons, by_mail=False).values_list("person_id", flat=True))
    addresses = (
        Account.objects.filter(person_id__in=persons, is_active=True)
        .exclude(email="")
        .values_list("person_id", "email")
    )
    mails = [
        OutboxMail(
            notice=notice, person_id=person, address=address, subject=notice.title, body=notice.body or notice.title
        )
        for person, address in addresses
        if person not in silent
    ]
    for mail in OutboxMail.objects.bulk_create(mails, batch_size=_BATCH):
        jobs.enqueue(_task(), owner=None, label=_("Gửi thư tới %(address)s") % {"address": mail.address}, mail=mail.pk)


def _task() -> jobs.Task:
    from truongso.notify.tasks import send_mail

    return send_mail


def note_sent(mail: OutboxMail) -> None:
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "error"])


def note_not_sent(mail: OutboxMail, error: str) -> None:
    mail.state, mail.error = MailState.FAILED, error[:300]
    mail.save(update_fields=["state", "error"])
