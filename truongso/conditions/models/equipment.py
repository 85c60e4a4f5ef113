from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.people.models import Person

from .room import Condition, Room


class EquipmentKind(models.TextChoices):
    COMPUTER = "computer", _("máy tính")
    CAMERA = "camera", _("máy quay, webcam")
    MICROPHONE = "mic", _("micro")
    DISPLAY = "display", _("ti vi, máy chiếu, bảng tương tác")
    TABLET = "tablet", _("máy tính bảng")
    NETWORK = "network", _("thiết bị mạng")
    LIGHT = "light", _("đèn, phông")
    OTHER = "other", _("thiết bị khác")


class Equipment(models.Model):
    """A line of the equipment register: in a room, or (room empty) carried from room to room."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="equipment")
    kind = models.CharField(max_length=10, choices=EquipmentKind, default=EquipmentKind.OTHER)
    name = models.CharField(max_length=80)
    quantity = models.PositiveSmallIntegerField(default=1)
    condition = models.CharField(max_length=6, choices=Condition, default=Condition.GOOD)
    acquired = models.DateField(null=True, blank=True)
    remarks = models.CharField(max_length=200, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("room__name", "kind", "name", "pk")
        constraints = (models.CheckConstraint(condition=Q(quantity__gte=1), name="equipment_is_at_least_one"),)

    def __str__(self) -> str:
        return self.name


class Fault(models.Model):
    """Somebody says that something in a room does not work. It is open until a Repair stands beside it."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="faults")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-reported_at", "-pk")


class Repair(models.Model):
    """A fault was mended: by whom, when, how."""

    fault = models.OneToOneField(Fault, on_delete=models.CASCADE, primary_key=True, related_name="repair")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    repaired_at = models.DateTimeField(auto_now_add=True)
