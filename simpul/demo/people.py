"""Invented people: names in the manner of the region, and numbers that belong to nobody.

Telephone numbers lie in 0812-0000-xxxx; a NIK has the regency code 6199, which does not exist, and no day of birth.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random


def _words(text):
    return tuple(text.split())


WOMEN = {
    "malay": ("Zubaidah", "Halijah", "Nurhayati", "Syarifah", "Maimunah", "Rohani", "Jamilah", "Hasnah", "Sa'diyah"),
    "dayak": ("Veronika", "Margareta", "Agustina", "Yuliana", "Elisabet", "Sesilia", "Monika", "Kristina", "Lusia"),
    "chinese": ("Mei Lan", "Siu Fa", "Lie Hwa", "Bui Khim", "Sui Lin", "Nyuk Moi", "A Lian", "Kim Hong"),
    "javanese": ("Sumiati", "Wagiyem", "Partini", "Suparti", "Lestari", "Wahyuni", "Tukinah", "Sri Rahayu"),
}
MEN = {
    "malay": ("Zulkifli", "Hamdan", "Burhan", "Syafei", "Jamaludin", "Mastur", "Sabli", "Uray Hasan", "Rusdi"),
    "dayak": ("Yohanes", "Markus", "Aloysius", "Petrus", "Stefanus", "Lukas", "Donatus", "Fransiskus", "Yakobus"),
    "chinese": ("A Kiong", "Jun Fo", "Bong Sin", "Khiun Min", "Thai San", "Liong Kie", "Phin Kong"),
    "javanese": ("Sugiman", "Paiman", "Wagino", "Sukardi", "Tukiman", "Mulyono", "Slamet", "Suroso"),
}
LAST = {
    "malay": ("", "", "Ramli", "Abdurrahim", "Mansur", "Saleh", "Kurnia", "Yusran", "Bujang"),
    "dayak": ("", "Lunjap", "Sinyor", "Dohong", "Ujai", "Natan", "Ranting", "Bangkit", "Tawing"),
    "chinese": ("", "Tjhin", "Bong", "Chai", "Lay", "Phang", "Djap", "Kho"),
    "javanese": ("", "", "", "Widodo", "Prasetyo", "Utami", "Handayani", "Subekti"),
}
CHINESE = {*LAST["chinese"], *(name.split()[0] for name in (*WOMEN["chinese"], *MEN["chinese"]))}
SECOND = {
    "P": ("Anita", "Astuti", "Dewi", "Fitri", "Indah", "Lina", "Marlina", "Ningsih", "Susanti", "Wati", "Yanti"),
    "L": ("Adi", "Budiman", "Eko", "Hardi", "Irawan", "Kurniawan", "Nugroho", "Purnama", "Saputra", "Setiawan", "Tono"),
}
# What lists of many people need beside these: so many have so few names nowhere. Names of one word, and names behind.
GIVEN = {
    "P": _words("""
        Adelia Agnes Ainun Alfiah Anastasia Andriana Aprilia Asmah Badariah Beatrix Bernadeta Darmawati Dahlia
        Dayang Desiana Dorotea Ernawati Erlina Fauziah Febriana Florentina Gustina Habibah Hartati Helena Herlina
        Ida Imelda Irawati Ismawati Juwita Karolina Kartini Kasmawati Kusumawati Lamria Latifah Leli Magdalena
        Mahani Marsiana Martina Masnah Megawati Mujiati Mursiti Natalia Norlela Nuraida Oktaviana Pasiah Paulina
        Petronela Puspita Rabiah Ratnawati Regina Rusmini Safitri Salbiah Saripah Septiana Serlina Suhartini
        Sulastri Sumarni Sunarti Susilawati Titin Tumini Ursula Valentina Wahidah Winarti Yohana Yustina Yulita
        Zakiah Zuraida Zulaiha
    """),
    "L": _words("""
        Abdul Agus Alexius Amirudin Andreas Anwar Arifin Asmadi Azhari Bambang Benediktus Bernardus Blasius
        Bonifasius Budiono Damianus Darwis Dedi Djaelani Edi Efendi Emanuel Endro Fabianus Fahrul Ferdinandus
        Firdaus Gunarto Gregorius Hadri Hamzah Harianto Hendrikus Herkulanus Hermanto Hermawan Ignasius Imran Irfan
        Ishak Ismail Jailani Jumadi Juliansyah Kasim Katno Kornelius Krisantus Kusnadi Laurensius Leonardus Libertus
        Mahmud Maksum Marjuki Marselinus Martinus Mawardi Misran Mujiono Mustafa Nasrun Nikodemus Nurdin Paulus Pius
        Purwanto Ramadi Razali Robertus Rohman Romanus Sabirin Samsudin Sarpani Silvester Simon Sudarmo Suhaimi
        Sulaiman Sumarno Supardi Suwandi Syahrial Tarmizi Theodorus Timotius Untung Urbanus Valentinus Wardoyo
        Wiyono Yanuarius Zainudin
    """),
}
BEHIND = _words("""
    Aban Acin Adat Akim Ampan Andan Angkes Antas Apin Asan Atim Awang Bakar Banting Basri Bidin Bonar Burung
    Dagang Daimon Dalut Damai Darsono Dolok Effendy Gading Gani Gindar Hadi Halim Hasbi Ibon Idris Ijal Intan
    Jabar Jais Jantuh Japri Jiman Jungkat Kadri Kanyan Karsa Kasdi Kiman Kulas Lading Lanting Latif Libau Linus
    Luncai Madun Manggang Maran Marjan Minton Munir Nadus Narang Nasir Ngadi Nuyan Oloi Pacit Panjang Paridi
    Payung Pungut Rangkap Riduan Rimba Ripin Sahar Sangkan Sarjo Saudin Selan Senabung Siden Sirat Subali Sudin
    Sunyi Tabrani Tading Tamrin Teguh Tekan Timah Tohir Tumbang Udin Ujang Unggal Usop Wahab Yadi Yasin Yunus
    Zaini Zamri
    """)
MANNERS = ("malay", "dayak", "chinese", "javanese")
# Which manner is how common where; the rest of the province is mixed.
COMMON = {
    "61.01": (70, 8, 14, 8),
    "61.07": (20, 55, 17, 8),
    "61.72": (30, 8, 52, 10),
    "61.71": (45, 10, 25, 20),
    "61.06": (35, 58, 3, 4),
}
MIXED = (38, 38, 12, 12)
_OFFICERS_SEED = "officers of the invented region"


@dataclass(frozen=True)
class Invented:
    """Somebody who does not exist."""

    name: str
    sex: str
    birth_date: date
    nik: str
    phone: str

    @property
    def called(self):
        """The first word of the name, as neighbours say it."""
        return self.name.split()[0] if len(self.name.split()[0]) > 2 else self.name

    def age_on(self, day):
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


def invented(random, *, on, regency="", sex="", youngest=18, oldest=45):
    """Somebody of an age, on a day, with a name as it is common in a regency."""
    sex = sex or random.choice("PPPL")
    age = random.randint(youngest, oldest)
    birth_date = on - timedelta(days=age * 365 + age // 4 + random.randint(1, 330))
    return Invented(
        name=name(random, sex=sex, regency=regency),
        sex=sex,
        birth_date=birth_date,
        nik=nik(random, birth_date),
        phone=phone(random),
    )


def name(random, *, sex, regency=""):
    """A name of one to three words; many people have one word only."""
    (manner,) = random.choices(MANNERS, COMMON.get(regency, MIXED))
    first = random.choice((WOMEN if sex == "P" else MEN)[manner])
    last = random.choice(LAST[manner])
    if manner == "chinese" and last:
        return f"{last} {first}"
    return f"{first} {last}".strip()


def full_name(random, *, sex, regency=""):
    """A name as lists of many people need it: a second given name for most, a patronymic for some."""
    begins = name(random, sex=sex, regency=regency)
    way = random.random()
    if way < 0.25 and begins.split()[0] not in CHINESE:
        return f"{begins} {'binti' if sex == 'P' else 'bin'} {random.choice(MEN['malay'])}"
    if way < 0.65:
        return f"{begins} {random.choice(SECOND[sex])}"
    return begins


def varied(random, name, *, sex):
    """The same kind of name in other words, of which there are many: a list with the few of `WOMEN` and `MEN` alone
    would be full of people who are called the same.
    """
    words = name.split()
    mark = next((at for at, word in enumerate(words) if word in {"bin", "binti"}), len(words))
    own, father = words[:mark], words[mark:]
    if own[0] in CHINESE or own[-1] in CHINESE:
        return name
    if random.random() < 0.85:
        own[0] = random.choice(GIVEN[sex])
    own[1:] = [random.choice(BEHIND) if random.random() < 0.8 else word for word in own[1:]]
    if father and random.random() < 0.85:
        father[1:] = [random.choice(GIVEN["L"])]
    return " ".join(own + father)


def nik(random, birth_date):
    """Sixteen digits that are nobody's: a regency 99, a district 00, a birthday on day 00 of month 00."""
    return f"6199000000{birth_date:%y}{random.randint(1, 9999):04d}"


def nik_of(random, district, birth_date, sex):
    """Sixteen digits as a register office would give them out, but for the last four: no office came to 9900 in a day.

    For lists only: their reader asks about a number that cannot be one.
    """
    day = birth_date.day + (40 if sex == "P" else 0)
    return f"{district.replace('.', '')[:6]}{day:02d}{birth_date:%m%y}{random.randint(9900, 9999)}"


def phone(random):
    return f"0812-0000-{random.randint(0, 9999):04d}"


def officer_names():
    """Names for officers, without end and always the same."""
    random = Random(_OFFICERS_SEED)
    while True:
        yield name(random, sex=random.choice("PL"))
