"""Sums of money: the signs, codes and words of currencies.

>>> currency("pounds", "Syrian"), currency("dollars", None)
(('SYP', None), ('USD', "'dollars' are taken as US dollars"))
"""

from __future__ import annotations

import re

_CODES = (
    "USD EUR GBP CHF JPY CNY RUB UAH TRY ILS AED SAR QAR KWD IQD IRR SYP LBP EGP JOD YER OMR SDG SSP ETB KES SOS UGX "
    "NGN ZAR INR PKR AFN BDT LKR KRW TWD HKD SGD AUD CAD NZD BRL MXN COP ARS CLP PEN VES PLN CZK HUF RON SEK NOK DKK "
    "GEL AMD AZN KZT UZS BYN MDL RSD LYD DZD TND MAD XAF XOF CDF RWF THB VND MMK PHP IDR MYR"
).split()
_SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD",
    "S$": "SGD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₴": "UAH", "₪": "ILS",
    "₺": "TRY", "₹": "INR", "₩": "KRW", "₦": "NGN", "₫": "VND",
}  # fmt: skip
SIGNS = frozenset(sign[-1] for sign in _SIGNS)
"""The characters that signs of currencies end in."""
# Currency -> its plain meaning if it has one, and what the adjective of a country makes of it.
_WORDS: dict[str, tuple[str | None, dict[str, str]]] = {
    "dollar": ("USD", {"us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD",
                       "hong kong": "HKD", "singapore": "SGD", "new zealand": "NZD", "taiwan": "TWD", "liberian": "LRD"}),
    "pound": ("GBP", {"british": "GBP", "sterling": "GBP", "syrian": "SYP", "egyptian": "EGP", "lebanese": "LBP",
                      "south sudanese": "SSP", "sudanese": "SDG"}),
    "euro": ("EUR", {}),
    "ruble": ("RUB", {"russian": "RUB", "belarusian": "BYN"}),
    "yuan": ("CNY", {"chinese": "CNY"}),
    "renminbi": ("CNY", {}),
    "yen": ("JPY", {"japanese": "JPY"}),
    "won": ("KRW", {"south korean": "KRW", "korean": "KRW"}),
    "hryvnia": ("UAH", {"ukrainian": "UAH"}),
    "shekel": ("ILS", {"israeli": "ILS", "new": "ILS"}),
    "lira": ("TRY", {"turkish": "TRY", "syrian": "SYP", "lebanese": "LBP"}),
    "rupee": ("INR", {"indian": "INR", "pakistani": "PKR", "sri lankan": "LKR", "nepalese": "NPR"}),
    "naira": ("NGN", {"nigerian": "NGN"}),
    "rand": ("ZAR", {"south african": "ZAR"}),
    "zloty": ("PLN", {"polish": "PLN"}),
    "afghani": ("AFN", {}),
    "birr": ("ETB", {"ethiopian": "ETB"}),
    "dinar": (None, {"iraqi": "IQD", "kuwaiti": "KWD", "jordanian": "JOD", "serbian": "RSD", "libyan": "LYD",
                     "algerian": "DZD", "tunisian": "TND", "bahraini": "BHD"}),
    "rial": ("IRR", {"iranian": "IRR", "yemeni": "YER", "omani": "OMR"}),
    "riyal": ("SAR", {"saudi": "SAR", "qatari": "QAR", "yemeni": "YER"}),
    "dirham": ("AED", {"emirati": "AED", "uae": "AED", "moroccan": "MAD"}),
    "franc": (None, {"swiss": "CHF", "congolese": "CDF", "cfa": "XAF", "rwandan": "RWF"}),
    "peso": (None, {"mexican": "MXN", "philippine": "PHP", "colombian": "COP", "argentine": "ARS", "chilean": "CLP"}),
    "shilling": (None, {"kenyan": "KES", "somali": "SOS", "ugandan": "UGX", "tanzanian": "TZS"}),
    "krona": ("SEK", {"swedish": "SEK", "icelandic": "ISK"}),
    "krone": (None, {"norwegian": "NOK", "danish": "DKK"}),
}  # fmt: skip
_FORMS = {
    "dollars": "dollar", "pounds": "pound", "euros": "euro", "rubles": "ruble", "rouble": "ruble", "roubles": "ruble",
    "hryvnias": "hryvnia", "hryvnya": "hryvnia", "shekels": "shekel", "liras": "lira", "lire": "lira",
    "rupees": "rupee", "nairas": "naira", "zlotys": "zloty", "afghanis": "afghani", "dinars": "dinar", "rials": "rial",
    "riyals": "riyal", "dirhams": "dirham", "francs": "franc", "pesos": "peso", "shillings": "shilling",
    "kronor": "krona", "kroner": "krone", **{word: word for word in _WORDS},
}  # fmt: skip
_NATIONS = "|".join(
    re.escape(nation).replace(r"\ ", r"\s+")
    for nation in sorted({n for _, nations in _WORDS.values() for n in nations}, key=len, reverse=True)
)
_ANY_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_ANY_CODE, _ANY_WORD = "|".join(_CODES), "|".join(sorted(_FORMS, key=len, reverse=True))
#: What stands right before the number: "$", "US$", "EUR ".
SIGN_BEFORE = re.compile(rf"(?<![\w$€£])(?P<sign>(?:{_ANY_SIGN}|{_ANY_CODE})\s?)$")
#: A scale that only money is written with: the m of "€20m", the k of "$30k".
SCALE = re.compile(r"\s?(?P<scale>[mMbBkK])(?![\w²³])")
_MILLION = 1e6
_SCALES = {"m": 1e6, "b": 1e9, "k": 1e3}
#: What stands right behind the number: "euros", "Syrian pounds", "USD", "€".
BEHIND = re.compile(
    rf"(?:\s?(?P<scale>[mMbBkK]))?(?:\s?(?P<sign>[€£₽₴₪₺₹])|\s?(?P<code>{_ANY_CODE})(?!\w)"
    rf"|[\s-]{{1,3}}(?:(?P<nation>(?i:{_NATIONS}))[\s-]{{1,3}})?(?P<word>(?i:{_ANY_WORD}))"
    r"(?!\w)(?:\s+(?P<sterling>sterling)\b)?)"
)
# "500 pounds" is a weight or a sum: what stands near tells.
_PAID = re.compile(
    r"(?i)\b(?:paid|pay(?:s|ing|ment)?|cost\w*|price\w*|worth|fin(?:e|ed)|ransom|budget\w*|fund\w*|sold|buy\w*|bought|salar\w+|"
    r"wage\w*|bribe\w*|money|cash|bank|loan\w*|fee\w*|tax\w*|debt\w*|spen[dt]\w*|earn\w*|charg\w+|donat\w+|grants?|value)\b"
)
_WEIGHED = re.compile(
    r"(?i)\s*(?:of\s+(?!(?:aid|damage|debt|public|taxpayers?)\b)|(?:bomb|warhead|charge|payload|shell|munition|device|vehicle)s?\b|"
    r"in\s+weight)"
)


