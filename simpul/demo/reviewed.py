"""Who is whom in the invented year: cases with people who stand on lists too, and what officers said of them.

Four cases have victims who were sent home before, one of them twice a victim, and three name one recruiter under three
spellings. BP3MI said of some pairs of its lists that they are one person, or are not, or that it cannot tell; a
question of BP3MI waits for UPTD PPA Bengkayang, and one of Bengkayang was answered by Sambas. What is left is there to
review.
"""

from datetime import timedelta

from simpul.cases import rights, victims
from simpul.confidentiality.sealing import receipt_tag
from simpul.demo import stories, twice
from simpul.demo.beginnings import closed, opened
from simpul.demo.returned import known_twice
from simpul.demo.truth import token_of
from simpul.demo.world import HOME
from simpul.intake import receipts
from simpul.intake.models import Report
from simpul.linkage import inquiries, review
from simpul.persons.queries import numbered
from simpul.places.models import Place

# Days ago, days until it was closed (0: it stands), and the recruiter as this case has him: name, aliases, year.
CASES = {
    "known 1": (170, 50, ("Tjhin Atong", "Ko Atong", 1979)),
    "known 2": (75, 0, ("Chin Atong alias Ko Atong", "", 1979)),
    "known 3": (33, 0, ("Atong", "Tjhin Atong", 1981)),
    "known 4": (19, 0, None),
}
STATEMENTS = {
    "known 1": "Tetangga saya diberangkatkan lewat jalan tikus oleh orang yang dipanggil Ko Atong, pulang dideportasi.",
    "known 2": "Sepupu saya dikirim ke kebun oleh agen yang sama, gajinya dipotong setahun lalu ditangkap imigrasi.",
    "known 3": "Kakak saya dijanjikan kerja di kedai oleh Atong, pulang dideportasi tanpa gaji.",
    "known 4": "Dia baru empat bulan di rumah, sekarang dijemput lagi dan lari pulang. Paspornya masih di sana.",
}
RECRUITER_HOME = "61.72.01.1001"
# What BP3MI said of a pair: pairs of the plan by number, the verdict, the reason.
LATELY_SAME = 40
SAID_SAME = (1, "same", "Tanggal lahir dan desa sama, ejaan nama lama dan baru; yang bersangkutan mengaku.")
SAID_NOT_SAME = (
    (0, "not_same", "Kembar: nama dan nomor SPLP berbeda, keduanya hadir bersama di pos."),
    (5, "not_same", "Kakak beradik menurut keterangan keluarga; tahun lahir berbeda."),
)
SAID_UNSURE = (13, "unsure", "Nama dan desa sama, tahun lahir jauh berbeda; perlu ditanya kepada keluarga.")
LATELY_REASON = "Foto pada kedua daftar orang yang sama; ia membenarkan pernah dipulangkan tahun lalu."
ASKED = "Orang ini dideportasi dan menyebut sudah ditangani di Bengkayang. Apakah sama dengan korban di berkas Anda?"
ASKED_SAMBAS = "Perekrut bernama Atong dalam kasus kami. Apakah ia juga yang disebut dalam kasus di Sambas?"
ANSWERED = "Nomor mobil dan rumahnya sama, korban kami mengenali namanya."


def begin(office, *, now):
    """Put the cases, and what was said of pairs, into the diary."""
    for name, (ago, _closed, _recruiter) in CASES.items():
        office.diary.begin(_case(office, now, name), at=now.on(ago))
    office.diary.begin(_said_of_lists(office, now), at=now.on(140))
    office.diary.begin(_asked_and_answered(office, now), at=now.on(12))
    office.diary.begin(_asked_and_waiting(office, now), at=now.ago(hours=26))


