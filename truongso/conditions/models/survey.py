from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person


class SurveyRoundQuerySet(models.QuerySet["SurveyRound"]):
    def open_on(self, day: date) -> SurveyRoundQuerySet:
        return self.filter(during__contains=day)


class SurveyRound(models.Model):
    """The school asks about devices and lines, from a day to a day; one round at a time."""

    title = models.CharField(max_length=120)
    during = DateRangeField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-during",)
        constraints = (
            ExclusionConstraint(name="survey_one_round_at_a_time", expressions=[("during", RangeOperators.OVERLAPS)]),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        last: date = self.during.upper - timedelta(days=1)
        return last


class Device(models.TextChoices):
    OWN_PHONE = "own_phone", _("Điện thoại của riêng em")
    SHARED_PHONE = "shared_phone", _("Điện thoại dùng chung")
    TABLET = "tablet", _("Máy tính bảng")
    LAPTOP = "laptop", _("Máy tính xách tay")
    PC = "pc", _("Máy tính để bàn")
    NONE = "none", _("Chưa có máy nào")


class Sharing(models.TextChoices):
    NOBODY = "0", _("Không, một mình em")
    ONE = "1", _("Với một người")
    TWO = "2", _("Với hai người")
    MORE = "3", _("Với ba người trở lên")


class Connection(models.TextChoices):
    HOME_WIFI = "wifi", _("Wifi ở nhà")
    DATA = "data", _("4G, 5G dùng thoải mái")
    DATA_LIMIT = "data_limit", _("4G, 5G có giới hạn dung lượng")
    NONE = "none", _("Không có mạng")


class YesNo(models.TextChoices):
    YES = "yes", _("Có")
    PARTLY = "partly", _("Có khi có, có khi không")
    NO = "no", _("Không")


class Helper(models.TextChoices):
    PARENT = "parent", _("Bố, mẹ")
    SIBLING = "sibling", _("Anh, chị")
    OTHER = "other", _("Người khác trong nhà")
    NOBODY = "nobody", _("Không có ai")


class Capacity(models.TextChoices):
    PUPIL = "pupil", _("học sinh")
    GUARDIAN = "guardian", _("gia đình")
    SCHOOL = "school", _("nhà trường ghi thay sau khi hỏi")


class SurveyAnswer(models.Model):
    """What was said about one child at one moment; each tap adds a row, the last one counts, the others are history."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="answers")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="survey_answers")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=8, choices=Capacity)
    # Empty: not tapped yet.
    device = models.CharField(max_length=12, choices=Device, blank=True)
    sharing = models.CharField(max_length=1, choices=Sharing, blank=True)
    connection = models.CharField(max_length=10, choices=Connection, blank=True)
    quiet = models.CharField(max_length=6, choices=YesNo, blank=True)
    camera = models.CharField(max_length=6, choices=YesNo, blank=True)
    helper = models.CharField(max_length=8, choices=Helper, blank=True)
    complete = models.BooleanField(default=False)  # every question that applies has its answer (rules.complete)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("round", "child", "-id"), name="survey_answer_by_child"),)
        constraints = (
            models.CheckConstraint(condition=~Q(complete=True) | ~Q(device=""), name="survey_complete_names_a_device"),
        )
