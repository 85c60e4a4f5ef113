"""Asking whether an address outside still answers, without ever asking anything inside the school's own network.

The name is resolved once, refused unless every address is of the public internet, and the connection goes to the very
address that was looked at (a name that answers differently a moment later gains nothing). Redirects go the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

from truongso.timetable.models import Health

TIMEOUT = 8
HOPS = 4
READ = 64 * 1024
OEMBED = "https://www.youtube.com/oembed"
_AGENT = "TruongSo/1 (school; link check)"
_GONE, _PRIVATE, _NO_HEAD = {404, 410}, {401, 403}, {400, 403, 404, 405, 501}
_SERVER_ERROR = 500

_NAT64, _GLOBAL = ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("2000::/3")
_WRITTEN = "/?%:@!$&'()*+,;=~[]"  # stays as it is in a request's line; the rest (Vietnamese words) is sent encoded

Allow = Callable[[str], bool]


class Refused(Exception):
    """The address leads where the server must not ask."""


@dataclass(frozen=True, slots=True)
class Seen:
    """`answered`: a server of the internet spoke to us. `wrong` empty: nothing wrong was seen."""

    answered: bool
    wrong: str = ""
    title: str = ""


def public(ip: str) -> bool:
    """Of the internet: not loopback, LAN, link-local, multicast, nor such an address inside an IPv6 one."""
    found = ipaddress.ip_address(ip)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return public(str(inner))
        if found not in _GLOBAL:
            return False
    return found.is_global and not found.is_multicast


def look(url: str, *, allow: Allow = public, oembed: str = OEMBED) -> Seen:
    """What an address answers now. Never raises for what the other side does."""
    youtube = urlsplit(url).hostname == "www.youtube.com" and "watch?v=" in url
    try:
        if youtube:
            return _video(f"{oembed}?{urlencode({'format': 'json', 'url': url})}", allow)
        status, _body = fetch("HEAD", url, allow)
        if status in _NO_HEAD:
            status, _body = fetch("GET", url, allow)
    except Refused:
        return Seen(answered=False)
    except (OSError, http.client.HTTPException, ValueError):
        return Seen(answered=False, wrong=Health.SILENT)
    return Seen(answered=True, wrong=_wrong(status))


def _wrong(status: int) -> str:
    if status in _GONE:
        return Health.GONE
    return Health.ERROR if status >= _SERVER_ERROR else ""  # 401, 403: it wants a sign-in, which pupils may have


def _video(asked: str, allow: Allow) -> Seen:
    """YouTube tells by its oEmbed address whether a video is there; its page says 200 for a removed one too."""
    status, body = fetch("GET", asked, allow)
    if status == http.client.UNAUTHORIZED:  # there, but not to be shown inside other pages; we open it on its own
        return Seen(answered=True)
    if status in _GONE | {400}:
        return Seen(answered=True, wrong=Health.GONE)
    if status in _PRIVATE:
        return Seen(answered=True, wrong=Health.PRIVATE)
    try:
        title = str(json.loads(body).get("title", ""))
    except (ValueError, AttributeError):
        title = ""
    return Seen(answered=True, wrong=_wrong(status), title=title)


def fetch(method: str, url: str, allow: Allow) -> tuple[int, bytes]:
    """Status and the beginning of the body, redirects followed. Raises Refused, OSError, HTTPException."""
    for _hop in range(HOPS + 1):
        status, body, target = _once(method, url, allow)
        if target is None:
            return status, body
        url = urljoin(url, target)
    raise http.client.HTTPException("too many redirects")


def _once(method: str, url: str, allow: Allow) -> tuple[int, bytes, str | None]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    made = _Pinned(parts.hostname, port, _resolve(parts.hostname, port, allow), tls=parts.scheme == "https")
    try:
        asked = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        made.request(method, quote(asked, safe=_WRITTEN), headers={"User-Agent": _AGENT, "Accept": "*/*"})
        answer = made.getresponse()
        target = answer.headers.get("Location") if 300 <= answer.status < 400 else None
        body = b"" if method == "HEAD" else answer.read(READ)
        return answer.status, body, target and target.encode("latin-1").decode("utf-8", "replace")
    finally:
        made.close()


def _resolve(host: str, port: int, allow: Allow) -> str:
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(allow(ip.split("%")[0]) for ip in found):
        raise Refused(host)
    return found[0]


class _Pinned(http.client.HTTPConnection):
    """To one address that was looked at, under the name that it is asked by; proxies of the environment are not used."""

    def __init__(self, host: str, port: int, ip: str, *, tls: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._ip, self._tls = ip, tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self._ip, self.port), TIMEOUT)
        if self._tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
