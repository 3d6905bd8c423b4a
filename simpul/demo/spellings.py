"""How one invented person is written by several offices: old and new spelling, one word or several, another birthday.

Each line of `WRITTEN` is one name in the ways in which it is met: today's spelling, that of an older paper, what a
clerk heard, with the father's name or without. Nobody in it exists.
"""

from datetime import date

WRITTEN = {
    "L": (
        ("Muhammad Ridwan", "Moh. Ridwan", "Ridwan bin Syafei"),
        ("Ahmad Junaidi", "Achmad Djunaidi", "Junaidi"),
        ("Sukardi Prasetyo", "Soekardi Prasetyo", "Sukardi"),
        ("Suparman bin Paiman", "Soeparman", "Suparman"),
        ("Tjhin Khiun Min", "Chin Khiun Min", "Khiun Min"),
        ("Yusuf Mansur", "Jusuf Mansur", "Yusup Mansyur"),
        ("Abdurrahman Saleh", "Abdul Rahman Saleh", "Abd. Rahman bin Saleh"),
        ("Yohanes Lunjap", "Johanes Lunjap", "Yohanes"),
        ("Stefanus Dohong", "Stephanus Dohong", "Stepanus Dohong"),
        ("Sutrisno Widodo", "Soetrisno", "Sutrisno"),
        ("Cipto Subekti", "Tjipto Soebekti", "Cipto"),
        ("Jamaludin bin Ramli", "Djamaludin", "Jamaluddin Ramli"),
        ("Usman Bujang", "Oesman Budjang", "Usman bin Bujang"),
        ("Fransiskus Tawing", "Frans Tawing", "Fransiskus"),
        ("Yakobus Natan", "Jakobus Natan", "Yakobus"),
        ("Syarif Hamdan", "Sarif Hamdan", "Syarip Hamdan"),
        ("Muhammad Zulkifli", "Muh. Zulkifli", "Zulkipli bin Hamdan"),
        ("Antonius Sinyor", "Anton Sinyor", "Antonius"),
        ("Umar Abdurrahim", "Oemar bin Abdurrahim", "Umar"),
        ("Sujono Handoko", "Soedjono Handoko", "Sujono"),
        ("Bong Jun Fo", "Bong Djun Fo", "Jun Fo"),
        ("Rahmat Hidayat", "Rachmat Hidajat", "Rahmat"),
        ("Petrus Ranting", "Peterus Ranting", "Petrus"),
        ("Iskandar Yusran", "Iskandar bin Yusran", "Iskandar"),
        ("Wahyu Kurniawan", "Wahju Kurniawan", "Wahyu"),
        ("Achmad Fauzi", "Ahmad Pauzi", "Fauzi bin Mastur"),
        ("Marsudi Utomo", "Marsoedi Oetomo", "Marsudi"),
        ("Dominikus Ujai", "Dominicus Oejai", "Dominikus"),
        ("Hairul Anwar", "Khairul Anwar", "Chairul Anwar"),
        ("Sunarjo", "Soenarjo", "Sunaryo bin Wagino"),
    ),
    "P": (
        ("Siti Nurhayati", "Sitti Noerhayati", "Nurhayati binti Ramli"),
        ("Fatimah binti Saleh", "Patimah", "Fatimah Saleh"),
        ("Sumiati Handayani", "Soemiati", "Sumiyati Handayani"),
        ("Jumiati", "Djumiati binti Burhan", "Jumiyati"),
        ("Yuliana Lunjap", "Juliana Lunjap", "Yuliana"),
        ("Theresia Bangkit", "Teresia Bangkit", "Theresia"),
        ("Kristina Tawing", "Christina Tawing", "Kristina"),
        ("Zainab Abdurrahim", "Jainab", "Zainab binti Abdurrahim"),
        ("Khadijah Mansur", "Hadijah Mansur", "Kadijah"),
        ("Sri Wahyuni", "Sri Wahjuni", "Sriwahyuni"),
        ("Rukmini Utami", "Roekmini", "Rukmini"),
        ("Elisabet Natan", "Elisabeth Natan", "Elisabet"),
        ("Nuraini binti Hamdan", "Noeraini", "Nur Aini"),
        ("Aisyah Ramli", "Aisah binti Ramli", "Aisyah"),
        ("Tjhin Mei Lan", "Chin Mei Lan", "Mei Lan"),
        ("Suryani Subekti", "Soerjani", "Suriani"),
        ("Veronika Dohong", "Peronika Dohong", "Veronika"),
        ("Cahyaningsih", "Tjahjaningsih", "Cahya Ningsih"),
        ("Syarifah Zubaidah", "Sarifah Zubaidah", "Zubaidah"),
        ("Rohani binti Mastur", "Rochani", "Rohani"),
        ("Wagiyem", "Wagijem", "Wagiem"),
        ("Lay Siu Fa", "Lai Siu Fa", "Siu Fa"),
    ),
}
# Given names of twins, and of sisters and brothers: their father's name follows.
BORN_TOGETHER = {"L": (("Hasan", "Husin"), ("Rusdi", "Rusli")), "P": (("Nurlela", "Nurlaila"), ("Rosita", "Rosida"))}
SIBLINGS = {"L": (("Hamdi", "Hamdan"), ("Jaini", "Jainudin")), "P": (("Halimah", "Halifah"), ("Maryani", "Maryam"))}
FATHERS = ("Ramli", "Saleh", "Mastur", "Bujang")
YOUNGEST, OLDEST = 19, 58
# How a date of birth comes to stand otherwise, and how often.
DATES = {"same": 46, "swapped": 16, "another_year": 22, "new_year": 8, "another_day": 8}


def called(sex, order):
    """The ways in which one name is written; past the last name the first comes again, of somebody else."""
    names = WRITTEN[sex]
    return names[order % len(names)]


def child_of(name, father, *, sex):
    """A name with the father's behind it."""
    return f"{name} {'binti' if sex == 'P' else 'bin'} {father}"


def born_otherwise(random, born, *, on):
    """A date of birth as another office has it: (date, how it came about); a grown-up stays one on a day."""
    how = random.choices(list(DATES), list(DATES.values()))[0]
    if how == "swapped" and (born.day > 12 or born.day == born.month):
        how = "same"
    if how == "another_year":
        # Who was too young to go was made older; later some make themselves younger.
        years = random.choice((-6, -4, -3, -2, 2, 3))
        found = born.replace(year=born.year + years, day=min(born.day, 28))
        return (found, how) if is_grown_up(found, on=on) else (born, "same")
    return _BORN[how](born), how


def is_grown_up(born, *, on):
    """Whether somebody is old enough, and not too old, for a list of workers on a day."""
    return YOUNGEST <= (on - born).days / 365.25 <= OLDEST


def with_a_slip(nik):
    """A NIK with one digit read wrong, among the last two: it stays one that no office has given out."""
    return nik[:-1] + str((int(nik[-1]) + 4) % 10)


_BORN = {
    "same": lambda born: born,
    "swapped": lambda born: date(born.year, born.day, born.month),
    "new_year": lambda born: date(born.year, 1, 1),
    "another_day": lambda born: born.replace(day=born.day - 1 if born.day > 1 else 2),
}
