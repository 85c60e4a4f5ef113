"""The made-up school has rooms, a survey and answers, the same every time."""

from __future__ import annotations

from django.utils import timezone

from tests.cast import Cast
from truongso.conditions import demo as conditions
from truongso.conditions.models import Room, SurveyAnswer
from truongso.consent import demo
from truongso.consent.models import ConsentAnswer


def test_both_load_once(cast: Cast) -> None:
    for _ in range(2):
        conditions.load(timezone.localdate())
        demo.load(timezone.localdate())
    assert Room.objects.filter(kind="studio").count() == 1
    assert SurveyAnswer.objects.count() == 2 and ConsentAnswer.objects.count() > 0
    seen = ConsentAnswer.objects.count(), Room.objects.count()
    conditions.load(timezone.localdate())
    assert (ConsentAnswer.objects.count(), Room.objects.count()) == seen
