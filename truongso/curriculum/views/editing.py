"""The outline is edited in place, on one address: `?edit=lesson-12` opens a form where the row stands, a post saves it or
does one deed, and the answer is the page again. So everything works by links and forms, and swaps where there is script."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from truongso.curriculum import access, queries
from truongso.curriculum.actions import arrange, examples, outline
from truongso.curriculum.forms import LessonForm, TopicForm
from truongso.curriculum.models import Lesson, Programme, ProgrammeState, Topic
from truongso.people.actor import Actor
from truongso.people.forms import add_errors
from truongso.people.http import Request
from truongso.ui.forms import Form
from truongso.ui.jinja import url

_SALT = "curriculum.undo"
_LONGEST_UNDO = 3000  # an address has its limits; a longer one is not offered
_KEY = re.compile(r"(lesson|topic|split)-(\d{1,9})|(lesson)-new-(\d{1,9})|topic-new")


@dataclass(slots=True)
class Opened:
    """What is open on the page: "lesson-12", "lesson-new-3" (in topic 3), "split-12", "topic-3", "topic-new" or ""."""

    key: str = ""
    form: Form | None = None
    status: int = 200
    refusal: str = ""


def opened(programme: Programme, key: str) -> Opened:
    if not _KEY.fullmatch(key):
        return Opened()
    lesson, topic = _rows(programme, key)
    initial: dict[str, Any] = {}
    if key.startswith("lesson") and lesson is not None:
        lines = "\n".join(o.text for o in queries.outcomes_of(lesson))
        initial = {"title": lesson.title, "periods": lesson.periods, "kind": lesson.kind, "part": lesson.part_id,
                   "week_hint": lesson.week_hint, "outcomes": lines}  # fmt: skip
    elif topic is not None and key.startswith("topic"):
        initial = {"title": topic.title, "part": topic.part_id}
    elif topic is not None:
        initial = {"part": topic.part_id}
    return Opened(key, _form(key)(initial=initial, programme=programme, auto_id="f_%s"))


def _form(key: str) -> type[LessonForm] | type[TopicForm]:
    return LessonForm if key.startswith("lesson") else TopicForm


def _rows(programme: Programme, key: str) -> tuple[Lesson | None, Topic | None]:
    """The lesson, and the topic, that a key is about; 404 when they are not this programme's."""
    found = re.findall(r"\d+", key)
    if not found:
        return None, None
    pk = int(found[0])
    if key.startswith(("lesson-new", "topic")):
        return None, access.topic_in(programme, pk)
    lesson = access.lesson_in(programme, pk)
    return lesson, lesson.topic


