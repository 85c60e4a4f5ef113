"""Text typed in fonts of before Unicode: TCVN3 (.VnTime), VNI-Windows, and UTF-8 that was read as Windows-1252."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable

from truongso.lib.sheets.syllables import balance, has_letters_of_ours

_TCVN3_FROM = "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§"
_TCVN3_TO = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ"
TCVN3 = dict(zip(_TCVN3_FROM, _TCVN3_TO, strict=True))

# VNI writes the plain letter and then one sign; ơ ư ỉ ĩ ị ỵ đ are single signs.
_VNI_SIGNS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}


def _vni_table() -> dict[str, str]:
    table: dict[str, str] = {}
    for letter in "aeouy":
        for sign, marks in _VNI_SIGNS.items():
            made = unicodedata.normalize("NFC", letter + marks)
            if len(made) == 1:
                table[letter + sign] = made
    for base, whole in (("ô", "ơ"), ("ö", "ư")):
        for sign in "ùøûõï":
            table[base + sign] = unicodedata.normalize("NFC", whole + _VNI_SIGNS[sign])
    table |= _VNI_ALONE
    both = {}
    for old, new in table.items():
        both[old] = new
        both[old.upper()] = new.upper()
        both[old[0].upper() + old[1:]] = new.upper()
        if len(old) == 2:
            both[old[0] + old[1].upper()] = new
    return both


VNI = _vni_table()
_VNI_FIND = re.compile("|".join(re.escape(k) for k in sorted(VNI, key=len, reverse=True)))
_TCVN3_TRANS = str.maketrans(TCVN3)


def from_tcvn3(text: str) -> str:
    """TCVN3 has no capitals with tones: the font .VnTimeH draws small letters as capitals, so all-capital text is raised."""
    made = text.translate(_TCVN3_TRANS)
    plain = [c for c in made if c.isascii() and c.isalpha()]
    if len(plain) > 1 and all(c.isupper() for c in plain):
        return made.upper()
    return re.sub(r"(?<![^\W\d_])([^\W\d_])(?=[^\W\d_]*)", lambda m: _raised(m, made), made)


def _raised(match: re.Match[str], text: str) -> str:
    """A name's word that begins with a toned letter among capitalised words ("Nguyễn Văn ánh") begins with a capital."""
    letter = match[1]
    before = text[: match.start()].split()
    if letter.isascii() or not before or not before[-1][:1].isupper():
        return letter
    words = [w for w in text.split() if w[:1].isascii() and w[:1].isalpha()]
    return letter.upper() if words and all(w[0].isupper() for w in words) else letter


def from_vni(text: str) -> str:
    return _VNI_FIND.sub(lambda m: VNI[m[0]], text)


def from_mojibake(text: str) -> str:
    """ "Nguyá»…n": UTF-8 bytes that a program has read as Windows-1252. Unchanged when it is none."""
    raw = bytearray()
    for char in text:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return text
            raw.append(ord(char))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


READINGS: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni, "utf8": from_mojibake}


def _suspect(text: str) -> bool:
    return not text.isascii() and not has_letters_of_ours(text) and max(text) <= "\u2122"


def guess(texts: Iterable[str]) -> str | None:
    """The old writing that a column is in, by its suspicious cells together; None when Unicode explains them as well."""
    cells = [unicodedata.normalize("NFC", t) for t in texts]
    suspects = [t for t in cells if _suspect(t)]
    if not suspects or len(suspects) * 4 < sum(1 for t in cells if has_letters_of_ours(t)):
        return None
    sums: Counter[str] = Counter()
    for text in suspects:
        sums[""] += balance(text)
        for name, read in READINGS.items():
            made = read(text)
            sums[name] += balance(made) if made != text else balance(text)
    best = max(READINGS, key=lambda name: sums[name])
    return best if sums[best] > sums[""] and sums[best] > 0 else None


def convert(text: str, writing: str) -> str:
    """One cell of a column in `writing`; a cell that is plain Unicode among them stays."""
    return READINGS[writing](text) if _suspect(unicodedata.normalize("NFC", text)) else text


def better(text: str) -> tuple[str, str] | None:
    """(writing, text) for one cell that makes no sense as it is and full sense in an old writing; else None."""
    if not _suspect(unicodedata.normalize("NFC", text)) or balance(text) > 0:
        return None
    best = max(READINGS, key=lambda name: balance(READINGS[name](text)))
    made = READINGS[best](text)
    words = [w for w in re.findall(r"[^\W\d_]+", made) if not w.isascii()]
    return (best, made) if words and balance(made) == len(words) else None
