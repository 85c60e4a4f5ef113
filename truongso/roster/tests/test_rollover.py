"""The turn of the year: nobody lost, nothing changed before the opening, everything taken back before it, done once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import YEAR, Cast, assign, client_of, person
from truongso.audit.models import Entry
from truongso.jobs.actions import take
from truongso.jobs.models import Job, JobState
from truongso.jobs.registry import Cancelled, JobHandle
from truongso.jobs.tasks import run_job
from truongso.people.actor import Actor, actor_for
from truongso.people.models import Person, Role, RoleAssignment, Unit
from truongso.roster import rollover_queries as queries
from truongso.roster import rollover_rules as rules
from truongso.roster.actions import open_year, rollover
from truongso.roster.models import (
    GroupMember,
    Movement,
    Outcome,
    PlanClass,
    PlanPupil,
    PlanState,
    RolloverPlan,
    TeachingAssignment,
)
from truongso.roster.tasks import open_year_job
from truongso.school.actions.classes import make_class
from truongso.school.actions.years import make_year
from truongso.school.models import SchoolYear, Subject, SubjectGrade, YearState

FIRST = date(2025, 8, 1)  # of 2025-2026, to which 2024-2025 is rolled
SUMMER = date(2025, 8, 20)
NAMES = ("6A1", "6A2", "7A1", "8A1", "9A1")


def school(pupils: int = 2) -> SchoolYear:
    """2024-2025: five classes with some pupils each, and a subject."""
    year = make_year(by=None, name="2024-2025")
    for name in NAMES:
        unit = make_class(by=None, year=year, name=name).unit
        for number in range(pupils):
            enrol(person(f"Em {name} {number}"), unit)
    return year


def enrol(who: Person, unit: Unit, first: date = date(2024, 8, 5), end: date | None = None) -> RoleAssignment:
    return RoleAssignment.objects.create(person=who, role="pupil", unit=unit, during=DateRange(first, end))


def unit(name: str, year: str = "2024-2025") -> Unit:
    return Unit.objects.get(kind="class", name=name, school_year=year)


def head(cast: Cast, day: date = SUMMER) -> Actor:
    return actor_for(cast.head, on=day)


def start(by: Actor, year: SchoolYear, **more: object) -> RolloverPlan:
    wishes = {"new_classes": ["6A1", "6A2"], "keep_homeroom": True, "with_teachers": False, "keep_staff": True, **more}
    return rollover.start_plan(by=by, from_year=year, **wishes)  # type: ignore[arg-type]


def everything(*, but: tuple[str, ...] = ()) -> dict[str, list[dict[str, object]]]:
    """The rows of all our tables; the log and the queue of work aside, and what is said."""
    aside = {"audit.Entry", "audit.Head", "audit.Checkpoint", *but}
    return {
        m._meta.label: list(m._default_manager.order_by("pk").values())
        for m in apps.get_models()
        if m.__module__.startswith("truongso.") and m._meta.label not in aside
    }


PLAN = ("roster.RolloverPlan", "roster.PlanClass", "roster.PlanPupil")


# The plan


def test_the_usual_is_written_down(cast: Cast) -> None:
    year = school()
    assign(cast.homeroom, Role.HOMEROOM, unit("7A1"), DateRange(date(2024, 8, 1), None))
    plan = start(head(cast), year)
    assert [(c.name, c.grade, c.from_unit and c.from_unit.name) for c in plan.classes.all()] == [
        ("6A1", 6, None), ("6A2", 6, None), ("7A1", 7, "6A1"), ("7A2", 7, "6A2"), ("8A1", 8, "7A1"), ("9A1", 9, "8A1"),
    ]  # fmt: skip
    assert plan.classes.get(name="8A1").homeroom == cast.homeroom.person
    assert Counter(plan.pupils.values_list("outcome", "to__name")) == {
        ("promoted", "7A1"): 2, ("promoted", "7A2"): 2, ("promoted", "8A1"): 2, ("promoted", "9A1"): 2, ("completed", None): 2,
    }  # fmt: skip


def test_before_the_opening_nothing_of_the_year_changes_and_all_can_be_taken_back(cast: Cast) -> None:
    year = school()
    before = everything()
    by = head(cast)
    plan = start(by, year, with_teachers=True)
    row = plan.pupils.filter(from_unit=unit("6A1")).first()
    assert row is not None
    rollover.set_outcomes(by=by, plan=plan, unit=unit("6A1"), wishes={row.person_id: ("repeated", None)})
    rollover.add_class(by=by, plan=plan, name="6A3", grade=None)
    rollover.remove_class(by=by, plan=plan, found=plan.classes.get(name="7A2"))
    assert everything(but=PLAN) == {k: v for k, v in before.items() if k not in PLAN}
    rollover.drop_plan(by=by, plan=plan)
    assert everything() == before


def test_one_plan_at_a_time_and_none_for_a_year_that_runs(cast: Cast) -> None:
    year = school()
    start(head(cast), year)
    with pytest.raises(ValidationError):
        start(head(cast), year)


def test_who_comes_and_goes_meanwhile_is_taken_in(cast: Cast) -> None:
    year = school()
    by = head(cast)
    plan = start(by, year)
    gone = plan.pupils.filter(from_unit=unit("6A1")).first()
    assert gone is not None
    RoleAssignment.objects.filter(person=gone.person).update(during=DateRange(date(2024, 8, 5), date(2025, 3, 1)))
    new = person("Em Mới")
    enrol(new, unit("6A1"), date(2025, 4, 1))
    assert queries.overview(plan, by.on).changed == 2
    with pytest.raises(ValidationError) as wrong:
        open_year.open_plan(by=by, plan=plan)
    assert "Xin cập nhật danh sách" in " ".join(wrong.value.messages)
    assert rollover.refresh_plan(by=by, plan=plan) == 2
    assert plan.pupils.get(person=new).to == plan.classes.get(name="7A1")
    assert not plan.pupils.filter(person=gone.person).exists() and queries.overview(plan, by.on).changed == 0


@pytest.mark.parametrize(
    ("grade", "outcome", "to", "ok"),
    [(6, "promoted", 7, True), (6, "promoted", None, True), (6, "promoted", 6, False), (6, "repeated", 6, True),
     (6, "repeated", 7, False), (6, "completed", None, False), (9, "completed", None, True), (9, "promoted", 10, False),
     (9, "repeated", 9, True), (6, "out", None, True), (6, "out", 6, False), (6, "flown", None, False)],
)  # fmt: skip
def test_what_fits(grade: int, outcome: str, to: int | None, ok: bool) -> None:
    assert bool(rules.fits(grade, outcome, to)) is ok


@pytest.mark.parametrize(
    ("name", "grade", "after"),
    [("6A1", 6, "7A1"), ("9/3", 9, "10/3"), ("Hoa Mai", 6, "Hoa Mai"), ("61", 6, "61"), ("10A2", 10, "11A2")],
)
def test_the_name_of_the_class_above(name: str, grade: int, after: str) -> None:
    assert rules.next_name(name, grade) == after


# The opening


def test_the_year_is_opened_from_its_first_day(cast: Cast) -> None:
    year, by = school(), head(cast)
    old, group = unit("6A1"), cast.group
    assign(cast.homeroom, Role.HOMEROOM, old, DateRange(date(2024, 8, 1), None))
    maths, only_6 = (Subject.objects.create(code=n, name=n, short_name=n, order=1) for n in ("toan-x", "chi-6"))
    coming = make_year(by=None, name="2025-2026")
    SubjectGrade.objects.create(year=coming, subject=maths, grade=7, periods=140, weekly_term_1=4, weekly_term_2=4)
    for subject in (maths, only_6):
        TeachingAssignment.objects.create(
            unit=old,
            subject=subject,
            person=cast.teacher.person,
            compiles=True,
            during=DateRange(date(2024, 9, 1), None),
        )
    GroupMember.objects.create(person=cast.teacher.person, unit=group, during=DateRange(date(2024, 8, 1), FIRST))
    plan = start(by, year, with_teachers=True)
    open_year.open_plan(by=by, plan=plan)
    new = unit("7A1", "2025-2026")
    day_before = FIRST - timedelta(days=1)

    def in_class(klass: Unit, day: date) -> int:
        return RoleAssignment.objects.on(day).filter(role="pupil", unit=klass).count()

    assert (in_class(old, day_before), in_class(old, FIRST), in_class(new, day_before), in_class(new, FIRST)) == (
        2,
        0,
        0,
        2,
    )
    assert actor_for(cast.homeroom, on=day_before).units(Role.HOMEROOM) >= {old.pk}
    today = actor_for(cast.homeroom, on=FIRST).units(Role.HOMEROOM)
    assert new.pk in today and old.pk not in today
    taught = TeachingAssignment.objects.on(FIRST).filter(person=cast.teacher.person)
    assert [(t.unit_id, t.subject_id, t.compiles) for t in taught] == [(new.pk, maths.pk, True)]
    assert not TeachingAssignment.objects.on(FIRST).filter(unit=old).exists()
    assert GroupMember.objects.get().during.upper == date(2026, 8, 1)
    assert Counter(Movement.objects.values_list("kind", "day")) == {
        ("promoted", FIRST): 8,
        ("completed", day_before): 2,
    }
    assert not RoleAssignment.objects.on(FIRST).filter(role="pupil", unit=unit("9A1")).exists()
    states = dict(SchoolYear.objects.values_list("name", "state"))
    assert states == {"2024-2025": YearState.CLOSED, "2025-2026": YearState.OPEN}
    assert Entry.objects.filter(verb="roster.open_year").get().detail["promoted"] == 8


def test_opening_twice_opens_once(cast: Cast) -> None:
    year, by = school(), head(cast)
    plan = start(by, year)
    open_year.open_plan(by=by, plan=plan)
    after = everything()
    open_year.open_plan(by=by, plan=plan)
    open_year.ask_to_open(by=by, plan=plan)
    assert everything() == after
    for verb in (lambda: rollover.drop_plan(by=by, plan=plan), lambda: rollover.refresh_plan(by=by, plan=plan)):
        with pytest.raises(ValidationError):
            verb()


def test_it_is_too_early_while_the_old_year_teaches(cast: Cast) -> None:
    year = school()
    by = head(cast, date(2025, 5, 10))
    plan = start(by, year)
    before = everything()
    with pytest.raises(ValidationError) as wrong:
        open_year.open_plan(by=by, plan=plan)
    assert "còn dạy" in wrong.value.messages[0] and everything() == before
    open_year.open_plan(
        by=head(cast, date(2025, 6, 20)), plan=plan
    )  # in the summer, before the first day: it begins then
    assert RoleAssignment.objects.on(FIRST - timedelta(days=1)).filter(unit=unit("6A1"), role="pupil").count() == 2
    assert RoleAssignment.objects.on(FIRST).filter(unit=unit("7A1", "2025-2026"), role="pupil").count() == 2


def test_a_pupil_without_a_class_stands_in_the_way(cast: Cast) -> None:
    year, by = school(), head(cast)
    plan = start(by, year)
    row = plan.pupils.filter(from_unit=unit("6A1")).first()
    assert row is not None
    rollover.set_outcomes(by=by, plan=plan, unit=unit("6A1"), wishes={row.person_id: ("repeated", None)})
    with pytest.raises(ValidationError) as wrong:
        open_year.open_plan(by=by, plan=plan)
    assert "1 em lớp 6A1 chưa có lớp mới" in wrong.value.messages[0]
    assert not SchoolYear.objects.filter(name="2025-2026").exists()


def test_classes_made_early_for_new_pupils_are_taken_as_they_are(cast: Cast) -> None:
    year, by = school(), head(cast)
    plan = start(by, year)
    coming = make_year(by=None, name="2025-2026")
    early = make_class(by=None, year=coming, name="6A1").unit
    new = enrol(person("Em Mới Vào"), early, FIRST)
    open_year.open_plan(by=by, plan=plan)
    assert PlanClass.objects.get(plan=plan, name="6A1").unit == early
    assert RoleAssignment.objects.get(pk=new.pk).during.upper is None


def test_somebody_placed_in_the_new_year_already_is_asked_about(cast: Cast) -> None:
    year, by = school(), head(cast)
    plan = start(by, year)
    coming = make_year(by=None, name="2025-2026")
    row = plan.pupils.select_related("person").first()
    assert row is not None
    RoleAssignment.objects.filter(person=row.person).update(during=DateRange(date(2024, 8, 5), FIRST))
    enrol(row.person, make_class(by=None, year=coming, name="6A9").unit, FIRST)
    with pytest.raises(ValidationError) as wrong:
        open_year.open_plan(by=by, plan=plan)
    assert row.person.full_name in " ".join(wrong.value.messages)


# Nobody is lost, whatever is chosen

KINDS = st.sampled_from(["open", "to the end", "left", "came in August"])
PUPILS = st.lists(st.tuples(st.sampled_from(NAMES), KINDS, st.integers(0, 2), st.integers(0, 9)), max_size=14)


@given(pupils=PUPILS, day=st.sampled_from([date(2025, 6, 15), date(2025, 7, 31), FIRST, SUMMER, date(2025, 11, 1)]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_pupil_ends_in_exactly_one_way(cast: Cast, pupils: list[tuple[str, str, int, int]], day: date) -> None:
    with transaction.atomic():
        _one_way(cast, pupils, day)
        transaction.set_rollback(True)


def _one_way(cast: Cast, pupils: list[tuple[str, str, int, int]], day: date) -> None:
    year, by = school(pupils=0), head(cast, day)
    spans = {
        "open": (date(2024, 8, 5), None), "to the end": (date(2024, 8, 5), FIRST),
        "left": (date(2024, 8, 5), date(2025, 2, 1)), "came in August": (date(2025, 8, 10), None),
    }  # fmt: skip
    here: dict[int, tuple[str, str, int, int]] = {}
    for number, wish in enumerate(pupils):
        who = person(f"Em {number}")
        enrol(who, unit(wish[0]), *spans[wish[1]])
        if wish[1] != "left":
            here[who.pk] = wish
    plan = start(by, year)
    for row in list(PlanPupil.objects.filter(plan=plan).select_related("from_unit")):
        grade = int(row.from_unit.name[0])
        outcome = rules.outcomes(grade)[here[row.person_id][2]]
        fitting = [c.pk for c in plan.classes.all() if c.grade == rules.grade_after(grade, outcome)]
        to = fitting[here[row.person_id][3] % len(fitting)] if fitting else None
        rollover.set_outcomes(by=by, plan=plan, unit=row.from_unit, wishes={row.person_id: (outcome, to)})
    others = set(RoleAssignment.objects.exclude(person_id__in=here).values_list("pk", "during"))
    open_year.open_plan(by=by, plan=plan)
    assert set(plan.pupils.values_list("person_id", flat=True)) == set(here)
    assert {pk for pk, _during in others} <= set(RoleAssignment.objects.values_list("pk", flat=True))
    later = date(2025, 12, 1)
    for pk in here:
        movement = Movement.objects.get(person_id=pk)
        row = PlanPupil.objects.get(plan=plan, person_id=pk)
        assert movement.kind == row.outcome
        classes = list(RoleAssignment.objects.on(later).filter(person_id=pk, role="pupil"))
        if row.outcome in rules.STAYS:
            assert row.to is not None
            assert [c.unit_id for c in classes] == [row.to.unit_id] == [movement.to_unit_id]
            assert classes[0].during.lower == max(FIRST, spans[here[pk][1]][0]) == movement.day
        else:
            assert classes == [] and movement.to_unit_id is None
        assert RoleAssignment.objects.on(date(2024, 12, 1)).filter(person_id=pk).count() == (
            here[pk][1] != "came in August"
        )


# A large school: a job


def test_a_large_school_is_opened_by_a_job_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_year, "LARGE", 1)
    year = school()
    client = client_of(cast.head)
    start(head(cast), year)
    assert client.post("/school/rollover/open/").status_code == 302
    plan = RolloverPlan.objects.get()
    assert plan.state == PlanState.DRAFT and plan.job is not None
    assert "<progress" in client.get("/school/rollover/").content.decode()
    assert client.post("/school/rollover/open/").status_code == 302 and Job.objects.count() == 1
    taken, _work = take(plan.job_id)  # type: ignore[misc]
    stale = JobHandle(taken.pk, taken.attempt)  # a worker that was killed, or only slow
    run_job.func(plan.job_id)
    plan.refresh_from_db()
    assert plan.state == PlanState.OPENED and Job.objects.get().state == JobState.DONE
    movements = Movement.objects.count()
    with pytest.raises(Cancelled):
        open_year_job.run(stale, plan_id=plan.pk)
    assert Movement.objects.count() == movements == 10


# Pages and rights


@pytest.mark.parametrize(
    ("who", "looks", "opens"),
    [("head", 200, 302), ("deputy", 200, 403), ("clerk", 200, 403), ("it_admin", 200, 403), ("homeroom", 404, 404),
     ("teacher", 404, 404), ("inspector", 404, 404), ("pupil", 404, 404), ("guardian", 404, 404)],
)  # fmt: skip
def test_who_prepares_and_who_opens(cast: Cast, who: str, looks: int, opens: int) -> None:
    start(head(cast), school())
    client = client_of(getattr(cast, who))
    assert client.get("/school/rollover/").status_code == looks
    assert client.get(f"/school/rollover/from/{unit('6A1').pk}/").status_code == looks
    assert client.post("/school/rollover/open/").status_code == opens
    assert RolloverPlan.objects.get().state == (PlanState.OPENED if who == "head" else PlanState.DRAFT)


def test_the_verb_itself_refuses_who_may_not(cast: Cast) -> None:
    plan = start(head(cast), school())
    with pytest.raises(PermissionDenied):
        open_year.open_plan(by=actor_for(cast.clerk), plan=plan)
    with pytest.raises(PermissionDenied):
        rollover.drop_plan(by=actor_for(cast.teacher), plan=plan)


def test_from_the_first_page_to_the_opened_year(cast: Cast) -> None:
    school()
    client, klass = client_of(cast.clerk), unit("6A1")
    page = client.get("/school/rollover/").content.decode()
    assert "2025-2026" in page and "6A1, 6A2" in page
    wrong = client.post("/school/rollover/", {"new_classes": "6A5-6A1"})
    assert wrong.status_code == 422 and "6A5-6A1" in wrong.content.decode()
    form = {"new_classes": "6A1-6A3", "keep_homeroom": "on", "keep_staff": "on"}
    assert client.post("/school/rollover/", form).status_code == 302
    page = client.get("/school/rollover/").content.decode()
    assert "6A3" in page and "Chưa có giáo viên chủ nhiệm" in page and "Năm học mới do hiệu trưởng mở" in page
    assert client.post("/school/rollover/classes/add/", {"name": "6A3"}).status_code == 422

    one, other = PlanPupil.objects.filter(from_unit=klass)
    same, above = PlanClass.objects.get(name="6A2"), PlanClass.objects.get(name="7A2")
    address = f"/school/rollover/from/{klass.pk}/"
    bad = client.post(address, {f"o-{one.person_id}": "repeated", f"t-{one.person_id}": above.pk})
    assert bad.status_code == 422 and "Xin chọn một lớp khối 6" in bad.content.decode()
    good = {f"o-{one.person_id}": "repeated", f"t-{one.person_id}": same.pk, f"o-{other.person_id}": "out"}
    assert client.post(address, good).status_code == 302
    assert list(PlanPupil.objects.filter(from_unit=klass).values_list("outcome", "to__name")) == [
        ("repeated", "6A2"),
        ("out", None),
    ]
    whole = {"do": "all", "all-o": "promoted", "all-t": above.pk}
    assert client.post(address, whole).status_code == 302
    assert set(PlanPupil.objects.filter(from_unit=klass).values_list("outcome", "to__name")) == {("promoted", "7A2")}

    new = PlanClass.objects.get(name="6A1")
    chosen = {"name": "6a1", "homeroom": cast.teacher.person_id, "shift": "am"}
    assert client.post(f"/school/rollover/classes/{new.pk}/", chosen).status_code == 302
    assert client.post(f"/school/rollover/classes/{new.pk}/", {**chosen, "name": "6A2"}).status_code == 422
    new.refresh_from_db()
    assert (new.name, new.homeroom_id) == ("6A1", cast.teacher.person_id)

    assert client_of(cast.head).post("/school/rollover/open/").status_code == 302
    assert "đã mở" in client_of(cast.head).get("/school/rollover/").content.decode()
    held = RoleAssignment.objects.on(date(2025, 9, 1)).filter(unit=unit("6A1", "2025-2026"), role="homeroom")
    assert [h.person_id for h in held] == [cast.teacher.person_id]


def test_what_stands_in_the_way_is_said_on_the_page(cast: Cast) -> None:
    plan = start(head(cast), school())
    plan.pupils.filter(from_unit=unit("6A1")).update(to=None)
    client = client_of(cast.head)
    assert "2 em lớp 6A1 chưa có lớp mới" in client.get("/school/rollover/").content.decode()
    answer = client.post("/school/rollover/open/")
    assert answer.status_code == 422 and "chưa có lớp mới" in answer.content.decode()
    assert client.post("/school/rollover/drop/").status_code == 302 and not RolloverPlan.objects.exists()


def test_an_empty_school_is_told_what_comes_first(cast: Cast) -> None:
    assert "Chưa có năm học nào có lớp" in client_of(cast.head).get("/school/rollover/").content.decode()


def test_queries_do_not_grow_with_classes_and_pupils(cast: Cast) -> None:
    year = school()
    plan = start(head(cast), year)
    client = client_of(cast.head)
    pages = ("/school/rollover/", f"/school/rollover/from/{unit('6A1').pk}/")

    def count() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as seen:
                client.get(page)
            found.append(len(seen))
        return found

    count()
    small = count()
    for number in range(2, 9):
        klass = make_class(by=None, year=year, name=f"8A{number}").unit
        PlanClass.objects.create(plan=plan, name=f"9A{number}", grade=9, from_unit=klass)
        for other in range(5):
            enrol(person(f"Thêm {number} {other}"), klass)
            enrol(person(f"Thêm nữa {number} {other}"), unit("6A1"))
    rollover.refresh_plan(by=head(cast), plan=plan)
    assert count() == small


def test_outcomes_are_the_words_of_movements() -> None:
    from truongso.roster.models import MovementKind

    assert {o.value for o in Outcome} <= {k.value for k in MovementKind}
    assert YEAR.lower < FIRST
