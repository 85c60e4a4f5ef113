from __future__ import annotations

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone

from truongso.people.roles import NEEDS_UNIT, Role

from .person import Person
from .unit import Unit

__all__ = ["Role", "RoleAssignment", "RoleAssignmentQuerySet", "role_label"]


def role_label(role: str, unit: str | None) -> str:
    """A role with the class or group that it is held for: chủ nhiệm 8A2."""
    name = str(Role(role).label)
    return f"{name} {unit}" if unit else name


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def on(self, day: date) -> RoleAssignmentQuerySet:
        return self.filter(during__contains=day)


class RoleAssignment(models.Model):
    """A person holds a role, for one unit where the role needs one, from a day to a day (upper end exclusive).

    A pupil's class is such a row too. A delegation is a row that names the assignment it was lent from.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=12, choices=Role.choices())
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    during = DateRangeField()
    delegated_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("unit", "role"), name="role_by_unit"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=[r.value for r in NEEDS_UNIT], unit__isnull=False)
                | Q(unit__isnull=True) & ~Q(role__in=[r.value for r in NEEDS_UNIT]),
                name="role_has_its_unit",
            ),
            ExclusionConstraint(
                name="role_not_twice_in_a_unit",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(unit__isnull=False),
            ),
            ExclusionConstraint(
                name="role_not_twice_in_the_school",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(unit__isnull=True),
            ),
            ExclusionConstraint(
                name="role_one_head_at_a_time",
                expressions=[("role", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(role=Role.HEAD.value, delegated_from__isnull=True),
            ),
            ExclusionConstraint(
                name="role_one_homeroom_teacher_a_class",
                expressions=[("unit", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(role=Role.HOMEROOM.value, delegated_from__isnull=True),
            ),
            ExclusionConstraint(
                name="role_one_class_a_pupil",
                expressions=[("person", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(role=Role.PUPIL.value),
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """chủ nhiệm 8A2"""
        return role_label(self.role, self.unit.name if self.unit else None)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None when open."""
        return self.during.upper - timedelta(days=1) if self.during.upper else None

    @property
    def holds(self) -> bool:
        """Today, or still to come."""
        return self.during.upper is None or self.during.upper > timezone.localdate()

    @property
    def lendable(self) -> bool:
        lent = self.delegated_from_id is not None
        return self.holds and not lent and self.role not in {Role.PUPIL, Role.INSPECTOR}
