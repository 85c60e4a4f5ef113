"""The roles of a school. A role alone gives no right: a dated assignment of it does."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    HEAD = "head"
    DEPUTY = "deputy"
    GROUP_HEAD = "group_head"
    TEACHER = "teacher"
    HOMEROOM = "homeroom"
    CLERK = "clerk"
    IT_ADMIN = "it_admin"
    INSPECTOR = "inspector"
    PUPIL = "pupil"
    GUARDIAN = "guardian"  # never assigned: it follows from a guardianship

    @property
    def label(self) -> "str | Promise":
        return _LABELS[self]

    @classmethod
    def choices(cls) -> "list[tuple[str, str | Promise]]":
        return [(role.value, role.label) for role in cls if role is not cls.GUARDIAN]


_LABELS: "dict[Role, str | Promise]" = {
    Role.HEAD: _("hiệu trưởng"),
    Role.DEPUTY: _("phó hiệu trưởng"),
    Role.GROUP_HEAD: _("tổ trưởng"),
    Role.TEACHER: _("giáo viên"),
    Role.HOMEROOM: _("giáo viên chủ nhiệm"),
    Role.CLERK: _("văn thư"),
    Role.IT_ADMIN: _("quản trị hệ thống"),
    Role.INSPECTOR: _("thanh tra"),
    Role.PUPIL: _("học sinh"),
    Role.GUARDIAN: _("phụ huynh"),
}
NEEDS_UNIT = (Role.GROUP_HEAD, Role.HOMEROOM, Role.PUPIL)
STAFF = frozenset({Role.HEAD, Role.DEPUTY, Role.GROUP_HEAD, Role.TEACHER, Role.HOMEROOM, Role.CLERK, Role.IT_ADMIN})
# Whose account must carry a second factor (NĐ on system security; issue: head and IT admin).
NEEDS_SECOND_FACTOR = frozenset({Role.HEAD, Role.IT_ADMIN})
