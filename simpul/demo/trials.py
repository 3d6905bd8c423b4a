"""Trials: proceedings from the first inquiry to the last instance, and the restitution claimed in them.

Each trial of the table is a case of its own; together they stand at every step at which the law lets one stand. Of
what is claimed little is paid, about as little as in the country.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from simpul.cases import files, proceedings, restitution, rights, services, victims
from simpul.cases.models import Case
from simpul.cases.proceedings import offences_on
from simpul.demo import care, stories
from simpul.demo.beginnings import closed, opened, received
from simpul.demo.diary import in_office

# Shares of what was claimed (Rp33.05 billion), January to September 2025: in the demand of the prosecutor, awarded,
# and paid. Reported by ANTARA (selalukabar.com) and idntimes.com.
NATIONAL = {"demanded": Decimal("28.1"), "awarded": Decimal("21.7"), "paid": Decimal("9.7")}
# From this day on the basic offence stands in KUHP Art. 455, before it in UU 21/2007 Art. 2.
NEW_LAW = date(2026, 1, 2)
BASIC = {"uu21_2007_2", "kuhp_455"}
MILLION = Decimal(1_000_000)
# How a claim is divided.
HEADS = (("income", 55, "Upah yang tidak dibayar"), ("suffering", 25, "Penderitaan"), ("medical", 12, "Biaya berobat"),
         ("transport", 8, "Ongkos jalan ke pemeriksaan"))  # fmt: skip
FINE = 120 * MILLION


@dataclass(frozen=True)
class Trial:
    """One proceeding: where, after which method, and who was trafficked.

    `track` and `money` are steps with the days before now on which they happened: "p21:360", "verdict:285:convicted",
    "awarded:285:40" in millions of rupiah. `closed` is the day on which the case was closed, where it was.
    """

    place: str
    modus: str
    victim: str
    track: str
    money: str = ""
    is_under_new_law: bool = False
    closed: int = 0

    @property
    def began(self):
        """Days before now on which the first step happened."""
        return int(self.track.split()[0].split(":")[1])


TRIALS = {
    "paid in full": Trial(
        "61.07.03.2001", "prt_malaysia", "Yuliana Sinyor",
        "inquiry:436 investigation:430 suspect_named:425 file_sent:395 p19:385 p21:360 handed_over:355 charge:345 "
        "demand:300 verdict:285:convicted final:277",
        "informed:390 claimed:380:60 sent_to_lpsk:378 lpsk_asked:372 completed:365 assessed:345:48 demanded:300:42 "
        "awarded:285:40 copy_to_lpsk:281 verdict_final:277 copy_received:275 paid:272:20 proof_given:269 paid:265:20 "
        "proof_given:262",
        closed=40,
    ),
    "paid in part": Trial(
        "61.01.01.2001", "pengantin_pesanan", "Lie Hwa Bong",
        "inquiry:426 investigation:420 suspect_named:410 file_sent:385 p21:350 handed_over:345 charge:330 demand:262 "
        "verdict:240:convicted appeal:236 verdict_appeal:190:convicted cassation:180 "
        "verdict_cassation:95:convicted final:92",
        "informed:380 claimed:370:90 sent_to_lpsk:368 assessed:335:70 demanded:262:40 awarded:240:35 copy_to_lpsk:228 "
        "verdict_final:90 copy_received:86 paid:72:14 proof_given:60 court_told:55 warned:40",
    ),
    "seized": Trial(
        "61.72.01.1001", "pengantin_pesanan", "Siu Fa Chai",
        "inquiry:430 investigation:424 suspect_named:415 file_sent:392 p21:365 handed_over:362 charge:350 demand:275 "
        "verdict:260:convicted final:252",
        "informed:388 claimed:372:75 demanded:275:32 awarded:260:27 copy_to_lpsk:255 verdict_final:250 "
        "court_told:230 warned:212 paid:195:17 proof_given:190 seized:60",
    ),
    "failed": Trial(
        "61.03.01.1001", "prt_malaysia", "Lusia Ranting",
        "inquiry:415 investigation:410 suspect_named:400 file_sent:380 p21:350 charge:335 demand:250 "
        "verdict:238:convicted final:230 review:60:inadmissible",
        "informed:370 claimed:360:65 demanded:250:20 awarded:238:16 copy_to_lpsk:233 verdict_final:228 court_told:205 "
        "warned:190 seized:160 auctioned:130:10 paid:125:10 proof_given:122 substituted:120 failed:118",
    ),
    "deposit returned": Trial(
        "61.71.01.1002", "scam_online", "Markus Dohong",
        "inquiry:410 investigation:404 suspect_named:396 file_sent:372 p21:345 charge:330 demand:225 "
        "verdict:210:convicted appeal:205 verdict_appeal:130:acquitted cassation:122 "
        "verdict_cassation:60:released final:52",
        "informed:360 claimed:350:70 demanded:225:30 deposited:222:25 awarded:210:24 copy_to_lpsk:202 "
        "deposit_returned:48",
    ),
    "rejected": Trial(
        "61.12.01.2001", "eksploitasi_rt", "Partini",
        "inquiry:330 investigation:325 suspect_named:318 file_sent:290 p21:262 charge:250 demand:170 "
        "verdict:150:convicted final:142",
        "informed:280 claimed:262:55 rejected:150",
    ),
    "court told": Trial(
        "61.02.01.1006", "abk", "Hamdan Mansur",
        "inquiry:300 investigation:296 suspect_named:288 file_sent:262 p21:235 charge:222 demand:100 "
        "verdict:80:convicted final:72",
        "informed:258 claimed:240:50 demanded:100:18 awarded:80:16 copy_to_lpsk:73 verdict_final:60 court_told:30",
    ),
    "paid, proof owed": Trial(
        "61.06.01.1001", "prt_malaysia", "Agustina Ujai",
        "inquiry:290 investigation:284 suspect_named:280 file_sent:255 p21:228 charge:215 demand:75 "
        "verdict:33:convicted final:25",
        "informed:250 claimed:230:45 demanded:75:18 awarded:33:18 copy_to_lpsk:27 verdict_final:17 paid:4:18",
    ),
    "notice of the verdict": Trial(
        "61.07.07.2002", "prt_malaysia", "Monika Natan",
        "inquiry:190 investigation:184 suspect_named:180 file_sent:160 p21:145 handed_over:142 charge:135 demand:70 "
        "verdict:40:convicted final:32",
        "informed:155 claimed:150:50 sent_to_lpsk:148 assessed:110:40 demanded:70:27 awarded:40:24 copy_to_lpsk:33 "
        "verdict_final:6 copy_received:3",
        is_under_new_law=True,
    ),
    "awarded": Trial(
        "61.06.01.1001", "umrah_visa", "Jamilah Saleh",
        "inquiry:185 investigation:180 suspect_named:172 file_sent:150 p21:128 charge:118 demand:30 "
        "verdict:5:convicted",
        "informed:140 claimed:120:60 demanded:30:25 awarded:5:22",
        is_under_new_law=True,
    ),
    "demanded": Trial(
        "61.05.01.1001", "seks_lokal", "Sesilia Tawing",
        "inquiry:160 investigation:154 suspect_named:150 file_sent:128 p21:100 charge:90 demand:12",
        "informed:120 claimed:80:85 sent_to_lpsk:78 assessed:45:60 demanded:12:36",
        is_under_new_law=True,
    ),
    "deposited": Trial(
        "61.72.01.1001", "kawin_kontrak", "Kim Hong Phang",
        "inquiry:140 investigation:136 suspect_named:130 file_sent:100 p21:62 charge:40",
        "informed:95 claimed:60:45 deposited:9:15",
        is_under_new_law=True,
    ),
    "assessed": Trial(
        "61.01.01.2001", "prt_malaysia", "Rohani Bujang",
        "inquiry:120 investigation:112 suspect_named:100 file_sent:70 p19:58 p21:20",
        "informed:66 claimed:55:75 sent_to_lpsk:54 assessed:42:58",
        is_under_new_law=True,
    ),
    "file with LPSK": Trial(
        "61.07.05.2001", "scam_online", "Yohanes Lunjap",
        "inquiry:90 investigation:80 suspect_named:70 file_sent:30 p19:18",
        "informed:27 claimed:25:65 sent_to_lpsk:6",
        is_under_new_law=True,
    ),
    "LPSK asks": Trial(
        "61.04.01.2011", "abk", "Mastur Kurnia",
        "inquiry:95 investigation:88 suspect_named:80 file_sent:50",
        "informed:40 claimed:35:40 sent_to_lpsk:33 lpsk_asked:24",
        is_under_new_law=True,
    ),
    "claimed": Trial(
        "61.07.02", "seks_lokal", "Veronika Bangkit",
        "inquiry:85 investigation:78 suspect_named:66 file_sent:45",
        "informed:30 claimed:10:95",
        is_under_new_law=True,
    ),
    "told": Trial(
        "61.08.01.2001", "prt_malaysia", "Elisabet Natan",
        "inquiry:60 investigation:50 suspect_named:35 file_sent:14",
        "informed:5",
        is_under_new_law=True,
    ),
    "stopped": Trial("61.02.01.1006", "magang_ferienjob", "Lukas Sinyor", "inquiry:150 investigation:140 stopped:60"),
    "inquiry": Trial("61.10.01.2001", "organ", "Sukardi", "inquiry:20", is_under_new_law=True),
}  # fmt: skip


def begin(office, *, now):
    """Put all trials into the diary."""
    for name, trial in TRIALS.items():
        office.diary.begin(tried(office, now, name, trial), at=now.on(trial.began + 4))


def tried(office, now, name, trial):
    """A case whose proceeding and restitution go on side by side, each step noted on its day."""
    world, regency = office.world, trial.place[:5]
    keeper = world.reader(world.agency("uptd_ppa", regency))
    case = yield from opened(
        f"trial {name}", f"Lihat berkas: {stories.TRIED[trial.modus]}", at=now.on(trial.began + 4), by=keeper,
        place=trial.place, modus=trial.modus, kinds=stories.KINDS[trial.modus], danger="no", relation="family",
    )  # fmt: skip
    at = now.on(trial.began + 3, hour=14)
    yield at
    victim = received(case, trial.victim, born=at.year - 20 - len(name), home=trial.place, by=keeper, at=at)
    broker = stories.BROKERS[len(name) % len(stories.BROKERS)]
    accused = victims.add(case, part="suspect", name=broker, by=keeper, at=at)
    at += timedelta(hours=1)
    yield at
    police = world.agency("police", regency)
    rights.note_police_report(case, number=f"LP/B/{trial.began}/CONTOH", unit=police, reported_at=at, by=keeper, at=at)
    office.diary.begin(_helped(office, victim, keeper, now, trial.began), at=at)
    at = now.on(trial.began, hour=15)
    yield at
    act_on = date_of_act(trial, localdate(at))
    proceeding = proceedings.begin(
        case, act_on=act_on, offences=offences_of(trial, act_on), accused=accused, docket=f"{trial.began}/CONTOH",
        police=police, by=keeper, at=at, **world.judged_at(regency),
    )  # fmt: skip
    victims.decide_status(victim, status="victim", by=keeper, at=at)
    files.move(case, to=Case.Stage.HANDLING, by=keeper, at=at)
    yield from _followed(now, trial, proceeding, victim, keeper)
    if trial.closed:
        at = now.on(trial.closed)
        yield at
        closed(case, "recovered", by=keeper, at=at)


def date_of_act(trial, day):
    """Forty days before the first step, on the side of the new law on which the trial stands."""
    earlier = day - timedelta(days=40)
    return max(earlier, min(NEW_LAW, day)) if trial.is_under_new_law else min(earlier, NEW_LAW - timedelta(days=12))


def offences_of(trial, day):
    """The basic offence in force on the day of the act, and for who was taken abroad the one of Art. 4."""
    return basic_offences(day) + (["uu21_2007_4"] if "sent_abroad" in stories.KINDS[trial.modus] else [])


def basic_offences(day):
    """Trafficking itself, as it stood in the law on a day."""
    return [term.code for term in offences_on(day) if term.code in BASIC]


def looking_into(random, case, unit, *, by, since):
    """What the police do first in any other case: an inquiry, mostly an investigation, now and then its end."""
    at = in_office(since + timedelta(days=random.uniform(1, 6)))
    yield at
    act_on = localdate(since - timedelta(days=random.randint(10, 90)))
    offences = basic_offences(act_on)
    proceeding = proceedings.begin(case, act_on=act_on, offences=offences, police=unit, by=by, at=at)
    proceedings.note_step(proceeding, kind="inquiry", on=localdate(at), by=by, at=at)
    later = random.random()
    for kind, most in (("investigation", 0.7), ("suspect_named", 0.35)):
        if later > most:
            return
        at = in_office(at + timedelta(days=random.uniform(4, 18)))
        yield at
        proceedings.note_step(proceeding, kind=kind, on=localdate(at), by=by, at=at)
    for part in case.involvements.filter(part="victim").order_by("pk"):
        where = random.choice(("special_room", "special_room", "special_room", "centre", "police_room"))
        proceedings.note_examination(
            part, on=localdate(at), place=where, proceeding=proceeding, agency=unit,
            has_companion=random.random() < 0.9 or where == "special_room", by=by, at=at,
        )  # fmt: skip


def _helped(office, victim, keeper, now, began):
    """A lawyer of the legal aid office from the first examination on."""
    at = now.on(began + 1, hour=11)
    yield at
    service = services.request(victim, kind="legal_aid", need=stories.NEEDS["legal_aid"], by=keeper, at=at)
    until = now.on(max(began - 60, 2), hour=11)
    yield from care.give(service, by=keeper, at=at + timedelta(minutes=30), until=until)


def _followed(now, trial, proceeding, victim, keeper):
    claim = None
    for ago, in_court, kind, told in _steps(trial):
        at = now.on(ago, hour=16)
        yield at
        if in_court:
            proceedings.note_step(proceeding, kind=kind, on=localdate(at), by=keeper, at=at, **_verdict(told))
            if kind == "suspect_named":
                _examine(proceeding, victim, keeper, at)
            continue
        claim = claim or restitution.begin(victim, proceeding=proceeding, by=keeper, at=at)
        amount = Decimal(told) * MILLION if told else None
        if kind == "claimed":
            restitution.itemise(claim, items_of(amount), by=keeper, at=at)
        restitution.note_step(claim, kind=kind, on=localdate(at), amount=amount, by=keeper, at=at)


def _steps(trial):
    """(days ago, whether it is a step of the proceeding, kind, outcome or amount), the first first."""
    steps = []
    for in_court, text in ((True, trial.track), (False, trial.money)):
        for step in text.split():
            kind, ago, told = (*step.split(":"), "")[:3]
            steps.append((int(ago), in_court, kind, told))
    return sorted(steps, key=lambda step: (-step[0], not step[1]))


def _verdict(outcome):
    if outcome != "convicted":
        return {"outcome": outcome}
    return {"outcome": outcome, "prison_months": 48, "fine": FINE}


def _examine(proceeding, victim, keeper, at):
    proceedings.note_examination(
        victim, on=localdate(at), place="special_room", proceeding=proceeding, agency=proceeding.police,
        has_companion=True, has_advocate=True, beside="Pendamping UPTD PPA dan penasihat hukum", by=keeper, at=at,
    )  # fmt: skip


def items_of(amount):
    """A claim by its heads: (head, amount, what for)."""
    return [(head, amount * share / 100, words) for head, share, words in HEADS]
