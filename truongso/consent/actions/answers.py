from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.consent import queries, rules
from truongso.consent.actions.requests import follow_up
from truongso.consent.models import Capacity, Channel, ConsentAnswer, PurposeVersion
from truongso.lib import dates
from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.notify.models import Notice
from truongso.people.actor import Actor, grants_on
from truongso.people.models import Guardianship, Person, Unit
from truongso.people.roles import Role
from truongso.ui.jinja import url


@transaction.atomic
def answer(
    *, by: Actor, child: Person, version: PurposeVersion, agrees: bool, device: str = ""
) -> ConsentAnswer | None:
    """The actor says yes or no today, as legal guardian or as the pupil. The same once more adds nothing (None).

    Raises PermissionDenied for whoever has no such right today.
    """
    if by.acting_account_id is not None:
        raise PermissionDenied(_("Khi xem thay thì không trả lời thay được."))
    capacity = Capacity.PUPIL if child.pk == by.person_id else Capacity.GUARDIAN
    return _say(
        by=by, signer_id=by.person_id, child=child, version=version, capacity=capacity, agrees=agrees, day=by.on,
        channel=Channel.ONLINE, device=device[:120], note="", verb="consent.answer",
    )  # fmt: skip


@transaction.atomic
def record_paper(
    *, by: Actor, child: Person, version: PurposeVersion, signer: Person, agrees: bool, day: date, note: str = ""
) -> ConsentAnswer | None:
    """Enter what somebody signed on paper on a day. Raises ValidationError keyed by field."""
    if day > by.on:
        raise ValidationError({"day": _("Ngày kí chưa tới. Xin xem lại.")})
    if day not in version.during:
        raise ValidationError(
            {"day": _("Ngày ấy nhà trường dùng bản khác của mục này, hoặc chưa hỏi. Xin xem lại ngày kí.")}
        )
    capacity = Capacity.PUPIL if signer.pk == child.pk else Capacity.GUARDIAN
    return _say(
        by=by, signer_id=signer.pk, child=child, version=version, capacity=capacity, agrees=agrees, day=day,
        channel=Channel.PAPER, device="", note=note, verb="consent.record_paper",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    child: Person
    signer: Person
    agrees: bool


@transaction.atomic
def record_papers(*, by: Actor, version: PurposeVersion, papers: list[Paper], day: date, note: str = "") -> int:
    """A class's papers, all or none: one that was signed without the right of that day is named."""
    for paper in papers:
        try:
            record_paper(
                by=by, child=paper.child, version=version, signer=paper.signer, agrees=paper.agrees, day=day, note=note
            )
        except PermissionDenied as error:
            raise ValidationError(f"{paper.child.full_name}: {error}") from None
    return len(papers)


def _say(
    *, by: Actor, signer_id: int, child: Person, version: PurposeVersion, capacity: Capacity, agrees: bool, day: date,
    channel: Channel, device: str, note: str, verb: str,
) -> ConsentAnswer | None:  # fmt: skip
    _insist_on_right(signer_id, child, version, capacity, day)
    Person.objects.select_for_update(no_key=True).get(pk=child.pk)
    before = queries.sheet([child.pk], by.on, [version])
    here = before.said(child, version)
    last = here.pupil if capacity == Capacity.PUPIL else here.guardians.get(signer_id)
    if last is not None and last.agrees == agrees and last.day <= day and channel == Channel.ONLINE:
        return None
    made = ConsentAnswer.objects.create(
        child=child, version=version, by_id=signer_id, capacity=capacity, agrees=agrees, day=day, channel=channel,
        device=device, note=note, entered_by_id=by.person_id if channel == Channel.PAPER else None,
    )  # fmt: skip
    held = before.verdict(child, version).state is rules.State.YES
    holds = queries.sheet([child.pk], by.on, [version]).verdict(child, version).state is rules.State.YES
    withdrawn = held and not holds
    if withdrawn and version.purpose.needs_follow_up:
        follow_up(by=by, child=child, asked_by=signer_id, purpose=version.purpose)
    audit.record(
        by, "consent.withdraw" if withdrawn else verb, obj=made, for_person=child.pk,
        detail={"purpose": version.purpose.code, "version": version.number, "agrees": agrees},
    )  # fmt: skip
    return made


def _insist_on_right(signer_id: int, child: Person, version: PurposeVersion, capacity: Capacity, day: date) -> None:
    age = rules.age_on(child.birth_date, day)
    grants, _children = grants_on(child.pk, day)
    if not any(g.role is Role.PUPIL for g in grants):
        raise PermissionDenied(_("Ngày ấy em chưa học hoặc không còn học ở trường."))
    if capacity == Capacity.PUPIL:
        if signer_id != child.pk or not rules.asks_pupil(version.discloses, age):
            raise PermissionDenied(_("Mục này chỉ cần gia đình trả lời."))
        return
    if not rules.asks_guardian(age):
        raise PermissionDenied(_("Em đã đủ 16 tuổi, tự trả lời mục này."))
    legal = Guardianship.objects.on(day).filter(guardian_id=signer_id, child=child, legal=True)
    if not legal.exists():
        raise PermissionDenied(_("Chỉ người đại diện theo pháp luật của em, vào ngày ấy, mới trả lời được."))


@transaction.atomic
def remind(*, by: Actor, unit: Unit) -> int:
    """Tell the legal guardians (and pupils) of a class who still have something to answer; once a day."""
    people = queries.pupils(unit, by.on)
    found = queries.sheet([p.pk for p in people], by.on)
    told: set[int] = set()
    for child in people:
        age = rules.age_on(child.birth_date, by.on)
        for version in found.asked:
            said = found.said(child, version)
            if rules.asks_guardian(age) and not said.guardians:
                told |= {g.guardian_id for g in found.guardians.get(child.pk, ())}
            if rules.asks_pupil(version.discloses, age) and said.pupil is None:
                told.add(child.pk)
    title = _("Xin cho ý kiến về dữ liệu của em, lớp %(name)s") % {"name": unit.name}
    if not told:
        raise ValidationError(_("Gia đình nào cũng đã trả lời, không cần nhắc."))
    if Notice.objects.filter(title=title, sent_at__date=by.on, sender_id=by.person_id).exists():
        raise ValidationError(_("Hôm nay đã nhắc rồi. Xin để gia đình thêm chút thời gian."))
    body = _("Mỗi mục một câu hỏi, đồng ý hay không đều được; đổi ý lúc nào cũng được. Nhắc ngày %(day)s.") % {
        "day": dates.show(by.on)
    }
    send_notice(by=by, title=title, body=body, link=url("my_consent"), to=Audience(persons=frozenset(told)))
    audit.record(by, "consent.remind", obj=unit, detail={"people": len(told)})
    return len(told)