def _case(office, now, name):
    """A case with a victim of a list, as she told it, and mostly with a recruiter."""
    ago, until, recruiter = CASES[name]
    _papers, her = known_twice().cases[name]
    keeper = office.world.reader(office.world.agency("uptd_ppa", her.home[:5]))
    case = yield from opened(
        name, STATEMENTS[name], at=now.on(ago), by=keeper, modus="prt_malaysia", kinds=["sent_abroad", "unpaid_work"],
        place=her.home, danger="no", relation="family",
    )  # fmt: skip
    at = now.on(ago - 1)
    yield at
    victims.add(
        case, part="victim", name=her.name, sex=her.sex, birth_date=her.birth_date, childhood="adult",
        home=Place.objects.get(pk=her.home), safe_contact=stories.SAFETY[0], by=keeper, at=at,
    )  # fmt: skip
    if recruiter:
        known_as, aliases, year = recruiter
        victims.add(
            case, part="suspect", name=known_as, aliases=aliases, sex="L", birth_year=year,
            home=Place.objects.get(pk=RECRUITER_HOME), by=keeper, at=at,
        )  # fmt: skip
    rights.note_police_report(
        case, number=f"LP/B/{300 + ago}/CONTOH", unit=office.world.agency("police", her.home[:5]), reported_at=at,
        by=keeper, at=at,
    )  # fmt: skip
    if until:
        at = now.on(ago - until)
        yield at
        closed(case, "moved", note=stories.ENDED["moved"], by=keeper, at=at)


def _said_of_lists(office, now):
    """What Ratna said of pairs of her lists: of some of last winter, and of one of the list of five weeks ago."""
    plan, ratna, at = known_twice(), office.world.ratna, now.on(140)
    yield at
    number, verdict, reason = SAID_SAME
    _said(plan.same[_first_of(plan, "2026-01") + number], verdict, reason, by=ratna, at=at)
    for number, verdict, reason in (*SAID_NOT_SAME, SAID_UNSURE):
        at += timedelta(minutes=6)
        yield at
        _said(plan.different[number], verdict, reason, by=ratna, at=at)
    at = now.on(34)
    yield at
    _said(plan.same[LATELY_SAME], "same", LATELY_REASON, by=ratna, at=at)


def _first_of(plan, name):
    """The number of the first pair whose later papers stand on a list."""
    planned = {line.document for line in plan.lines[name].values()}
    return next(number for number, (_one, other) in enumerate(plan.same) if other in planned)


def _said(papers, verdict, reason, *, by, at):
    """An officer puts two records side by side and says what they are; nothing where one list has not come yet."""
    one, other = (numbered(number).first() for number in papers)
    if one is not None and other is not None:
        pair = review.propose(one, other, by=by, at=at)
        review.decide(pair, verdict=verdict, reason=reason, by=by, at=at)


def _asked_and_answered(office, now):
    """Bengkayang asked Sambas about the recruiter; it is the same."""
    world, at = office.world, now.on(12)
    yield at
    own, other = (_of_case(name, "suspect") for name in twice.RECRUITER_IN[1:])
    pair = review.between(own.pk, other.pk, at=at)
    asked = inquiries.ask(
        pair, own=own, to=world.siti.agency, fields=("name", "aliases", "birth_date", "sex"), words=ASKED_SAMBAS,
        by=world.rina, at=at,
    )  # fmt: skip
    at = now.on(11)
    yield at
    inquiries.answer(asked, verdict="same", reason=ANSWERED, by=world.siti, at=at)


def _asked_and_waiting(office, now):
    """BP3MI asks the unit of Bengkayang; nobody has answered yet."""
    at = now.ago(hours=26)
    yield at
    papers, _line = known_twice().cases["known 2"]
    own, other = numbered(papers).first(), _of_case("known 2", "victim")
    if own is None:
        return
    inquiries.ask(
        review.between(own.pk, other.pk, at=at), own=own, to=office.world.agency("uptd_ppa", HOME),
        fields=("name", "birth_date", "sex", "home"), words=ASKED, by=office.world.ratna, at=at,
    )  # fmt: skip


def _of_case(name, part):
    """The first person of a part in the case of a report told by hand."""
    report = Report.objects.get(receipt_tag=receipt_tag(receipts.of_token(token_of(name))))
    return report.case.involvements.filter(part=part).select_related("person__data_key").order_by("pk")[0].person
