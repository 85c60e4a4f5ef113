"""Finding people: without accents, in any order, by number and code, by right, in constant queries."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import YEAR, Cast, client_of, person
from truongso.audit.models import Entry
from truongso.people.actions.persons import set_codes
from truongso.people.actor import actor_for
from truongso.people.models import Guardianship, RoleAssignment
from truongso.people.roles import Role
from truongso.roster.actions.contact import save_contact
from truongso.roster.actions.pupils import save_pupil_record
from truongso.roster.actions.staff import join_group, start_position
from truongso.roster.directory import Search, find
from truongso.roster.tests.builders import cast_teaches, sheets


def found(cast: Cast, who: str, text: str = "", **more: object) -> list[str]:
    search = Search(text=text, **more)  # type: ignore[arg-type]
    return [p.full_name for p in find(actor_for(getattr(cast, who)), search)]


@pytest.mark.parametrize("text", ["lan ng", "ng lan", "LAN", "thị lan", "nguyễn thị lan", "lan.nt", "  lan   nguyen "])
def test_a_name_is_found_without_accents_and_in_any_order(cast: Cast, text: str) -> None:
    assert found(cast, "clerk", text) == ["Nguyễn Thị Lan"]


def test_words_begin_words(cast: Cast) -> None:
    assert found(cast, "clerk", "an") == ["Nguyễn Khánh An"], "not every name with an in it"
    assert found(cast, "clerk", "dang") == ["Đặng Thu Hương"]
    assert found(cast, "clerk", "%") == found(cast, "clerk", "_") == []


def test_names_as_typed_stand_first(cast: Cast) -> None:
    for name in ("Lê Thị Lân", "Lê Thị Lán"):
        person(name)
    assert found(cast, "clerk", "lân")[0] == "Lê Thị Lân"
    assert found(cast, "clerk", "lán")[0] == "Lê Thị Lán"
    assert set(found(cast, "clerk", "lán")) == {"Lê Thị Lân", "Lê Thị Lán", "Nguyễn Thị Lan"}


def test_a_given_name_stands_before_the_same_word_in_the_middle(cast: Cast) -> None:
    person("Nguyễn Lan Ánh")
    assert found(cast, "clerk", "lan ng") == ["Nguyễn Thị Lan", "Nguyễn Lan Ánh"]


def test_who_has_left_is_marked(cast: Cast) -> None:
    RoleAssignment.objects.filter(person=cast.other_pupil.person).update(during=(YEAR.lower, date(2021, 5, 31)))
    page = client_of(cast.clerk).get("/people/", {"q": "trinh mai chi"}).content.decode()
    assert "hiện không còn ở trường" in page


def test_a_code_is_found_whole_only(cast: Cast) -> None:
    set_codes(by=None, person=cast.pupil.person, sector_code="0361234567", why_none="")
    save_pupil_record(by=None, person=cast.classmate.person, local_code="HS-0042")
    assert found(cast, "clerk", "0361234567") == ["Nguyễn Khánh An"]
    assert found(cast, "clerk", "036123456") == []
    assert found(cast, "clerk", "hs-0042") == ["Lê Gia Bảo"] and found(cast, "clerk", "HS-004") == []


def test_a_number_is_found_by_those_who_may_see_it(cast: Cast) -> None:
    save_contact(by=None, person=cast.guardian.person, phone="0912345678")
    for who, sees in (("clerk", True), ("homeroom", True), ("inspector", False), ("other_homeroom", False)):
        assert (found(cast, who, "0912 345 678") == ["Nguyễn Thị Lan"]) is sees, who
        page = client_of(getattr(cast, who)).get("/people/", {"q": "lan"}).content.decode()
        assert ("0912345678" in page) is sees, who


def test_whom_one_finds(cast: Cast) -> None:
    everybody = len(found(cast, "head"))
    assert everybody == 14
    assert found(cast, "homeroom") == ["Nguyễn Khánh An", "Lê Gia Bảo", "Đặng Thu Hương", "Nguyễn Thị Lan"]
    assert found(cast, "teacher") == ["Vũ Thị Mai"]
    cast_teaches(cast)
    assert found(cast, "teacher") == ["Nguyễn Khánh An", "Lê Gia Bảo", "Vũ Thị Mai"], "pupils, not their families"
    for who in ("pupil", "guardian", "stranger"):
        assert client_of(getattr(cast, who)).get("/people/").status_code == 404


def test_filters(cast: Cast) -> None:
    join_group(by=None, person=cast.teacher.person, group=cast.group, first=date(2026, 9, 1))
    start_position(by=None, person=cast.clerk.person, title="Kế toán", first=date(2026, 9, 1))
    assert found(cast, "clerk", role="pupil", unit=cast.class_8a2.pk) == ["Nguyễn Khánh An", "Lê Gia Bảo"]
    assert found(cast, "clerk", role="guardian", unit=cast.class_8a2.pk) == ["Nguyễn Thị Lan"]
    assert found(cast, "clerk", role="guardian", grade=7) == []
    assert found(cast, "clerk", grade=7) == ["Trịnh Mai Chi"]
    assert found(cast, "clerk", group=cast.group.pk) == ["Lê Quang Dũng", "Vũ Thị Mai"]
    assert found(cast, "clerk", position="Kế toán") == ["Ngô Thị Thu"]
    assert len(found(cast, "clerk", role="staff")) == 8
    page = client_of(cast.clerk).get("/people/", {"role": "pupil", "unit": "x", "grade": "99"}).content.decode()
    assert "Nguyễn Khánh An" in page and "Ngô Thị Thu" not in page.split('id="found"')[1], (
        "what is not understood is not asked"
    )


def _many(cast: Cast, count: int) -> None:
    for number in range(count):
        who = person(f"Nguyễn Văn {number}")
        RoleAssignment.objects.create(person=who, role=Role.PUPIL.value, unit=cast.class_7a1, during=YEAR)
        Guardianship.objects.create(
            guardian=person(f"Trần Thị {number}"), child=who, relation="mẹ", during=YEAR
        )  # fmt: skip


@pytest.mark.parametrize("address", ["/people/", "/people/?q=n", "/classes/", "/people/excel/"])
def test_queries_do_not_grow_with_the_list(cast: Cast, address: str) -> None:
    counts = []
    for many in (3, 30):
        _many(cast, many)
        client = client_of(cast.clerk)
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 25, counts


def test_pages_follow_one_another(cast: Cast) -> None:
    _many(cast, 40)
    client = client_of(cast.clerk)
    first = client.get("/people/").content.decode()
    link = re.search(r'href="(\?[^"]*from=50[^"]*)"', first)
    assert link and "Trang sau" in first
    second = client.get("/people/" + link[1].replace("&amp;", "&")).content.decode()
    assert "Trang trước" in second
    names = re.findall(r'class="over" href="/people/(\d+)/"', first + second)
    assert len(names) == len(set(names)) == 94


def test_the_list_leaves_as_a_file_and_that_is_logged(cast: Cast) -> None:
    save_contact(by=None, person=cast.guardian.person, phone="0912345678")
    answer = client_of(cast.homeroom).get("/people/excel/", {"q": "lan ng"})
    rows = sheets(answer.content)["Mọi người"]
    assert rows[1][1] == "Nguyễn Thị Lan" and rows[1][-1] == "0912345678" and len(rows) == 2
    assert Entry.objects.get(verb="roster.export").detail == {"what": "people", "count": 1}
    plain = client_of(cast.inspector).get("/people/excel/", {"q": "lan ng"})
    assert "0912345678" not in str(sheets(plain.content))


def test_the_search_says_so_when_nobody_is_found(cast: Cast) -> None:
    page = client_of(cast.clerk).get("/people/", {"q": "zzz <b>"}).content.decode()
    assert "Không tìm thấy ai" in page and "<b>" not in page.split("Tìm người")[1].split("Lọc")[0]
