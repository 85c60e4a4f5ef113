"""Other sizes of the demo school, for benchmarks and for small machines."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections import Counter

import pytest

from truongso.demo import store, structure
from truongso.demo.crafts import NEEDS
from truongso.demo.plan import think
from truongso.demo.size import Size, size_of
from truongso.people.models import Person


@pytest.mark.parametrize("classes", [8, 29])  # `make bench` loads 45
def test_other_sizes_hold_together(db: None, classes: int) -> None:
    plan = think("2026-2027", Size(classes))
    assert len(plan.classes) == classes
    units = structure.lay_out(plan)
    people = store.keep(plan, units)
    store.keep_lessons(plan, people, units)
    assert len(people) == Person.objects.count() > classes * 90


@pytest.mark.parametrize("text", ["0", "7", "61", "-16", "sixteen", "16.5", "", "９"])
def test_a_number_that_makes_no_school_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ArgumentTypeError) as refused:
        size_of(text)
    assert "8" in str(refused.value) and "60" in str(refused.value)


@pytest.mark.parametrize("classes", [8, 17, 45, 60])
def test_every_size_has_teachers_enough(classes: int) -> None:
    plan = think("2026-2027", Size(classes))
    weekly = {(n.subject, n.part): n for n in NEEDS}
    loads: Counter[str] = Counter()
    for lesson in plan.lessons:
        loads[lesson.who.staff["local_code"]] += weekly[lesson.subject, lesson.part].in_grade(lesson.place.grade)  # type: ignore[index]
    assert len(plan.lessons) == classes * len(NEEDS) and max(loads.values()) <= 24
    assert sum(p.staff is not None for p in plan.people) == Size(classes).staff


def test_class_names_run_through_the_grades() -> None:
    assert Size().names()[:5] == ["6A1", "6A2", "6A3", "6A4", "7A1"] and Size().names()[-1] == "9A4"
    assert len(Size(45).names()) == 45 and Size(45).names()[11] == "6A12"
