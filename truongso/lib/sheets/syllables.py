"""Does a word look Vietnamese? The evidence for which of several readings of old text is the right one."""

from __future__ import annotations

import re
import unicodedata

_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()  # noqa: SIM905
_RHYMES = (  # noqa: SIM905
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep "
    "et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on "
    "ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi "
    "uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyt uyu uyn uai uan uang uanh uat uay uăn uăng uăc uac "
    "uach ue uen uet uit uinh ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt "
    "yêu ênh êng uao uau iê "
).split()
_SYLLABLE = re.compile(
    f"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(sorted(_RHYMES, key=len, reverse=True))})$"
)
_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9ĩũĨŨ]")


def is_syllable(word: str) -> bool:
    """One Vietnamese syllable in composed or decomposed Unicode, any case."""
    plain = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", plain.translate(_TONES))
    tones = sum(1 for c in plain if ord(c) in _TONES)
    return tones <= 1 and _SYLLABLE.match(toneless) is not None


def has_letters_of_ours(text: str) -> bool:
    """Letters that no other writing has (ă, ơ, ạ …): such text is Unicode already."""
    return _MARKED.search(unicodedata.normalize("NFC", text)) is not None


def balance(text: str) -> int:
    """Vietnamese syllables with a mark, less the words with a foreign letter that are none: the higher the better."""
    found = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        if not word.isascii():
            found += 1 if is_syllable(word) else -2
    strange = sum(1 for c in text if not c.isascii() and not c.isalpha() and not c.isspace() and c not in "–—“”‘’…°×")
    return found - 2 * strange
