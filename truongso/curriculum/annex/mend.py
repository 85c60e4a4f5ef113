"""What a person corrected in the preview, put into the draft: titles and periods, rows left out, wrong rows made right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from truongso.curriculum.annex.draft import LONGEST, Draft, DraftLesson, DraftTopic, Wrong, count_of, kind_of
from truongso.curriculum.compare import digest_of


@dataclass(slots=True)
class Mended:
    draft: Draft
    skip: set[int] = field(default_factory=set)  # keys of lessons not to be taken
    errors: dict[str, str] = field(default_factory=dict)  # field of the form → reason


def mend(draft: Draft, typed: Mapping[str, str], taken: set[str]) -> Mended:
    """`typed` holds t-<key> and p-<key> of lessons, t-w<i> and p-w<i> of wrong rows; `taken` the keys ticked ("3", "w0").

    A lesson without fields stays as it is. Wrong rows that are ticked must have become right: else they are in `errors`.
    """
    done = Mended(draft)
    left: set[int] = set()
    for key, lesson in enumerate(draft.lessons):
        if str(key) not in taken:
            left.add(id(lesson))
        else:
            _correct(done, lesson, str(key), typed)
    for index, wrong in reversed(list(enumerate(draft.wrong))):  # backwards: places further up stay right
        if f"w{index}" in taken and (made := _made(done, wrong, f"w{index}", typed)):
            _home(draft, wrong.topic).lessons.insert(wrong.after, made)
    done.skip = {key for key, lesson in enumerate(draft.lessons) if id(lesson) in left}
    return done


def _checked(done: Mended, key: str, title: str, periods: str) -> int | None:
    count = count_of(periods)
    if not title:
        done.errors[f"t-{key}"] = "no_title"
    if count is None:
        done.errors[f"p-{key}"] = "unclear_periods" if periods.strip() else "no_periods"
    elif not 1 <= count <= LONGEST:
        done.errors[f"p-{key}"] = "too_many_periods"
    return count if title and not done.errors.get(f"p-{key}") else None


def _correct(done: Mended, lesson: DraftLesson, key: str, typed: Mapping[str, str]) -> None:
    title = " ".join(typed.get(f"t-{key}", lesson.title).split())[:300]
    count = _checked(done, key, title, typed.get(f"p-{key}", str(lesson.periods)))
    if count is not None and (title, count) != (lesson.title, lesson.periods):
        lesson.origin = digest_of(lesson)
        lesson.title, lesson.periods, lesson.kind = title, count, kind_of(title)


def _made(done: Mended, wrong: Wrong, key: str, typed: Mapping[str, str]) -> DraftLesson | None:
    title = " ".join(typed.get(f"t-{key}", wrong.title).split())[:300]
    count = _checked(done, key, title, typed.get(f"p-{key}", wrong.value))
    if count is None:
        return None
    return DraftLesson(title, count, kind_of(title), list(wrong.outcomes), wrong.week, "", wrong.place, wrong.row)


def _home(draft: Draft, title: str) -> DraftTopic:
    for topic in draft.topics:
        if topic.title == title:
            return topic
    made = DraftTopic(title)
    draft.topics.append(made)
    return made
