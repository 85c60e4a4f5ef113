"""What only very few may read: made up as the rest, so that its doors can be tried."""

from __future__ import annotations

from truongso.demo import cast
from truongso.demo.drafts import Plan
from truongso.lib.dice import Dice
from truongso.people.roles import Role

_KINDS: tuple[tuple[str, str, int], ...] = (
    ("health", "Hen phế quản, mang theo thuốc xịt; không chạy bền khi trời lạnh.", 3),
    ("health", "Dị ứng tôm cua.", 3),
    ("health", "Cận thị nặng, ngồi bàn đầu.", 4),
    ("disability", "Khuyết tật nghe nhẹ, đeo máy trợ thính; học hoà nhập.", 1),
    ("disability", "Khuyết tật vận động; học hoà nhập theo kế hoạch giáo dục cá nhân.", 1),
    ("poverty", "Hộ nghèo", 6),
    ("poverty", "Hộ cận nghèo", 8),
    ("ethnicity", "Mường", 3),
    ("ethnicity", "Tày", 2),
)
CUSTODY = (
    "Theo quyết định của toà án, em ở với mẹ. Chỉ mẹ được đón em và nhận giấy tờ; bố gặp em vào Chủ nhật."
    " Mọi thay đổi về việc đón em, xin gọi cho mẹ trước."
)


def keep_apart(plan: Plan) -> None:
    dice = Dice("guarded")
    pupils = [h.who for h in plan.holds if h.role is Role.PUPIL and h.until is None and h.who.name not in cast.NAMES]
    left = dice.shuffled(pupils)
    for kind, text, count in _KINDS:
        for _ in range(max(1, count * len(plan.classes) // 16)):
            left.pop().sensitive[kind] = text
    apart = next(s.child for s in plan.standings if s.relation == "bố" and s.first_contact is False and not s.informed)
    plan.custody.append((apart, CUSTODY))
