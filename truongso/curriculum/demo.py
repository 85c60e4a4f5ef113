"""Programmes of the made-up school: the shipped examples, in use in the year of the day."""

from __future__ import annotations

from datetime import date

from truongso.curriculum import examples
from truongso.curriculum.actions.examples import load_example
from truongso.curriculum.actions.outline import make_programme, set_state
from truongso.curriculum.models import Programme, ProgrammeState
from truongso.school.models import SchoolYear, SubjectGrade


def load(today: date) -> None:
    """Nothing when there is a programme already. Call it after years and subjects."""
    year = SchoolYear.objects.on(today).first()
    if year is None or Programme.objects.exists():
        return
    for planned in SubjectGrade.objects.filter(year=year).select_related("subject"):
        if (planned.subject.code, planned.grade) in examples.known():
            made = make_programme(by=None, subject=planned.subject, grade=planned.grade, year=year)
            load_example(by=None, programme=made)
            set_state(by=None, programme=made, state=ProgrammeState.IN_USE)