def save(request: Request, programme: Programme) -> Opened | HttpResponse:
    """Keep what the open form says."""
    key = request.POST.get("row", "")
    if not _KEY.fullmatch(key):
        raise Http404
    lesson, topic = _rows(programme, key)
    form = _form(key)(request.POST, programme=programme, auto_id="f_%s")
    if form.is_valid():
        before = _undo_of(programme, key, lesson)
        try:
            _keep(request.actor, programme, key, lesson=lesson, topic=topic, data=form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _done(request, programme, _("Đã lưu."), before)
    return Opened(key, form, 422)


def _keep(
    by: Actor, programme: Programme, key: str, *, lesson: Lesson | None, topic: Topic | None, data: dict[str, Any]
) -> None:
    if key.startswith("split") and lesson is not None:
        arrange.split_topic(by=by, lesson=lesson, title=data["title"])
    elif lesson is not None:
        outline.change_lesson(by=by, lesson=lesson, **data)
    elif key.startswith("lesson") and topic is not None:
        outline.add_lesson(by=by, topic=topic, **data)
    elif topic is not None:
        outline.change_topic(by=by, topic=topic, **data)
    else:
        outline.add_topic(by=by, programme=programme, **data)


def _undo_of(programme: Programme, key: str, lesson: Lesson | None) -> dict[str, Any]:
    """What brings back the state before a save: the lesson's own words, else where everything stood."""
    if lesson is None or key.startswith("split"):
        return {"arrange": arrange.arrangement_of(programme)}
    texts = [o.text for o in queries.outcomes_of(lesson)]
    return {"lesson": lesson.pk, "title": lesson.title, "periods": lesson.periods, "kind": lesson.kind,
            "week_hint": lesson.week_hint, "part": lesson.part_id, "outcomes": texts}  # fmt: skip


Deed = Callable[[Actor, Programme, str], "str"]


def _shift(by: Actor, programme: Programme, target: str, *, down: bool) -> str:
    lesson, topic = _rows(programme, target)
    row = lesson or topic
    if row is None or row.archived_at is not None:
        raise Http404
    outline.shift(by=by, row=row, down=down)
    return ""


def _drop(by: Actor, programme: Programme, target: str) -> str:
    lesson, topic = _rows(programme, target)
    if lesson is not None:
        outline.drop_lesson(by=by, lesson=lesson)
    elif topic is not None:
        outline.drop_topic(by=by, topic=topic)
    return _("Đã cất “%(name)s”.") % {"name": lesson or topic}


def _restore(by: Actor, programme: Programme, target: str) -> str:
    lesson, topic = _rows(programme, target)
    if lesson is not None:
        outline.restore_lesson(by=by, lesson=lesson)
        if lesson.topic.archived_at is not None:
            outline.restore_topic(by=by, topic=lesson.topic)
    elif topic is not None:
        outline.restore_topic(by=by, topic=topic)
    return _("Đã lấy lại “%(name)s”.") % {"name": lesson or topic}


def _merge(by: Actor, programme: Programme, target: str) -> str:
    _lesson, topic = _rows(programme, target)
    if topic is None:
        raise Http404
    above = arrange.merge_topic(by=by, topic=topic)
    return _("Đã gộp vào “%(name)s”.") % {"name": above.title}


def _place(by: Actor, programme: Programme, target: str) -> str:
    """lesson-12/before-15, or lesson-12/in-3 for the end of a topic."""
    found = re.fullmatch(r"lesson-(\d{1,9})/(before|in)-(\d{1,9})", target)
    if found is None:
        raise Http404
    lesson = access.lesson_in(programme, int(found[1]))
    before = access.lesson_in(programme, int(found[3])) if found[2] == "before" else None
    topic = before.topic if before else access.topic_in(programme, int(found[3]))
    arrange.place(by=by, lesson=lesson, topic=topic, before=before)
    return ""


def _state(by: Actor, programme: Programme, target: str) -> str:
    state = ProgrammeState.IN_USE if target == "use" else ProgrammeState.DRAFT
    outline.set_state(by=by, programme=programme, state=state)
    return _("Chương trình đang dùng.") if target == "use" else _("Chương trình trở lại đang soạn.")


def _example(by: Actor, programme: Programme, target: str) -> str:
    done = examples.load_example(by=by, programme=programme)
    return _("Đã lấy %(n)d bài mẫu. Xin sửa theo kế hoạch của tổ.") % {"n": done.new}


DEEDS: dict[str, Deed] = {
    "up": lambda by, p, t: _shift(by, p, t, down=False), "down": lambda by, p, t: _shift(by, p, t, down=True),
    "drop": _drop, "restore": _restore, "merge": _merge, "place": _place, "state": _state, "example": _example,
}  # fmt: skip


def act(request: Request, programme: Programme) -> Opened | HttpResponse:
    """One deed of the page: `do` is "save", or a deed with what it is about ("down lesson-12")."""
    name, _space, target = request.POST.get("do", "").partition(" ")
    if name == "save":
        return save(request, programme)
    if name not in DEEDS:
        raise Http404
    before = {"arrange": arrange.arrangement_of(programme)}
    try:
        said = DEEDS[name](request.actor, programme, target)
    except ValidationError as error:
        return Opened(refusal=error.messages[0], status=422)
    offers = name in {"drop", "merge", "place", "example"}
    return _done(request, programme, said or (_("Đã chuyển chỗ.") if offers else ""), before if offers else None)


def _done(request: Request, programme: Programme, said: str, before: dict[str, Any] | None) -> HttpResponse:
    token = signing.dumps({"programme": programme.pk, **before}, salt=_SALT, compress=True) if before else ""
    tags = "undo:" + url("programme_undo", programme.pk, token) if token and len(token) < _LONGEST_UNDO else ""
    if said:
        messages.success(request, said, extra_tags=tags)
    return HttpResponseRedirect(url("programme", programme.pk))


def offer_undo(programme: Programme, before: arrange.Arrangement) -> str:
    """The tag of a message that offers to put everything back where it stood; "" when there is too much of it."""
    token = signing.dumps({"programme": programme.pk, "arrange": before}, salt=_SALT, compress=True)
    return "undo:" + url("programme_undo", programme.pk, token) if len(token) < _LONGEST_UNDO else ""


def undo(by: Actor, programme: Programme, token: str) -> None:
    """Put back what a token of this programme holds. Raises Http404 for any other."""
    try:
        kept = signing.loads(token, salt=_SALT, max_age=3600)
    except signing.BadSignature:
        raise Http404 from None
    if kept["programme"] != programme.pk:
        raise Http404
    if "arrange" in kept:
        arrange.arrange(by=by, programme=programme, wanted=kept["arrange"])
        return
    lesson = access.lesson_in(programme, kept["lesson"])
    part = programme.subject.parts.filter(pk=kept["part"]).first()
    values = {k: kept[k] for k in ("title", "periods", "kind", "week_hint", "outcomes")}
    outline.change_lesson(by=by, lesson=lesson, part=part, **values)
