from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import vi
from truongso.people.actor import Actor
from truongso.school.access import insist
from truongso.school.models import Campus


@transaction.atomic
def save_campus(
    *, by: Actor | None, campus: Campus | None = None, name: str, address: str = "", is_main: bool = False
) -> Campus:
    """A place where the school teaches. One is the main one: the first, until another is said to be."""
    insist(by, "profile")
    others = Campus.objects.select_for_update().exclude(pk=campus.pk if campus else 0)
    if any(vi.fold(other.name) == vi.fold(name) for other in others):
        raise ValidationError({"name": _("Đã có điểm trường tên như vậy.")})
    main = is_main or not any(other.is_main for other in others)
    if main:
        others.update(is_main=False)
    campus = campus or Campus()
    campus.name, campus.address, campus.is_main = name, address, main
    campus.save()
    audit.record(by, "school.save_campus", obj=campus, detail={"name": name})
    return campus


@transaction.atomic
def remove_campus(*, by: Actor | None, campus: Campus) -> None:
    """A place that no class learns in; else ValidationError. Its own bell times go with it."""
    insist(by, "profile")
    audit.record(by, "school.remove_campus", obj=campus, detail={"name": campus.name})
    try:
        with transaction.atomic():
            campus.delete()
    except ProtectedError:
        raise ValidationError(
            _("%(name)s đang có lớp học, nên không xoá được. Xin chuyển lớp sang nơi khác trước.")
            % {"name": campus.name}
        ) from None
    first = Campus.objects.first()
    if first is not None and not Campus.objects.filter(is_main=True).exists():
        first.is_main = True
        first.save(update_fields=["is_main"])
