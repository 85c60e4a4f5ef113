"""Recognising what somebody pasted: which tool, its clean address, what to propose; or what is wrong with it, in a
sentence. Pure: nothing is asked of any server."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from truongso.timetable.models.link import LinkKind

LONGEST = 500
_TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|zarsrc|igshid|mibextid|si|feature|pp|app|_gl|ref|ref_src|authuser)$")
_SECRET = re.compile(r"^(pwd|password|passwd|passcode|pass|matkhau)$", re.I)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+", re.I)
_BARE = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?$", re.I)
_NO_HOST = re.compile(r"[\\%\s]")
_VIDEO_ID = re.compile(r"^[\w-]{11}$")


class NotALink(Exception):
    """The sentence for the field."""

    def __init__(self, why: Promise | str) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Recognised:
    kind: LinkKind
    url: str
    title: Promise | str = ""
    start: int | None = None  # second of a video
    end: int | None = None
    warning: Promise | str = ""


def recognise(text: str, *, own_host: str = "") -> Recognised:
    """What a pasted address, or an invitation with one in it, is. Raises NotALink."""
    url = _find(text)
    parts = _split(url)
    host = (parts.hostname or "").lower().rstrip(".").removeprefix("www.")
    if own_host and parts.netloc.lower() == own_host.lower():
        raise NotALink(_("Đây là đường dẫn của chính Trường Số. Xin dán đường dẫn của phòng họp hay bài xem."))
    _of_the_world(host)
    made = next((read(parts) for name, read in _READERS if _is(host, name)), None) or _other(parts, host)
    if urlsplit(made.url).scheme != "https":
        raise NotALink(_("Đường dẫn này không được bảo vệ. Xin tìm đường dẫn bắt đầu bằng https://"))
    if len(made.url) > LONGEST:
        raise NotALink(_("Đường dẫn này quá dài. Xin dùng nút Chia sẻ của trang ấy để lấy đường dẫn ngắn."))
    return _warned(made, parts, text)


def _find(text: str) -> str:
    clean = text.strip()
    if found := _ADDRESS.search(clean):
        return found[0].rstrip(".,;)]}")
    if _BARE.match(clean):
        return "https://" + clean
    if re.match(r"^[a-z][a-z0-9+.-]*:", clean, re.I):
        raise NotALink(_("Chỉ dùng được đường dẫn của trang web, bắt đầu bằng https://"))
    raise NotALink(_("Chưa thấy đường dẫn nào. Xin chép cả dòng bắt đầu bằng https://"))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        raise NotALink(_("Đường dẫn này viết chưa đúng. Xin chép lại cả dòng.")) from None
    if _NO_HOST.search(parts.netloc):  # browsers read "a.com\\.zoom.us" as a.com
        raise NotALink(_("Đường dẫn này viết chưa đúng. Xin chép lại cả dòng."))
    if "@" in parts.netloc:
        raise NotALink(_("Đường dẫn này có kèm tên và mật khẩu. Xin bỏ phần trước dấu @."))
    return parts


def _of_the_world(host: str) -> None:
    """Not only of somebody's own network: pupils at home could not open it, and the server must not ask it."""
    try:
        inside = not ipaddress.ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        inside = "." not in host or last.isdigit() or last in {"local", "lan", "internal", "localhost", "home", "test"}
    if inside:
        raise NotALink(_("Đường dẫn này chỉ mở được trong mạng riêng. Các em ở nhà không vào được."))


def _is(host: str, name: str) -> bool:
    return host == name or host.endswith("." + name)


def _query(parts: SplitResult) -> dict[str, str]:
    return dict(parse_qsl(parts.query, keep_blank_values=False))


def _clean(parts: SplitResult, keep: Callable[[str], bool]) -> str:
    """https, without what only follows people about, without what the page itself does not need."""
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if keep(k)]
    return urlunsplit(("https", parts.netloc.lower(), parts.path, urlencode(query, safe=":/"), ""))


def _zoom(parts: SplitResult) -> Recognised:
    if re.search(r"/s/\d", parts.path) or "zak" in _query(parts):
        raise NotALink(_("Đây là đường dẫn dành cho người chủ trì Zoom. Xin chép đường dẫn mời (có chữ /j/)."))
    number = re.search(r"/(?:j|w|wc|wc/join)/(\d{9,12})(?:/join)?/?$", parts.path)
    if number:
        parts = parts._replace(path=("/w/" if "/w/" in parts.path else "/j/") + number[1])
    elif not re.match(r"^/my/[\w.-]+$", parts.path):
        raise NotALink(_("Đường dẫn Zoom này thiếu số phòng. Xin chép đường dẫn mời, dạng zoom.us/j/ và dãy số."))
    return Recognised(LinkKind.ZOOM, _clean(parts, {"pwd", "tk"}.__contains__), "Zoom")


def _meet(parts: SplitResult) -> Recognised:
    if not re.match(r"^/([a-z]{3}-[a-z]{4}-[a-z]{3}|lookup/[\w-]+)/?$", parts.path):
        raise NotALink(_("Đường dẫn Google Meet này thiếu mã phòng, dạng meet.google.com/abc-defg-hij."))
    return Recognised(LinkKind.MEET, _clean(parts, lambda _name: False), "Google Meet")


def _teams(parts: SplitResult) -> Recognised:
    if not re.match(r"^(/_#)?/(l/(meetup-join|team|channel|meeting)/|meet/)", parts.path, re.I):
        raise NotALink(
            _("Đường dẫn này mở trang chủ Teams, chưa vào lớp nào. Xin chép đường dẫn của cuộc họp hoặc nhóm.")
        )
    return Recognised(LinkKind.TEAMS, _clean(parts, lambda name: not _TRACKING.match(name)), "Microsoft Teams")


