"""The class register on a phone: a teacher signs a finished period with the lesson proposed; the week is there to read."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Open
from tests.e2e.people import serious, sign_in
from tests.process.instance import Instance, run

pytestmark = pytest.mark.browser
# The last finished period of 8A2 in a subject with a programme, as nobody had signed it yet.
UNSIGNED = """
import json
from django.utils import timezone
from truongso.people.models import Account
from truongso.timetable.layout import monday
from truongso.timetable.models import Period, RegisterNote, RegisterWeek
now = timezone.now()
found = Period.objects.filter(unit__name="8A2", subject__code="khtn", span__endswith__lte=now, state="planned", person__isnull=False)
period = found.order_by("span").last()
RegisterNote.objects.filter(period=period).delete()
RegisterWeek.objects.filter(unit=period.unit, monday=monday(period.day)).delete()
login = Account.objects.get(person=period.person).login
print("FOUND", json.dumps({"period": period.pk, "login": login, "class": period.unit_id, "day": period.day.isoformat()}))
"""


def test_a_teacher_signs_and_the_homeroom_teacher_reads_the_week(visit: Open, school: Instance) -> None:
    said = run("manage", "shell", "-c", UNSIGNED, data=school.data, port=school.port).stdout
    found = json.loads(said.split("FOUND", 1)[1])
    page = visit()
    sign_in(page, found["login"])
    page.goto(f"/periods/{found['period']}/")
    expect(page.get_by_text("Dự kiến:")).to_be_visible()
    lesson = page.get_by_label("Bài dạy").locator("option:checked").inner_text().split(". ", 1)[1]
    page.get_by_label("Nhận xét lớp").fill("Lớp làm thí nghiệm gọn gàng")
    expect(page.get_by_text("Đã lưu nháp trên máy này")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Đã lấy lại bản nháp")).to_be_visible()
    expect(page.get_by_label("Nhận xét lớp")).to_have_value("Lớp làm thí nghiệm gọn gàng")
    assert serious(page) == []
    page.get_by_role("button", name="Kí sổ đầu bài").click()
    expect(page.get_by_text(re.compile("kí lúc"))).to_be_visible()
    expect(page.get_by_text("Dự kiến:")).to_be_hidden()
    page.goto("/register/sign/")
    assert serious(page) == []

    reader = visit()
    sign_in(reader, "huong.dt")
    reader.goto(f"/register/classes/{found['class']}/?week={found['day']}")
    expect(reader.get_by_text("Lớp làm thí nghiệm gọn gàng")).to_be_visible()
    expect(reader.get_by_text(lesson).first).to_be_visible()
    for address in (reader.url, "/register/", "/progress/"):
        reader.goto(address)
        assert serious(reader) == []
        assert reader.evaluate("document.documentElement.scrollWidth") <= 360
