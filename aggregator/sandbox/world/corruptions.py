"""What happens to a business's name on its way into a platform's list; each change is named on the record.

A corruption is a function that edits a `Spelling` in place and says whether it changed anything. The shares are
those of `docs/sandbox.md`, which counts *pairs* of records; a record gets about half of a pair's share.
"""

import unicodedata
from collections.abc import Callable
from random import Random

from attrs import define

from aggregator.sandbox.world.model import Business
from aggregator.sandbox.world.names import coined
from aggregator.sandbox.world.vocabulary import Vocabulary


@define
class Spelling:
    """A name while it is being changed: its words, its legal form, and what is put around them."""

    business: Business
    words: list[str]
    form: str
    form_in_front: bool = False
    suffix: str = ""

    def text(self) -> str:
        """The whole name as it is written down."""
        name, form = " ".join(self.words), self.form
        if form.startswith(","):
            name, form = name + form, ""
        order = (form, name) if self.form_in_front else (name, form)
        return " ".join(part for part in (*order, self.suffix) if part)


Corruption = Callable[[Spelling, Random, Vocabulary], bool]


def alias(spelling: Spelling, rng: Random, words: Vocabulary) -> bool:
    """Brand for legal name, an acronym, or a former name: not to be known from the string."""
    business, tokens = spelling.business, spelling.words
    kind = rng.random()
    if kind < 0.35 and len(tokens) >= 3:
        spelling.words = ["".join(token[0] for token in tokens if token[0].isalpha()).upper()]
    elif kind < 0.75 and business.brand != " ".join(tokens):
        spelling.words, spelling.form = business.brand.split(), ""
    else:
        spelling.words = [coined(rng, words), *tokens[1:2]]
    return True


def _form_changed(spelling: Spelling, rng: Random, words: Vocabulary) -> bool:
    if not spelling.form:
        spelling.form = words.forms[spelling.business.address.country].one(rng)
        return bool(spelling.form)
    roll = rng.random()
    if roll < 0.45:
        spelling.form = ""
    elif roll < 0.95:
        spelling.form = rng.choice(words.form_spellings.get(spelling.form, [spelling.form.upper()]))
    else:
        spelling.form_in_front = True
    return True


def _ampersand(spelling: Spelling, rng: Random, _words: Vocabulary) -> bool:
    swaps = {"&": ("and", "+", "und", "n"), "Brothers": ("Bros", "Bros."), "Sons": ("Son",), "Co": ("Company",)}
    found = [index for index, word in enumerate(spelling.words) if word in swaps]
    for index in found:
        spelling.words[index] = rng.choice(swaps[spelling.words[index]])
    return bool(found)


def _abbreviated(spelling: Spelling, rng: Random, words: Vocabulary) -> bool:
    found = [index for index, word in enumerate(spelling.words) if word in words.abbreviations]
    for index in found:
        short = words.abbreviations[spelling.words[index]]
        spelling.words[index] = rng.choice((short, short + ".", short.upper())).replace("..", ".")
    return bool(found)


def _generic_word(spelling: Spelling, rng: Random, words: Vocabulary) -> bool:
    known = [index for index, word in enumerate(spelling.words[1:], 1) if word in words.generic.words]
    if known and rng.random() < 0.7:
        del spelling.words[known[-1]]
    elif len(spelling.words) >= 3 and rng.random() < 0.5:
        del spelling.words[-1]
    else:
        spelling.words.append(words.generic.one(rng))
    return True


def _word_order(spelling: Spelling, rng: Random, _words: Vocabulary) -> bool:
    if len(spelling.words) < 2 or rng.random() < 0.3:
        spelling.words.insert(0, "The")
        return True
    first, *rest = spelling.words
    spelling.words = [*rest[:-1], rest[-1] + ",", first] if rng.random() < 0.6 else [*rest, first]
    return True


def _region_suffix(spelling: Spelling, rng: Random, words: Vocabulary) -> bool:
    suffix = words.regions.one(rng)
    if suffix.startswith("["):
        spelling.words.insert(0, suffix)
    else:
        spelling.suffix = suffix
    return True


