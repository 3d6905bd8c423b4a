"""Somebody who has the encodings and not the key: what counting tells, with a like population to compare with."""

import random
from collections import Counter

SYLLABLES = ["SI", "RA", "MU", "NA", "TI", "AN", "DI", "YO", "LI", "MA", "SU", "RI", "HA", "KA", "TO", "WA"]
DISTRICTS = [f"61{number:02d}" for number in range(1, 15)]


def population(size, *, seed):
    """Made-up people as dicts of plain evidence: few words and villages are common and many rare, as names are."""
    drawn = random.Random(seed)
    # The words are those of everybody; who bears which is drawn for each population.
    made = random.Random(1)
    words = list(dict.fromkeys("".join(made.choices(SYLLABLES, k=made.choice((2, 2, 3)))) for _ in range(1500)))
    villages = [f"{made.choice(DISTRICTS)}{number:06d}" for number in range(400)]
    rare, rarer = ([1 / (rank + 4) for rank in range(len(some))] for some in (words, villages))
    people = []
    for _ in range(size):
        own = tuple(dict.fromkeys(drawn.choices(words, rare, k=drawn.choice((1, 2, 2, 3)))))
        village = drawn.choices(villages, rarer)[0]
        born = (drawn.randrange(1955, 2011), drawn.randrange(1, 13), drawn.randrange(1, 29))
        nik = f"{village[:4]}{drawn.randrange(1, 20):02d}{born[2]:02d}{born[1]:02d}{born[0] % 100:02d}"
        people.append({
            "words": own, "father": drawn.choices(words, rare)[0], "village": village, "district": village[:4],
            "sex": drawn.choice("LP"), "year": str(born[0]), "day": f"{born[1]:02d}{born[2]:02d}",
            "nik": nik + f"{drawn.choice((1, 1, 1, 2, 3)):04d}",
        })  # fmt: skip
    return people


def read_by_counting(stolen, known, *, tag):
    """The share of records of which counting reads off a piece of evidence.

    `stolen` and `known` are lists with a tuple of texts for each person; the attacker sees `tag(text)` of the stolen,
    and takes the commonest tag for the commonest text that is known, the second for the second, and so on.
    """
    tags = [[tag(text) for text in texts] for texts in stolen]
    by_tag = _ranked(each for some in tags for each in some)
    by_text = _ranked(text for texts in known for text in texts)
    guessed = dict(zip(by_tag, by_text, strict=False))
    read = [
        any(guessed.get(each) == text for each, text in zip(some, texts, strict=True))
        for some, texts in zip(tags, stolen, strict=True)
        if texts
    ]
    return sum(read) / len(read)


def _ranked(things):
    return [thing for thing, _count in Counter(things).most_common()]


def read_by_chaining(people, windows):
    """The share of records whose year of birth is read off by putting the years into order.

    `windows` {year: tags} are those with which one common word is tagged. Years that share most follow each other; of
    the two directions the attacker is taken to know the right one, as the shares of the young and the old tell.
    """
    here = min(windows, key=lambda year: sum(bool(windows[year] & windows[other]) for other in windows))
    chain, left = [here], set(windows) - {here}
    while left:
        chain.append(max(left, key=lambda year: len(windows[year] & windows[chain[-1]])))
        left.discard(chain[-1])
    said = [dict(zip(chain, order, strict=True)) for order in (sorted(windows), sorted(windows, reverse=True))]
    return max(sum(guess.get(who["year"]) == who["year"] for who in people) for guess in said) / len(people)
