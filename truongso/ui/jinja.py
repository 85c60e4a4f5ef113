"""The Jinja2 environment of our pages: translations, cheap helpers, addresses."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from truongso.lib import dates, vi
from truongso.ui.assets import asset
from truongso.ui.fields import control, is_check, is_wide

_reverse_plain = cache(reverse)  # 18 us each time otherwise; the map of addresses never changes while we run


_STAND_IN = 8_070_605_040_302_010


@cache
def _shape(name: str) -> tuple[str, str] | None:
    """What stands before and after the number in an address with one; None where the address is not so simple."""
    try:
        before, found, after = reverse(name, args=[_STAND_IN]).partition(str(_STAND_IN))
    except NoReverseMatch:
        return None
    return (before, after) if found else None


def url(name: str, *args: object, **kwargs: object) -> str:
    """`reverse`, of which lists ask fifty a page: a plain address and one with a single number are put together by hand."""
    if kwargs:
        return reverse(name, args=args, kwargs=kwargs)
    if not args:
        return _reverse_plain(name)
    if len(args) == 1 and type(args[0]) is int and args[0] >= 0 and (shape := _shape(name)):
        return f"{shape[0]}{args[0]}{shape[1]}"
    return reverse(name, args=args)


_MOST_SAID = 20_000  # more than we have ever written; a sentence made of data must not fill the memory
_said: dict[tuple[str | None, str], Markup] = {}


def say(text: str, /, **values: object) -> Markup:
    """`_` in templates. Our own sentences are safe, what is filled in is escaped; each is looked up once a language."""
    key = (get_language(), text)
    found = _said.get(key)
    if found is None:
        found = Markup(gettext(text))  # noqa: S704 (of our catalogue)
        if len(_said) < _MOST_SAID:
            _said[key] = found
    return found % values


@cache
def icon(name: str) -> Markup:
    """One picture of the sprite: cached since a list draws one a row."""
    use = Markup('<use href="{}#{}"/>').format(asset("icons.svg"), name)
    return Markup('<svg class="icon" width="20" height="20" aria-hidden="true">{}</svg>').format(use)


def show_date(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in the school's time zone."""
    if value is None:
        return ""
    return dates.show(timezone.localtime(value).date() if isinstance(value, datetime) else value)


def show_moment(value: datetime | None) -> str:
    """14:05, 24/11/2026"""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{dates.show_time(local)}, {dates.show(local.date())}"


def show_number(value: int | float | Decimal) -> str:
    """Comma decimals, thin space between thousands."""
    text = f"{value:,}".replace(",", "\u2009").replace(".", ",")
    return text


def weekday(day: date) -> str:
    """Thứ Hai … Chủ nhật, translated."""
    names = (
        gettext("Thứ Hai"), gettext("Thứ Ba"), gettext("Thứ Tư"), gettext("Thứ Năm"),
        gettext("Thứ Sáu"), gettext("Thứ Bảy"), gettext("Chủ nhật"),
    )  # fmt: skip
    return names[day.weekday()]


def environment(**options: Any) -> Environment:
    """Called by Django's Jinja2 backend."""
    options.setdefault("undefined", StrictUndefined)
    options["trim_blocks"] = options["lstrip_blocks"] = True
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701 (the backend sets autoescape)
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(
        _=say, gettext=say, icon_of=icon, url=url, asset=asset, date=show_date, moment=show_moment, number=show_number, weekday=weekday,
        initials=vi.initials, control=control, is_check=is_check, is_wide=is_wide,
        time=lambda value: dates.show_time(timezone.localtime(value)), today=timezone.localdate,
    )  # fmt: skip
    return env
