from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from truongso import audit
from truongso.lib import vi
from truongso.people import sealed
from truongso.people.models import Person


@transaction.atomic
def add_person(*, by: audit.Who | None, full_name: str, birth_date: date | None = None, gender: str = "") -> Person:
    """Enter a person: once for life. The name is stored NFC, with its sort key and search text."""
    name = vi.nfc(full_name)
    person = Person.objects.create(
        full_name=name, sort_key=vi.sort_key(name), search_text=vi.fold(name), birth_date=birth_date, gender=gender
    )
    audit.record(by, "people.add_person", obj=person, for_person=person.pk)
    return person


@transaction.atomic
def rename_person(*, by: audit.Who, person: Person, full_name: str, birth_date: date | None, gender: str) -> Person:
    name = vi.nfc(full_name)
    person.full_name, person.sort_key, person.search_text = name, vi.sort_key(name), vi.fold(name)
    person.birth_date, person.gender = birth_date, gender
    person.save(update_fields=["full_name", "sort_key", "search_text", "birth_date", "gender"])
    audit.record(by, "people.rename_person", obj=person, for_person=person.pk)
    return person


@transaction.atomic
def set_codes(
    *, by: audit.Who | None, person: Person, sector_code: str = "", national_number: str = "", why_none: str = ""
) -> None:
    """Keep the sector code (10 digits) and the national number (12 digits), sealed; both are text.

    An empty national number wants its reason. Raises ValidationError keyed by field.
    """
    wrong: dict[str, str] = {}
    if sector_code and not re.fullmatch(r"\d{10}", sector_code):
        wrong["sector_code"] = _("Mã định danh của ngành có 10 chữ số. Xin chép đủ, cả số 0 ở đầu.")
    if national_number and not re.fullmatch(r"\d{12}", national_number):
        wrong["national_number"] = _("Số định danh cá nhân có 12 chữ số. Xin xem lại giấy khai sinh.")
    if wrong:
        raise ValidationError(wrong)
    person.sector_code_sealed, person.sector_code_hash = _kept(sector_code, "sector_code")
    person.national_number_sealed, person.national_number_hash = _kept(national_number, "national_number")
    person.no_national_number_reason = "" if national_number else why_none
    try:
        with transaction.atomic():
            person.save(
                update_fields=[
                    "sector_code_sealed", "sector_code_hash", "national_number_sealed", "national_number_hash",
                    "no_national_number_reason",
                ]
            )  # fmt: skip
    except IntegrityError as error:
        field = "national_number" if "national" in str(error) else "sector_code"
        raise ValidationError({field: _("Mã này đã thuộc về một người khác trong trường.")}) from None
    audit.record(by, "people.set_codes", obj=person, for_person=person.pk)


def _kept(code: str, use: str) -> tuple[bytes | None, bytes | None]:
    return (sealed.seal(code, use=use), sealed.lookup(code, use=use)) if code else (None, None)


@transaction.atomic
def read_codes(*, by: audit.Who, person: Person) -> tuple[str, str]:
    """(sector code, national number) in clear, for one look; the look is logged."""
    audit.record(by, "people.read_codes", obj=person, for_person=person.pk)
    return (
        sealed.unseal(person.sector_code_sealed, use="sector_code") if person.sector_code_sealed else "",
        sealed.unseal(person.national_number_sealed, use="national_number") if person.national_number_sealed else "",
    )
