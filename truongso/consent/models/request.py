from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person

from .purpose import Purpose


class RequestKind(models.TextChoices):
    VIEW = "view", _("xem, nhận bản sao dữ liệu")
    CORRECT = "correct", _("sửa dữ liệu")
    DELETE = "delete", _("xoá dữ liệu")
    WITHDRAW = "withdraw", _("rút lại đồng ý")
    RESTRICT = "restrict", _("hạn chế xử lí")
    OBJECT = "object", _("phản đối xử lí")


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def on(self, day: date) -> DeadlineQuerySet:
        return self.filter(during__contains=day)


class Deadline(models.Model):
    """How long the law gives for a kind of request: a row with its article and validity, edited in place."""

    kind = models.CharField(max_length=8, choices=RequestKind)
    acknowledge = models.PositiveSmallIntegerField()  # working days
    answer = models.PositiveSmallIntegerField()  # days
    answer_third = models.PositiveSmallIntegerField()  # when a processor or third party has the data
    extension = models.PositiveSmallIntegerField()  # once
    article = models.CharField(max_length=120)
    during = DateRangeField()

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "during")
        constraints = (
            ExclusionConstraint(
                name="deadline_one_at_a_time",
                expressions=[("kind", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(condition=Q(answer_third__gte=models.F("answer")), name="deadline_third_is_longer"),
        )


class DataRequest(models.Model):
    """Somebody asks about their data, or a withdrawal needs follow-up. Its state is its last step."""

    subject = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_requests")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RequestKind)
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, null=True, blank=True, related_name="requests")
    text = models.CharField(max_length=500, blank=True)
    third_party = models.BooleanField(default=False)
    received_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("received_on", "pk")


class StepKind(models.TextChoices):
    ACKNOWLEDGED = "ack", _("đã báo nhận")
    EXTENDED = "extended", _("đã gia hạn")
    DONE = "done", _("đã làm xong")
    REFUSED = "refused", _("từ chối")


class RequestStep(models.Model):
    """What the school did about a request: who, when, with which words. Each step once."""

    request = models.ForeignKey(DataRequest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=8, choices=StepKind)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    day = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("request", "kind"), name="request_step_once"),
            models.UniqueConstraint(
                fields=("request",), condition=Q(kind__in=["done", "refused"]), name="request_closed_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["refused", "extended"]) | ~Q(note=""), name="request_reason_is_said"
            ),
        )
