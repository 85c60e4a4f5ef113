from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from truongso.people.models import Person, Unit


class StaffRecord(models.Model):
    """What the school's staff list keeps of a person."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="staff_record")
    local_code = models.CharField(max_length=30, null=True, blank=True, unique=True)  # mã cán bộ; text
    contract = models.CharField(max_length=80, blank=True)
    qualification = models.CharField(max_length=80, blank=True)  # trình độ
    standard = models.CharField(max_length=40, blank=True)  # mức chuẩn nghề nghiệp
    teaches = models.CharField(max_length=120, blank=True)  # môn dạy, as the list says it


class Position(models.Model):
    """A position of staff (vị trí việc làm) from a day to a day: giáo viên, kế toán, thư viện. Gives no right."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=80)
    during = DateRangeField()

    class Meta:
        ordering = ("person", "during")
        constraints = (
            ExclusionConstraint(
                name="position_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("title", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        )

    def __str__(self) -> str:
        return self.title


class GroupMember(models.Model):
    """Membership of a subject group (tổ chuyên môn), from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="groups")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    during = DateRangeField()

    class Meta:
        ordering = ("unit", "person__sort_key")
        constraints = (
            ExclusionConstraint(
                name="group_member_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        )
