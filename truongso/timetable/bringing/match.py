"""What a lesson of the file means in this school. Never a guess: what may be several is wrong until somebody chooses."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _

from truongso.intake.text import folded
from truongso.school.models import SubjectPart
from truongso.school.rules.subjects import key as subject_key
from truongso.timetable.bringing.lesson import Choice, Lesson
from truongso.timetable.bringing.said import Said
from truongso.timetable.bringing.school import Klass, School, Taught

SKIP = "skip"
HIGHEST = 7
# Fixed periods of the activities are called so on the entry; the subject as a whole is what the programme counts.
LABELS = {"Sinh hoạt dưới cờ": "Chào cờ", "Sinh hoạt lớp": "Sinh hoạt lớp"}
Answers = Mapping[str, str]


def match(said: Said, school: School, answers: Answers) -> Lesson | None:
    """None: people said that such cells are no lessons."""
    lesson = Lesson(said, shift=said.shift)
    klass = _klass(lesson, school, answers)
    if lesson.left_out or not _subject(lesson, school, answers):
        return None
    if klass:
        lesson.unit, lesson.class_name = klass.id, klass.name
        lesson.shift = said.shift or klass.shift
    _when(lesson)
    if said.problem == "two":
        lesson.problems[:] = []
        lesson.choice = None
        lesson.wrong("subject", _("Ô này ghi hai tiết. Xin chỉ giữ một tiết, hoặc sửa thành hai ô."))
    elif klass and lesson.subject is not None:
        _teacher(lesson, klass, school, answers)
    _room(lesson, school)
    return lesson


def _klass(lesson: Lesson, school: School, answers: Answers) -> Klass | None:
    """The class, or None when it is wrong or to be left out."""
    text = lesson.said.klass
    if not text:
        lesson.wrong("class", _("Không rõ ô này là của lớp nào."))
        return None
    found = school.klass(text)
    if found is not None:
        return found
    key = f"c|{folded(text)}"
    if answers.get(key) == SKIP:
        lesson.left_out = True
        return None
    chosen = school.by_id().get(int(answers[key])) if answers.get(key, "").isdigit() else None
    if chosen is not None:
        return chosen
    names = [k.name for k in school.classes.values()]
    near = ", ".join(get_close_matches(text.upper(), names, n=3, cutoff=0.5))
    why = _("Trường chưa có lớp %(name)s năm học %(year)s.") % {"name": text, "year": school.year.name}
    options = tuple((str(k.id), k.name) for k in sorted(school.classes.values(), key=lambda k: (k.grade or 0, k.name)))
    choice = Choice(
        key, _("Lớp “%(name)s” trong tệp là lớp nào?") % {"name": text}, (*options, (SKIP, _("Bỏ qua lớp này")))
    )
    lesson.wrong("class", f"{why} {_('Có lẽ là: %(names)s.') % {'names': near}}" if near else why, choice)
    return None


def _subject(lesson: Lesson, school: School, answers: Answers) -> bool:
    """False when such cells are to be left out."""
    text = lesson.said.subject
    if not text:
        return _taught_by(lesson, school)
    found = school.subject(text)
    if found is not None:
        lesson.subject, lesson.subject_name = found.subject.pk, found.subject.short_name or found.subject.name
        _name_part(lesson, found.part)
        return True
    key = f"s|{subject_key(text)}"
    said = answers.get(key, "")
    if said == SKIP:
        return False
    pk, _slash, part = said.partition("/")
    known = {s.pk: s for s in school.subjects.values()}
    if pk.isdigit() and int(pk) in known:
        subject = known[int(pk)]
        lesson.subject, lesson.subject_name = subject.pk, subject.short_name or subject.name
        strand = school.parts.get(int(part)) if part.isdigit() else None
        _name_part(lesson, strand if strand and strand.subject_id == subject.pk else None)
        return True
    names = {n: n for s in known.values() for n in (s.name, s.short_name)}
    near = ", ".join(get_close_matches(text, list(names), n=3, cutoff=0.5))
    why = _("Trường chưa có môn “%(name)s”.") % {"name": text}
    options = [(str(s.pk), s.name) for s in known.values()]
    options += [
        (f"{p.subject_id}/{p.pk}", f"{known[p.subject_id].short_name}: {p.name}") for p in school.parts.values()
    ]
    choice = Choice(
        key,
        _("“%(name)s” trong tệp là môn nào?") % {"name": text},
        (*options, (SKIP, _("Không phải tiết học, bỏ qua"))),
    )
    lesson.wrong("subject", f"{why} {_('Có lẽ là: %(names)s.') % {'names': near}}" if near else why, choice)
    return True


def _name_part(lesson: Lesson, part: SubjectPart | None) -> None:
    lesson.label = LABELS.get(part.name, "") if part else ""
    lesson.part, lesson.part_name = (part.pk, part.name) if part and not lesson.label else (None, "")


def _taught_by(lesson: Lesson, school: School) -> bool:
    """A teacher's own timetable that says only the class: the subject is what the teacher is assigned to there."""
    klass, who = school.klass(lesson.said.klass), set(school.teachers.find(lesson.said.teacher))
    found = {
        (subject, t.part) for (unit, subject), taught in school.teaching.items() for t in taught
        if klass and unit == klass.id and t.person in who
    }  # fmt: skip
    if len({subject for subject, _part in found}) == 1:
        subject, part = found.pop() if len(found) == 1 else (next(iter(found))[0], None)
        known = school.subjects.get(subject)
        lesson.subject, lesson.subject_name = subject, known.short_name if known else ""
        _name_part(lesson, school.parts.get(part) if part else None)
    elif not klass:
        lesson.wrong("subject", _("Ô này không ghi môn."))
    else:
        lesson.wrong(
            "subject",
            _("Ô này không ghi môn, mà phân công giảng dạy không cho biết %(teacher)s dạy môn nào ở lớp %(name)s.")
            % {"teacher": lesson.said.teacher, "name": lesson.said.klass},
        )
    return True


