"""Ways into a period, and who went by them: at the edge, with the cast."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from truongso.people.actor import Actor, actor_for
from truongso.timetable.actions import periods as period_verbs
from truongso.timetable.actions import visits
from truongso.timetable.models import LinkVisit, Mode, Period
from truongso.timetable.queries import links as queries
from truongso.timetable.tests.conftest import MONDAY
from truongso.timetable.tests.links.conftest import ZONE, At, link


def test_a_pupil_counts_once_with_the_first_time(cast: Cast, period: Period, at: At) -> None:
    zoom, an = link(period), actor_for(cast.pupil, on=MONDAY)
    at(6, 55)
    assert visits.visit(by=an, link=zoom)
    at(7, 20)
    assert visits.visit(by=an, link=zoom) and visits.visit(by=actor_for(cast.classmate, on=MONDAY), link=zoom)
    row = LinkVisit.objects.get(person=cast.pupil.person)
    assert row.times == 2 and row.last_at - row.first_at == timedelta(minutes=25)
    when = queries.visits_of(period)
    assert {p: w.astimezone(ZONE).strftime("%H:%M") for p, w in when.items()} == {
        cast.pupil.person_id: "06:55", cast.classmate.person_id: "07:20",
    }  # fmt: skip
    period.refresh_from_db()
    assert period.kept


@pytest.mark.parametrize("who", ["teacher", "guardian", "head", "other_pupil"])
def test_others_pass_uncounted(cast: Cast, period: Period, at: At, who: str) -> None:
    at(7)
    assert not visits.visit(by=actor_for(cast.accounts[who], on=MONDAY), link=link(period))
    assert not LinkVisit.objects.exists()


@pytest.mark.parametrize(("hour", "minute", "kept"), [(6, 29, False), (6, 30, True), (7, 45, True), (7, 46, False)])
def test_a_meeting_counts_around_its_hour_only(
    cast: Cast, period: Period, at: At, hour: int, minute: int, kept: bool
) -> None:
    at(hour, minute)
    assert visits.visit(by=actor_for(cast.pupil, on=MONDAY), link=link(period)) is kept


def test_a_video_is_kept_any_time_but_is_attendance_in_self_study_only(
    cast: Cast, head: Actor, period: Period, at: At
) -> None:
    at(20, 0, -1)
    video = link(period, "video", "https://www.youtube.com/watch?v=abcdefghijk")
    assert visits.visit(by=actor_for(cast.pupil, on=MONDAY), link=video)
    assert queries.visits_of(period) == {}
    studied = period_verbs.set_mode(by=head, period=period, mode=Mode.SELF_STUDY, reason="Ôn")
    assert list(queries.visits_of(studied)) == [cast.pupil.person_id]


def test_the_database_knows_what_a_link_is(period: Period) -> None:
    for kind, url in (("room", "https://zoom.us"), ("zoom", ""), ("other", "javascript:alert(1)")):
        with pytest.raises(IntegrityError), transaction.atomic():
            link(period, kind, url)