def _typo(spelling: Spelling, rng: Random, _words: Vocabulary) -> bool:
    for _ in range(rng.choice((1, 1, 2))):
        index = max(range(len(spelling.words)), key=lambda place: (len(spelling.words[place]), rng.random()))
        spelling.words[index] = _mistyped(spelling.words[index], rng)
    return True


def _mistyped(word: str, rng: Random) -> str:
    if len(word) < 4:
        return word + rng.choice("sen")
    at = rng.randrange(1, len(word) - 1)
    return rng.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + rng.choice("aeinorstl") + word[at + 1 :],
            word.replace("o", "0", 1) if "o" in word else word.replace("l", "1", 1),
        )
    )


def _script(spelling: Spelling, rng: Random, words: Vocabulary) -> bool:
    before = list(spelling.words)
    if spelling.business.address.country == "UA" and rng.random() < 0.5:
        spelling.words = [_cyrillic(word, words) for word in before]
    elif rng.random() < 0.4:
        spelling.words = [word.translate(_TRANSLITERATED) for word in before]
    else:
        spelling.words = [_plain(word) for word in before]
    return spelling.words != before


_TRANSLITERATED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"}
)
_UNDECOMPOSABLE = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "\u0131": "i", "æ": "ae"})


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(_UNDECOMPOSABLE))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _cyrillic(word: str, words: Vocabulary) -> str:
    """A word in Ukrainian letters, longest groups of letters first."""
    written = _plain(word).lower()
    for latin in sorted(words.cyrillic, key=len, reverse=True):
        written = written.replace(latin, words.cyrillic[latin])
    return written.capitalize()


def _case_and_punctuation(spelling: Spelling, rng: Random, _words: Vocabulary) -> bool:
    before = spelling.text()
    roll = rng.random()
    if roll < 0.4:
        spelling.words = [word.upper() for word in spelling.words]
        spelling.form = spelling.form.upper() if roll < 0.3 else spelling.form
    elif roll < 0.55:
        spelling.words = [word.lower() for word in spelling.words]
    elif roll < 0.75 and len(spelling.words) > 1:
        at = rng.randrange(len(spelling.words) - 1)
        glue = rng.choice(("", "-", "-", "  "))
        spelling.words[at : at + 2] = [spelling.words[at] + glue + spelling.words[at + 1]]
    else:
        spelling.form = spelling.form.replace(".", "") if "." in spelling.form else f", {spelling.form}".rstrip(", ")
    return spelling.text() != before


CORRUPTIONS: dict[str, tuple[float, Corruption]] = {
    "alias": (0.07, alias),
    "generic-word": (0.08, _generic_word),
    "abbreviation": (0.28, _abbreviated),  # of the names that have a word to shorten; about 12 % of all
    "ampersand": (0.90, _ampersand),  # of the names that have one; about 8 % of all
    "script": (0.90, _script),  # of the names with letters beyond ASCII; about 8 % of all
    "typo": (0.08, _typo),
    "word-order": (0.05, _word_order),
    "legal-form": (0.35, _form_changed),
    "region-suffix": (0.08, _region_suffix),
    "case-and-punctuation": (0.40, _case_and_punctuation),
}
"""Every corruption of a name with its share of matched pairs, in the order in which they are applied."""


def corrupted(business: Business, rng: Random, words: Vocabulary, severity: float) -> tuple[str, tuple[str, ...]]:
    """How one platform spells a business, and the names of the corruptions that made it so."""
    spelling = Spelling(business=business, words=business.core.split(), form=business.form)
    done = []
    for name, (share, corruption) in CORRUPTIONS.items():
        # Two records meet in a pair, so each carries 1 - sqrt(1 - share).
        rate = 1 - (1 - min(share * severity, 0.95)) ** 0.5
        if rng.random() < rate and corruption(spelling, rng, words):
            done.append(name)
    return spelling.text(), tuple(done)
