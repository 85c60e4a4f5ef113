from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person, Unit


class PupilRecord(models.Model):
    """What the school's register keeps of a pupil beyond the person. The class is a dated pupil role (people)."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True, related_name="pupil_record")
    local_code = models.CharField(max_length=30, null=True, blank=True, unique=True)  # of SMAS or vnEdu; text
    birth_place = models.CharField(max_length=200, blank=True)
    home_town = models.CharField(max_length=200, blank=True)
    residence = models.CharField(max_length=200, blank=True)  # registered (hộ khẩu thường trú)


class MovementKind(models.TextChoices):
    ENROLLED = "enrolled", _("nhập học")
    TRANSFER_IN = "in", _("chuyển đến")
    TRANSFER_OUT = "out", _("chuyển đi")
    CLASS_CHANGE = "class", _("chuyển lớp")
    LEAVE = "leave", _("thôi học")
    RETURN = "return", _("đi học lại")
    PROMOTED = "promoted", _("lên lớp")
    REPEATED = "repeated", _("ở lại lớp")
    COMPLETED = "completed", _("hoàn thành THCS")


class Movement(models.Model):
    """A step of a pupil's way through the school: who moved where, when, on which paper."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=MovementKind)
    day = models.DateField()
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    other_school = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-day", "-pk")
        indexes = (models.Index(fields=("person", "-day"), name="movement_by_person"),)