def _zalo(parts: SplitResult) -> Recognised:
    if (parts.hostname or "").startswith("chat.") or parts.path.strip("/") == "":
        raise NotALink(_("Đây là trang Zalo riêng của thầy cô. Xin chép đường dẫn mời của nhóm hoặc cuộc gọi."))
    title = _("Nhóm Zalo của lớp") if parts.path.startswith("/g/") else "Zalo"
    return Recognised(LinkKind.ZALO, _clean(parts, lambda name: not _TRACKING.match(name)), title)


def _youtube(parts: SplitResult) -> Recognised:
    query, steps = _query(parts), [step for step in parts.path.split("/") if step]
    if "search_query" in query or steps[:1] == ["results"]:
        raise NotALink(_("Đây là trang tìm kiếm của YouTube. Xin mở một video rồi chép đường dẫn của video ấy."))
    if (parts.hostname or "").startswith("studio."):
        raise NotALink(_("Đây là trang quản lí video của riêng thầy cô. Xin chép đường dẫn ở nút Chia sẻ của video."))
    if steps[:1] == ["playlist"] and query.get("list"):
        return Recognised(LinkKind.VIDEO, _clean(parts, "list".__eq__), _("Danh sách video"))
    short = (parts.hostname or "").endswith("youtu.be")
    found = steps[0] if short and steps else query.get("v", "")
    if len(steps) > 1 and steps[0] in {"shorts", "live", "embed", "v"}:
        found = steps[1]
    if not _VIDEO_ID.match(found):
        raise NotALink(_("Đường dẫn này chưa phải của một video. Xin mở video rồi chép đường dẫn ở nút Chia sẻ."))
    start, end = (_offset(query.get(name, "")) for name in ("t", "end"))
    start = start or _offset(query.get("start", ""))
    return Recognised(LinkKind.VIDEO, f"https://www.youtube.com/watch?v={found}", _("Video bài giảng"), start, end)


def _vimeo(parts: SplitResult) -> Recognised:
    return Recognised(LinkKind.VIDEO, _clean(parts, lambda n: not _TRACKING.match(n)), _("Video bài giảng"))


def _other(parts: SplitResult, host: str) -> Recognised:
    kept = parts._replace(netloc=parts.netloc.lower())
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    url = urlunsplit((*kept[:3], urlencode(query, safe=":/") if query else "", parts.fragment))
    kind = LinkKind.VIDEO if re.search(r"\.(mp4|webm|m4v)$", parts.path, re.I) else LinkKind.OTHER
    return Recognised(kind, url, host)


_READERS: tuple[tuple[str, Callable[[SplitResult], Recognised]], ...] = (
    ("zoom.us", _zoom), ("zoom.com", _zoom), ("meet.google.com", _meet), ("teams.microsoft.com", _teams),
    ("teams.live.com", _teams), ("zalo.me", _zalo), ("zalo.vn", _zalo), ("youtube.com", _youtube),
    ("youtu.be", _youtube), ("youtube-nocookie.com", _youtube), ("vimeo.com", _vimeo),
)  # fmt: skip


def _warned(made: Recognised, parts: SplitResult, text: str) -> Recognised:
    if any(_SECRET.match(name) for name in _query(parts)):
        return replace(made, warning=_(
            "Đường dẫn gốc có kèm mật khẩu phòng. Xin gửi cho lớp đường dẫn của trường, đừng gửi đường dẫn gốc."
        ))  # fmt: skip
    if re.search(r"(mật khẩu|passcode|password)\s*[::]?\s*\S+", text, re.I):
        return replace(made, warning=_("Mật khẩu phòng trong lời mời chưa được lưu. Xin ghi vào ô Lời dặn."))
    return made


def _offset(text: str) -> int | None:
    """A moment as YouTube writes it in an address: 90, 90s, 1m30s, 1h2m3s."""
    found = re.fullmatch(r"(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?", text.strip())
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def read_moment(text: str) -> int:
    """The second of a video as people write it: "3:20", "1:02:03", "200", "3 phút 20". Raises ValueError."""
    clean = re.sub(r"\s*(giờ|phút|g|h|p|m|')\s*", ":", text.strip().lower()).rstrip(": ")
    clean = re.sub(r"\s*(giây|s|\")$", "", clean)
    only_minutes = bool(re.fullmatch(r"\d+\s*(phút|p|m|')", text.strip().lower()))
    found = re.fullmatch(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})", clean + (":0" if only_minutes else ""))
    if not found:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if (found[2] and seconds > 59) or (found[1] and minutes > 59):
        raise ValueError(text)
    return hours * 3600 + minutes * 60 + seconds


def show_moment(second: int) -> str:
    """3:20, or 1:02:03 in a long video."""
    minutes, seconds = divmod(second, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def spoken(start: int | None, end: int | None) -> str:
    """Xem từ 3:20 đến 7:05."""
    shown = {"start": show_moment(start or 0), "end": show_moment(end or 0)}
    if start and end:
        return gettext("Xem từ %(start)s đến %(end)s") % shown
    if start:
        return gettext("Xem từ %(start)s") % shown
    return gettext("Xem đến %(end)s") % shown if end else ""


def opened(url: str, start: int | None) -> str:
    """The address with which a video begins at its second, where the site knows how."""
    if start and urlsplit(url).hostname == "www.youtube.com" and "watch?v=" in url:
        return f"{url}&t={start}s"
    return url
