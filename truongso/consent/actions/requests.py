from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.consent import rules
from truongso.consent.models import DataRequest, Deadline, Purpose, RequestKind, RequestStep, StepKind
from truongso.consent.request_queries import open_requests
from truongso.people.actor import Actor
from truongso.people.models import Person


@transaction.atomic
def receive(
    *,
    by: Actor,
    subject: Person,
    asked_by: Person,
    kind: RequestKind,
    text: str,
    received_on: date,
    third_party: bool = False,
) -> DataRequest:
    """Enter a request, by the family itself or by the office for it."""
    if by.acting_account_id is not None:
        raise PermissionDenied(_("Khi xem thay thì không gửi yêu cầu thay được."))
    if received_on > by.on:
        raise ValidationError({"received_on": _("Ngày nhận chưa tới. Xin xem lại.")})
    made = DataRequest.objects.create(
        subject=subject, asked_by=asked_by, kind=kind, text=text, received_on=received_on, third_party=third_party
    )
    audit.record(by, "consent.receive_request", obj=made, for_person=subject.pk, detail={"kind": kind})
    return made


def follow_up(*, by: Actor, child: Person, asked_by: int, purpose: Purpose) -> None:
    """A withdrawal after which something has to be done: one open request a child and purpose."""
    if open_requests().filter(subject=child, purpose=purpose, kind=RequestKind.WITHDRAW).exists():
        return
    made = DataRequest.objects.create(
        subject=child, asked_by_id=asked_by, kind=RequestKind.WITHDRAW, purpose=purpose, received_on=by.on
    )
    audit.record(by, "consent.receive_request", obj=made, for_person=child.pk, detail={"kind": "withdraw"})


@transaction.atomic
def step(*, by: Actor, request: DataRequest, kind: StepKind, note: str = "") -> RequestStep:
    """Acknowledge, extend (once, with a reason), finish or refuse (with a reason). Raises ValidationError."""
    if not rules.keeps(by):
        raise PermissionDenied(_("Yêu cầu về dữ liệu do văn phòng nhà trường xử lí."))
    locked = DataRequest.objects.select_for_update().get(pk=request.pk)
    done = set(locked.steps.values_list("kind", flat=True))
    if done & {StepKind.DONE, StepKind.REFUSED}:
        raise ValidationError(_("Yêu cầu này đã xong, không ghi thêm được."))
    if kind in {StepKind.REFUSED, StepKind.EXTENDED} and not note:
        raise ValidationError({"note": _("Xin ghi lí do; người yêu cầu có quyền được biết.")})
    try:
        with transaction.atomic():
            made = RequestStep.objects.create(request=locked, kind=kind, by_id=by.person_id, note=note, day=by.on)
    except IntegrityError:
        raise ValidationError(_("Bước này đã ghi rồi; luật cho gia hạn một lần.")) from None
    audit.record(by, "consent.request_step", obj=locked, for_person=locked.subject_id, detail={"step": kind})
    return made


@transaction.atomic
def set_deadline(
    *,
    by: Actor,
    deadline: Deadline,
    first: date,
    acknowledge: int,
    answer: int,
    answer_third: int,
    extension: int,
    article: str,
) -> None:
    """From `first` on other days hold; a request keeps those of the day it was received."""
    terms = {
        "acknowledge": acknowledge, "answer": answer, "answer_third": answer_third, "extension": extension, "article": article,
    }  # fmt: skip
    now = Deadline.objects.select_for_update().get(pk=deadline.pk)
    if answer_third < answer:
        raise ValidationError({"answer_third": _("Khi có bên thứ ba, thời hạn không ngắn hơn thời hạn thường.")})
    if first < now.during.lower or (now.during.upper and first >= now.during.upper):
        raise ValidationError({"first": _("Ngày áp dụng phải nằm trong thời gian của dòng này.")})
    if first == now.during.lower:
        for name, value in terms.items():
            setattr(now, name, value)
        now.save(update_fields=list(terms))
    else:
        until = now.during.upper
        now.during = DateRange(now.during.lower, first)
        now.save(update_fields=["during"])
        Deadline.objects.create(kind=now.kind, during=DateRange(first, until), **terms)
    audit.record(by, "consent.set_deadline", obj=now, detail={"kind": now.kind})