def _when(lesson: Lesson) -> None:
    if lesson.said.problem == "unplaced":
        lesson.wrong("time", _("Hoạt động này chưa được xếp ngày giờ trong FET."))
    elif lesson.said.weekday is None or lesson.said.number is None:
        lesson.wrong("time", _("Không rõ ô này là thứ mấy, tiết mấy."))
    elif lesson.said.number > HIGHEST:
        lesson.wrong("time", _("Mỗi buổi nhiều nhất %(most)s tiết, ở đây là tiết %(number)s.") % {"most": HIGHEST, "number": lesson.said.number})  # fmt: skip


def _teacher(lesson: Lesson, klass: Klass, school: School, answers: Answers) -> None:
    taught = school.teaching.get((klass.id, lesson.subject or 0), [])
    fitting = [t for t in taught if lesson.part is None or t.part in {None, lesson.part}]
    text = lesson.said.teacher
    if not text:
        _without(lesson, klass, fitting, school)
        return
    found = set(school.teachers.find(text))
    assigned = found & {t.person for t in fitting} or found & {t.person for t in taught}
    if lesson.label and not assigned:
        assigned = found & {school.homeroom.get(klass.id, 0)}
    sure = assigned if len(assigned) == 1 else found
    key = f"t|{folded(text)}|{lesson.subject}"
    said = answers.get(key, "")
    if said.isdigit() and int(said) in school.teachers.names:
        sure = {int(said)}
    elif said == "none":
        return
    if len(sure) != 1:
        _ask(lesson, text, sure, key, school)
        return
    lesson.person = sure.pop()
    _strand(lesson, taught, school)
    others = {t.person for t in fitting}
    if others and lesson.person not in others:
        lesson.warnings.append(
            _("Tệp ghi %(teacher)s, phân công giảng dạy ghi %(names)s.")
            % {
                "teacher": school.teachers.names[lesson.person],
                "names": school.teachers.say(others & school.teachers.names.keys()),
            }
        )
    if lesson.said.others:
        lesson.warnings.append(
            _("Tiết có nhiều giáo viên: lấy %(name)s, chưa ghi %(names)s.")
            % {"name": school.teachers.names[lesson.person], "names": ", ".join(lesson.said.others)}
        )


def _strand(lesson: Lesson, taught: list[Taught], school: School) -> None:
    """ "KHTN - Tuấn": of the strands the one that Tuấn teaches there."""
    mine = {t.part for t in taught if t.person == lesson.person}
    if lesson.part is None and len(mine) == 1 and (part := mine.pop()) is not None:
        _name_part(lesson, school.parts.get(part))


def _without(lesson: Lesson, klass: Klass, fitting: list[Taught], school: School) -> None:
    """No teacher in the cell: the one who is assigned; the homeroom teacher for chào cờ and sinh hoạt lớp."""
    who = {t.person for t in fitting if lesson.part is not None and t.part == lesson.part} or {
        t.person for t in fitting
    }
    code = school.subjects[lesson.subject].code if lesson.subject in school.subjects else ""
    home = school.homeroom.get(klass.id) if code == "hdtn" else None
    if home is not None and (not who or (lesson.label and home in who)):
        lesson.person = home
    elif len(who) == 1:
        lesson.person = who.pop()
        _strand(lesson, fitting, school)
    elif len(who) > 1:
        lesson.warnings.append(
            _("Ô không ghi giáo viên, môn này ở lớp %(name)s có nhiều người dạy (%(names)s): để trống giáo viên.")
            % {"name": klass.name, "names": school.teachers.say(who)}
        )
    else:
        lesson.warnings.append(_("Ô không ghi giáo viên, lớp %(name)s chưa có phân công môn này: để trống giáo viên.") % {"name": klass.name})  # fmt: skip


def _ask(lesson: Lesson, text: str, found: set[int], key: str, school: School) -> None:
    names = school.teachers.names
    first = sorted(found, key=lambda pk: names[pk])
    rest = sorted(set(names) - found, key=lambda pk: (names[pk].split()[-1], names[pk]))
    options = tuple((str(pk), names[pk]) for pk in [*first, *rest])
    choice = Choice(
        key, _("“%(name)s” ở các ô %(subject)s là ai?") % {"name": text, "subject": lesson.subject_name},
        (*options, ("none", _("Để trống giáo viên"))),
    )  # fmt: skip
    if found:
        lesson.wrong("teacher", _("“%(name)s” có thể là %(names)s. Xin chọn một lần cho các ô %(subject)s.")
                     % {"name": text, "names": school.teachers.say(found), "subject": lesson.subject_name}, choice)  # fmt: skip
        return
    near = school.teachers.near(text)
    why = _("Trường chưa có giáo viên %(name)s.") % {"name": text}
    lesson.wrong("teacher", f"{why} {_('Có lẽ là: %(names)s.') % {'names': near}}" if near else why, choice)


def _room(lesson: Lesson, school: School) -> None:
    if lesson.said.room:
        lesson.room = school.room(lesson.said.room)
        if lesson.room is None:
            lesson.warnings.append(_("Trường chưa có phòng “%(name)s”: để trống phòng.") % {"name": lesson.said.room})
