from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from truongso import audit
from truongso.conditions import queries, rules
from truongso.conditions.models import Capacity, SurveyAnswer, SurveyRound
from truongso.lib import dates
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.notify.models import Notice
from truongso.people.actor import Actor
from truongso.people.models import Person, Unit
from truongso.ui.jinja import url


@transaction.atomic
def save_round(*, by: Actor, round: SurveyRound | None, title: str, first: date, last: date) -> SurveyRound:
    """Open a round, or change its days. Raises ValidationError keyed by field."""
    if last < first:
        raise ValidationError({"last": _("Ngày cuối đứng trước ngày đầu. Xin xem lại.")})
    target = round or SurveyRound()
    target.title, target.during = title, DateRange(first, last + timedelta(days=1))
    try:
        with transaction.atomic():
            target.save()
    except IntegrityError as error:
        if "survey_one_round_at_a_time" not in str(error):
            raise
        raise ValidationError({"first": _("Những ngày ấy đã có một đợt khảo sát khác. Xin chọn ngày khác.")}) from None
    audit.record(by, "conditions.save_round", obj=target)
    return target


@transaction.atomic
def answer(
    *, by: Actor, round: SurveyRound, child: Person, capacity: Capacity, answers: Mapping[str, str]
) -> SurveyAnswer:
    """Keep what was tapped so far, as a new row; the same once more (a form sent twice) adds nothing."""
    if by.acting_account_id is not None:
        raise PermissionDenied(_("Khi xem thay thì không trả lời thay được."))
    if by.on not in round.during:
        raise ValidationError(_("Đợt khảo sát này đã đóng. Cảm ơn gia đình đã quan tâm."))
    Person.objects.select_for_update(no_key=True).get(pk=child.pk)  # two phones at once: one after the other
    clean = rules.tidy(answers)
    last = queries.last_answer(round, child.pk)
    same = last is not None and (last.by_id, last.capacity) == (by.person_id, capacity)
    if last is not None and same and all(getattr(last, name) == value for name, value in clean.items()):
        return last
    made = SurveyAnswer.objects.create(
        round=round, child=child, by_id=by.person_id, capacity=capacity, complete=rules.complete(clean), **clean
    )
    if (made.complete and not (last and last.complete)) or capacity == Capacity.SCHOOL:
        audit.record(by, "conditions.answer_survey", obj=made, for_person=child.pk)
    return made


@transaction.atomic
def remind(*, by: Actor, round: SurveyRound, unit: Unit | None) -> int:
    """Tell those who have not answered, pupils and guardians; once a day. Returns how many were told."""
    silent = queries.silent_children(round, by.on, unit)
    told = queries.families(silent, by.on)
    title = (
        _("Khảo sát thiết bị và mạng, lớp %(name)s") % {"name": unit.name}
        if unit
        else _("Khảo sát thiết bị và mạng ở nhà")
    )
    if not told:
        raise ValidationError(_("Em nào cũng đã có câu trả lời, không cần nhắc."))
    if Notice.objects.filter(title=title, sent_at__date=by.on, sender_id=by.person_id).exists():
        raise ValidationError(_("Hôm nay đã nhắc rồi. Xin để gia đình thêm chút thời gian."))
    body = _("Xin dành một phút trả lời, không phải gõ chữ nào. Hạn đến hết ngày %(day)s.") % {
        "day": dates.show(round.last_day)
    }
    send_notice(by=by, title=title, body=body, link=url("my_survey"), to=Audience(persons=frozenset(told)))
    audit.record(by, "conditions.remind", obj=round, detail={"people": len(told)})
    return len(told)
