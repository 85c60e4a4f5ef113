from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from truongso.school.models import Campus


class RoomKind(models.TextChoices):
    CLASSROOM = "class", _("phòng học")
    COMPUTERS = "computers", _("phòng tin học")
    SUBJECT = "subject", _("phòng bộ môn")
    STUDIO = "studio", _("góc studio dạy trực tuyến")
    MEETING = "meeting", _("phòng họp")
    OTHER = "other", _("phòng khác")


class Display(models.TextChoices):
    NONE = "none", _("không có")
    TV = "tv", _("ti vi")
    PROJECTOR = "projector", _("máy chiếu")
    BOARD = "board", _("bảng tương tác")


class Internet(models.TextChoices):
    NONE = "none", _("không có mạng")
    WIFI = "wifi", _("wifi")
    CABLE = "cable", _("mạng dây")


class Condition(models.TextChoices):
    GOOD = "good", _("dùng tốt")
    WORN = "worn", _("dùng được, cần để ý")
    BROKEN = "broken", _("hỏng, chưa dùng được")


class RoomQuerySet(models.QuerySet["Room"]):
    def in_use(self) -> RoomQuerySet:
        return self.filter(active=True)


class Room(models.Model):
    """A room of the school's register (TT 09/2021, Art. 10): what online teaching and timetables need to know of it.

    A room is never deleted, only taken out of use: bookings, faults and timetables go on naming it.
    """

    campus = models.ForeignKey(Campus, on_delete=models.PROTECT, null=True, blank=True, related_name="rooms")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=RoomKind, default=RoomKind.CLASSROOM)
    seats = models.PositiveSmallIntegerField(default=0)
    display = models.CharField(max_length=10, choices=Display, default=Display.NONE)
    internet = models.CharField(max_length=6, choices=Internet, default=Internet.NONE)
    # As measured in the room, not as sold.
    mbps_down = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    mbps_up = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)
    computers = models.PositiveSmallIntegerField(default=0)  # for pupils
    condition = models.CharField(max_length=6, choices=Condition, default=Condition.GOOD)
    bookable = models.BooleanField(default=False)
    notes = models.CharField(max_length=300, blank=True)
    active = models.BooleanField(default=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ("campus", "name")
        constraints = (
            models.UniqueConstraint(fields=("campus", "name"), nulls_distinct=False, name="room_named_once"),
            models.CheckConstraint(
                condition=Q(mbps_down=None, mbps_up=None) | Q(measured_on__isnull=False), name="room_speed_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(internet="none") | Q(mbps_down=None, mbps_up=None), name="room_speed_needs_a_line"
            ),
        )

    def __str__(self) -> str:
        return self.name
