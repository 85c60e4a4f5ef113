"""What the head has told the school: something to read on the first day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

from truongso.notify.actions import send_notice
from truongso.notify.audience import Audience
from truongso.people.actor import actor_for
from truongso.people.models import Account, Person
from truongso.people.roles import Role


def tell(head: Person) -> None:
    by = actor_for(Account.objects.select_related("person").get(person=head))
    send_notice(
        by=by, title="Thử máy trước giờ học trực tuyến",
        body="Khối 8, 9 học Toán, Tiếng Anh trực tuyến buổi chiều theo kế hoạch số 12. Gia đình giúp con thử máy và mạng trước giờ học.",
        to=Audience(roles=frozenset({Role.PUPIL, Role.GUARDIAN, Role.TEACHER})), must_read=True,
        deadline=timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(18, 0))),
    )  # fmt: skip
    send_notice(by=by, title="Họp tổ chuyên môn chiều thứ Năm", body="14:00 tại phòng hội đồng.", to=Audience.staff())
