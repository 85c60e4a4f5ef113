"""The demo school: the same every time, whole by every rule that a real school is held to."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from truongso.conditions.models import Room, SurveyAnswer
from truongso.consent.models import ConsentAnswer
from truongso.demo import cast
from truongso.demo.load import load
from truongso.lib import vi
from truongso.lib.dates import school_year
from truongso.people import sealed
from truongso.people.models import Account, Guardianship, Person, RoleAssignment, Unit
from truongso.people.roles import Role
from truongso.roster.models import Contact, GroupMember, Movement, PupilRecord, StaffRecord


def test_a_school_that_has_people_is_left_alone(school: None) -> None:
    before = Person.objects.count()
    assert load() is False and Person.objects.count() == before


def today_in(role: Role) -> list[RoleAssignment]:
    return list(
        RoleAssignment.objects.on(timezone.localdate()).filter(role=role.value).select_related("unit", "person")
    )


def test_it_is_as_large_as_it_says(school: None) -> None:
    year = school_year(timezone.localdate())
    assert Unit.objects.filter(kind="class", school_year=year).count() == 16
    assert Unit.objects.filter(kind="group").count() == 5
    assert 625 <= len(today_in(Role.PUPIL)) <= 655
    assert 1050 <= Guardianship.objects.values("guardian").distinct().count() <= 1150
    assert StaffRecord.objects.count() == 40 and GroupMember.objects.count() == 40


def test_each_pupil_is_in_one_class_on_each_day_and_each_class_has_its_teacher(school: None) -> None:
    start = date(int(school_year(timezone.localdate())[:4]), 9, 5)
    classes = set(Unit.objects.filter(kind="class", school_year=school_year(start)).values_list("pk", flat=True))
    for day in (start, start + timedelta(days=60), start + timedelta(days=200)):
        rows = RoleAssignment.objects.on(day)
        pupils = Counter(rows.filter(role=Role.PUPIL).values_list("person_id", flat=True))
        assert set(pupils.values()) == {1}
        sizes = Counter(rows.filter(role=Role.PUPIL).values_list("unit_id", flat=True))
        assert set(sizes) == classes and all(37 <= n <= 43 for n in sizes.values())
        assert Counter(rows.filter(role=Role.HOMEROOM).values_list("unit_id", flat=True)) == dict.fromkeys(classes, 1)


def test_names_are_findable_and_sorted(school: None) -> None:
    for person in Person.objects.all():
        assert person.full_name == vi.nfc(person.full_name)
        assert person.sort_key == vi.sort_key(person.full_name) and person.search_text == vi.fold(person.full_name)


def test_codes_unseal_to_what_they_are_found_by(school: None) -> None:
    coded = Person.objects.exclude(sector_code_sealed=None)
    assert coded.count() >= 800
    for person in coded:
        code = sealed.unseal(person.sector_code_sealed, use="sector_code")
        assert len(code) == 10 and sealed.lookup(code, use="sector_code") == bytes(person.sector_code_hash)
        if person.national_number_sealed is None:
            assert person.no_national_number_reason
            continue
        number = sealed.unseal(person.national_number_sealed, use="national_number")
        assert len(number) == 12 and number.startswith("099")
        assert person.birth_date and number[4:6] == f"{person.birth_date.year % 100:02d}"


def test_every_child_has_somebody_who_may_decide_and_one_to_be_called_first(school: None) -> None:
    guards: dict[int, list[Guardianship]] = {}
    for row in Guardianship.objects.on(timezone.localdate()):
        guards.setdefault(row.child_id, []).append(row)
    for pupil in today_in(Role.PUPIL):
        rows = guards[pupil.person_id]
        assert any(r.legal for r in rows) and sum(r.first_contact for r in rows) == 1, pupil.person.full_name


def test_everybody_is_reached_at_a_number_of_nobody(school: None) -> None:
    phones = [c.phone for c in Contact.objects.all() if c.phone]
    assert len(phones) == len(set(phones)) and all(len(p) == 10 and p.startswith("0500") for p in phones)
    assert not [c for c in Contact.objects.exclude(email="") if not c.email.endswith(".example")]


def test_the_pupils_came_from_somewhere(school: None) -> None:
    kinds = Counter(Movement.objects.values_list("kind", flat=True))
    assert {"enrolled", "promoted", "repeated", "completed", "in", "out", "leave", "class"} <= set(kinds)
    moved = set(Movement.objects.values_list("person_id", flat=True))
    assert {r.person_id for r in today_in(Role.PUPIL)} <= moved
    assert PupilRecord.objects.filter(person__in=moved).count() == len(moved)


def test_the_hand_written_are_who_they_were(school: None) -> None:
    logins = dict(Account.objects.values_list("login", "person__full_name"))
    assert logins["minh.tv"] == "Trần Văn Minh" and logins["an.nk.8a2"] == "Nguyễn Khánh An"
    assert logins["mai.vt"] == "Vũ Thị Mai" and logins["lan.nt"] == "Nguyễn Thị Lan"
    for name in cast.NAMES:
        assert Person.objects.filter(full_name=name).count() == 1, name
    for line in cast.STAFF:
        held = RoleAssignment.objects.on(timezone.localdate()).filter(person__full_name=line.name)
        assert {r.role for r in held} == {role.value for role in line.roles}, line.name
        assert {r.unit.name for r in held if r.unit} == ({line.unit} if line.unit else set()), line.name
    mother = Person.objects.get(full_name="Nguyễn Thị Lan")
    assert set(mother.guardian_of.values_list("child__full_name", flat=True)) == set(cast.FAMILIES[0][2])


def test_the_parts_show_something_of_themselves(school: None) -> None:
    assert Room.objects.filter(kind="studio").exists() and Room.objects.filter(kind="class").count() == 16
    assert SurveyAnswer.objects.count() > 400 and ConsentAnswer.objects.count() > 400
