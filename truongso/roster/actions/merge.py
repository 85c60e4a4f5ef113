"""Make two rows of one human being one. It cannot be undone, so a person always decides, and everything is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from truongso import audit
from truongso.people.actions.sessions import end_sessions_of
from truongso.people.actor import Actor
from truongso.people.models import Account, Guardianship, Person
from truongso.roster import merge_queries
from truongso.roster.actions.merge_rows import bring_over
from truongso.roster.merge_references import references
from truongso.roster.models import MergedPerson, NotDuplicate

_CLASHES = {
    "role_one_class_a_pupil": gettext_lazy(
        "Hai hồ sơ cùng lúc ở hai lớp khác nhau. Xin cho một hồ sơ rời lớp trước, rồi gộp."
    ),
    "guardianship_not_of_oneself": gettext_lazy(
        "Người này là người giám hộ của người kia, nên không thể là một người."
    ),
    "teacher_once": gettext_lazy(
        "Hai hồ sơ cùng lúc dạy hai tiết khác nhau. Xin đổi người dạy một tiết trước, rồi gộp."
    ),
    "role_": gettext_lazy(
        "Vai trò của hai hồ sơ chồng nhau theo cách không gộp được. Xin ghi ngày hết cho một vai trò."
    ),
}
# What a closed account takes with it: ways in, not deeds.
_GOES_WITH_ACCOUNT = {
    "people.LoginSession", "people.SignInSlip", "mfa.Authenticator", "account.EmailAddress", "socialaccount.SocialAccount",
}  # fmt: skip
_CODES = ("sector_code", "national_number")


@transaction.atomic
def merge_persons(
    *, by: Actor, kept: int, gone: int, choices: Mapping[str, str] | None = None, account: int | None = None
) -> Person:
    """Everything of `gone` becomes `kept`'s; `gone` is no more, and its id leads on (MergedPerson).

    `choices` says "gone" for each compared field (merge_queries.FIELDS) whose value is to come from there; what is empty
    is filled anyway. `account` is the account to stay when both have one (default: the kept one's). Both rows are
    locked in order first: who writes at the same time waits, and then finds one person. Raises ValidationError.
    """
    chosen = {key for key, value in (choices or {}).items() if value == "gone"}
    rows = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[kept, gone]).order_by("pk")}
    if len(rows) != 2:
        raise ValidationError(_("Một trong hai hồ sơ không còn: có thể ai đó vừa gộp xong."))
    verdict = merge_queries.merge_verdict(by, kept, gone)
    if not verdict:
        raise PermissionDenied(str(verdict.why))
    old, person = rows[gone], rows[kept]
    try:
        with transaction.atomic():
            login = _one_account(person, old, account)
            _one_first_contact(kept, gone)
            moved = {r.name: n for r in references() if (n := bring_over(r, kept, gone, chosen))}
            changed = _facts(person, old, chosen)
            Person.objects.filter(pk=gone)._raw_delete(using="default")  # no cascade: what was forgotten refuses
            person.save(update_fields=changed)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise _clash(error) from None
    row = MergedPerson.objects.create(
        old_id=gone, person=person, name=old.full_name, login=login, moved=moved, by_id=by.person_id
    )
    audit.record(by, "roster.merge_persons", obj=row, for_person=kept, detail={"gone": gone, "moved": moved})
    return person


def _clash(error: IntegrityError) -> ValidationError:
    for name, sentence in _CLASHES.items():
        if name in str(error):
            return ValidationError(str(sentence))
    return ValidationError(
        _("Hai hồ sơ có dữ liệu chồng nhau nên chưa gộp được, và chưa có gì thay đổi. Xin báo người quản trị: %(what)s")
        % {"what": str(error).splitlines()[0][:120]}
    )


def _facts(person: Person, old: Person, chosen: set[str]) -> list[str]:
    """The person's own fields: those chosen, and what was empty."""
    fields: list[str] = []

    def take(names: tuple[str, ...], has: Any, key: str) -> None:
        if key in chosen or not has:
            for name in names:
                setattr(person, name, getattr(old, name))
            fields.extend(names)

    take(("full_name", "sort_key", "search_text"), person.full_name, "person.full_name")
    take(("birth_date",), person.birth_date, "person.birth_date")
    take(("gender",), person.gender, "person.gender")
    for code in _CODES:
        take((f"{code}_sealed", f"{code}_hash"), getattr(person, f"{code}_hash"), f"person.{code}")
    if person.national_number_hash is None and not person.no_national_number_reason:
        take(("no_national_number_reason",), "", "")
    return fields or ["full_name"]


def _one_first_contact(kept: int, gone: int) -> None:
    """A child is called about at one number first: the kept row's, where it has one."""
    if Guardianship.objects.filter(child=kept, first_contact=True).exists():
        Guardianship.objects.filter(child=gone, first_contact=True).update(first_contact=False)


def _one_account(person: Person, old: Person, wanted: int | None) -> str:
    """Leave one account, at the kept person; returns the login of the one that was closed."""
    found = {a.person_id: a for a in Account.objects.select_for_update().filter(person__in=[person, old])}
    here, there = found.get(person.pk), found.get(old.pk)
    stays = there if there is not None and (here is None or wanted == there.pk) else here
    closes = here if stays is there else there
    if closes is not None and stays is not None:
        end_sessions_of(closes)
        for link in Account._meta.related_objects:
            if link.related_model._meta.label not in _GOES_WITH_ACCOUNT:
                link.related_model._default_manager.filter(**{link.field.name: closes}).update(
                    **{link.field.name: stays}
                )
        login = closes.login
        closes.delete()
    else:
        login = ""
    if stays is not None and stays.person_id != person.pk:
        Account.objects.filter(pk=stays.pk).update(person=person)
    return login


@transaction.atomic
def set_apart(*, by: Actor, one: int, other: int) -> None:
    """They are two people: do not propose them again."""
    low, high = sorted((one, other))
    NotDuplicate.objects.get_or_create(low_id=low, high_id=high, defaults={"by_id": by.person_id})
    audit.record(by, "roster.set_apart", for_person=low, detail={"other": high})


@transaction.atomic
def propose_again(*, by: Actor, one: int, other: int) -> None:
    low, high = sorted((one, other))
    NotDuplicate.objects.filter(low_id=low, high_id=high).delete()
    audit.record(by, "roster.propose_again", for_person=low, detail={"other": high})