def currency(word: str, nation: str | None) -> tuple[str, str | None]:
    """Return the ISO 4217 code that a word for a currency means, else the word, and what is taken for granted.

    Parameters
    ----------
    word : str
        As written: ``"pounds"``.
    nation : str or None
        The adjective before it: ``"Syrian"``.
    """
    name = _FORMS[word.lower()]
    plain, nations = _WORDS[name]
    if nation:
        code = nations.get(" ".join(nation.lower().split()))
        return (code, None) if code else (name, f"whose {name} it is is not known")
    if plain is None:
        return name, f"whose {name} it is is not stated"
    country = {"dollar": "US dollars", "pound": "pounds sterling", "rial": "those of Iran", "riyal": "those of Saudi Arabia",
               "lira": "those of Turkey", "rupee": "those of India", "dirham": "those of the Emirates"}  # fmt: skip
    return plain, f"{word!r} are taken as {country[name]}" if name in country else None


def by_sign(sign: str) -> tuple[str, str | None]:
    """Return the code of a sign or a code before the number.

    Examples
    --------
    >>> by_sign("US$"), by_sign("EUR ")
    (('USD', None), ('EUR', None))
    """
    sign = sign.strip()
    notes = {"$": "'$' is taken as US dollars", "¥": "'¥' is taken as yen; yuan are written the same"}
    return _SIGNS.get(sign, sign), notes.get(sign)


def scale_of(letter: str | None) -> float:
    """Return what the m, b or k behind a sum multiplies it by."""
    return _SCALES[letter.lower()] if letter else 1.0


def is_sum(text: str, start: int, end: int, value: float) -> bool:
    """Say whether pounds, from start to end, are money by what stands near them; millions of pounds are."""
    if _WEIGHED.match(text, end):
        return False
    if value >= _MILLION:
        return True
    near = text[max(0, start - 60) : start] + " " + text[end : end + 40]
    return bool(_PAID.search(near)) or text[end : end + 3].startswith((" ($", " (€"))
