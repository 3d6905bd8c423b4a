"""Forms of the portal: what was typed becomes values, and comes back as it was typed when something is wrong.

In a report only what happened is required. A code that no list has comes from no form of ours and is passed over.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.agencies.models import Agency
from simpul.intake import complaints, receipts
from simpul.intake.reports import Told
from simpul.lib.rules import NotFound
from simpul.lib.texts import cleaned, digits, folded, one_line
from simpul.places import regions, search
from simpul.places.models import Place
from simpul.reference import catalogues

LONGEST = {
    "statement": 20_000,
    "where": 300,
    "when": 300,
    "contact_name": 200,
    "contact": 200,
    "contact_safely": 1_000,
}
YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("dont_know", gettext_lazy("I do not know")))
SAFE = (
    ("yes", gettext_lazy("Yes")),
    ("sometimes", gettext_lazy("Only at certain times or in a certain way")),
    ("no", gettext_lazy("No, do not contact me; I will come back with my receipt")),
)
LISTS = {"danger": "dangers", "happened": "when", "people": "people_counts", "relation": "relations"}
FIXED = {"children": YES_NO, "contact_is_safe": SAFE}
SEVERAL = {"kinds": "exploitation_kinds", "involves": "agency_kinds"}
NO_PLACE = "-"

# A place is set without being chosen only when it fits this well and nothing near it in fit lies elsewhere.
SURE, NEARLY = 0.9, 0.15
MOST_PARTS = 3


class ReportForm:
    """What somebody typed, what is wrong with it, and the places it may mean."""

    def __init__(self, data=None):
        self.data = data if data is not None else {}
        self.texts = {name: self._typed(name) for name in LONGEST}
        self.codes = {name: self._code(name) for name in (*LISTS, *FIXED)}
        self.several = {name: self._codes(name) for name in SEVERAL}
        self.event_code = one_line(self._typed("acara"))[:12]
        token = self._typed("token")
        self.token = token if receipts.is_token(token) else receipts.new_token()
        self.errors = {}
        self.refused, self.files_again = [], []
        self.places = None
        self.notice = ""

    @property
    def is_check(self):
        """Whether the hourly check of intake sends this."""
        return receipts.is_check_token(self.token)

    def check(self):
        """Whether the report can be taken as it is; `errors` has a sentence for each field where not."""
        if not cleaned(self.texts["statement"]):
            self.errors["statement"] = _("Tell us what happened. A few words are enough.")
        for name, most in LONGEST.items():
            if len(self.texts[name]) > most:
                facts = {"most": most, "length": len(self.texts[name])}
                self.errors[name] = (
                    _(
                        "This is too long: %(length)d characters, and %(most)d fit. Shorten it; "
                        "you can send the rest afterwards with your receipt."
                    )
                    % facts
                )
        return not self.errors

    def refuse(self, refused, *, others):
        """Say which files cannot be taken; a browser forgets the others, so they must be chosen again."""
        self.refused = refused
        self.errors["files"] = _("Some files cannot be sent. Choose the others again, or send it without files.")
        self.files_again = others

    def look_for_places(self):
        """Offer the places that the words may mean; `places` stays None where nothing was written."""
        words = one_line(self.texts["where"])[: LONGEST["where"]]
        self.places = search.find(words, near=settings.REGION, limit=6) if words else None

    def place(self):
        """The code of the place: as chosen, or where the words leave no doubt, the regency; else none."""
        words = one_line(self.texts["where"])
        chosen = self._typed("place")
        if chosen and folded(self._typed("sought")) == folded(words):
            return chosen if _is_place(chosen) else ""
        return meant(words)

    def told(self, *, files):
        """The report as intake takes it in."""
        return Told(**self.texts, **self.codes, **self.several, place=self.place(), files=files)

    def picks(self, name):
        """The answers to choose from: code, words, help, and whether it is chosen."""
        if name in FIXED:
            return [(code, words, "", code == self.codes[name]) for code, words in FIXED[name]]
        if name == "involves":
            found = [(each.code, each.words("public"), "") for each in catalogues.terms("agency_kinds")]
            return [(*each, each[0] in self.several[name]) for each in found if each[1]]
        chosen = self.several.get(name) or [self.codes.get(name)]
        terms = catalogues.terms(LISTS.get(name) or SEVERAL[name])
        return [(each.code, each.name, each.hint, each.code in chosen) for each in terms]

    def options(self):
        """All answers to choose from by the name of their field."""
        return {name: self.picks(name) for name in (*LISTS, *FIXED, *SEVERAL)}

    @property
    def chosen_place(self):
        return self._typed("place")

    def _typed(self, name):
        return self.data.get(name, "").replace("\x00", "")

    def _code(self, name):
        code = self._typed(name)
        if name in FIXED:
            return code if code in dict(FIXED[name]) else ""
        return code if catalogues.is_code(LISTS[name], code) else ""

    def _codes(self, name):
        sent = self.data.getlist(name) if self.data else []
        return [code for code in dict.fromkeys(sent) if catalogues.is_code(SEVERAL[name], code)]


class Typed:
    """Texts somebody typed into named fields, each up to its length, and what is wrong with them."""

    longest = {}

    def __init__(self, data=None):
        self.data = data if data is not None else {}
        self.texts = {name: self.data.get(name, "").replace("\x00", "") for name in self.longest}
        self.errors = {}

    def check_lengths(self):
        for name, most in self.longest.items():
            if len(self.texts[name]) > most:
                facts = {"most": most, "length": len(self.texts[name])}
                self.errors[name] = _("This is too long: %(length)d characters, and %(most)d fit. Shorten it.") % facts

    def ask_for(self, name, sentence):
        """Say what is missing where nothing was written."""
        if not cleaned(self.texts[name]):
            self.errors.setdefault(name, sentence)


class ComplaintForm(Typed):
    """A complaint about an officer or an office. Only what happened is required."""

    longest = {"statement": 20_000, "about": 300, "reference": 100, "contact": 200}
    # Where somebody can be sheltered is told to nobody, so such houses stand in no public list.
    UNLISTED = ("shelter",)

    def __init__(self, data=None):
        super().__init__(data)
        token = self.data.get("token", "")
        self.token = token if receipts.is_token(token) else receipts.new_token()
        self.agencies = {str(each.pk): each for each in self._listed()}
        self.notice = ""
        self.guessed = False

    @property
    def against(self):
        """The office that was chosen; none where it is not on the list."""
        return self.agencies.get(self.data.get("against", ""))

    def check(self):
        """Whether the complaint can be taken as it is; `errors` has a sentence for each field where not."""
        self.check_lengths()
        self.ask_for("statement", _("Tell us what happened. A few words are enough."))
        if "reference" not in self.errors:
            self._check_reference()
        return not self.errors

    def told(self):
        """The complaint as intake takes it in."""
        return complaints.Told(**self.texts | {"reference": self.reference}, against=self.against)

    def _check_reference(self):
        try:
            self.reference = complaints.referred_to(self.texts["reference"])
        except receipts.ReceiptError as problem:
            self.errors["reference"] = str(problem)
        except NotFound:
            self.guessed = True
            self.errors["reference"] = _(
                "Nothing has this receipt. Compare group by group with what you wrote down, or leave it out."
            )

    def _listed(self):
        return Agency.objects.working().exclude(kind__in=self.UNLISTED).only("name", "kind").order_by("name")


class AnswerForm(Typed):
    """The answer of an office outside to what it was asked."""

    longest = {"words": 4_000, "name": 200, "telephone": 60}
    ACCEPT, DECLINE = "accept", "decline"
    FEWEST_DIGITS = 5

    def __init__(self, data=None):
        super().__init__(data)
        sent = self.data.get("decision", "")
        self.decision = sent if sent in {self.ACCEPT, self.DECLINE} else ""
        self.reason = self.data.get("reason", "")
        self.ticket = self.data.get("ticket", "")

    def check(self):
        """Whether the answer can be sent; `errors` has a sentence for each field where not."""
        self.check_lengths()
        if not self.decision:
            self.errors["decision"] = _("Choose whether your office takes this over.")
        if self.decision == self.DECLINE and not catalogues.is_code("decline_reasons", self.reason):
            self.errors["reason"] = _("Choose why not, so that the sender can ask elsewhere.")
        self.ask_for("name", _("Write who answers. The sender must know whom to call."))
        if len(digits(self.texts["telephone"])) < self.FEWEST_DIGITS:
            self.errors.setdefault("telephone", _("Write the telephone number of your office."))
        return not self.errors

    def told(self):
        """The answer as the sender takes it over: `answer`, `reason`, `words`, `name`, `phone`."""
        return {
            "answer": self.decision,
            "reason": self.reason if self.decision == self.DECLINE else "",
            "words": cleaned(self.texts["words"]),
            "name": one_line(self.texts["name"]),
            "phone": one_line(self.texts["telephone"]),
        }

    @property
    def reasons(self):
        """Why an office declines: code, words and whether it is chosen."""
        return [(each.code, each.name, each.code == self.reason) for each in catalogues.terms("decline_reasons")]


def meant(words):
    """The regency that words leave no doubt about, as a whole or in a part: "Jagoi Babang, by the market"."""
    if not words:
        return ""
    if whole := _undoubted_in(words):
        return whole
    parts = [part for part in words.split(",") if part.strip()][:MOST_PARTS]
    found = {_undoubted_in(part) for part in parts} - {""} if len(parts) > 1 else set()
    return found.pop() if len(found) == 1 else ""


def undoubted(matches):
    """The regency in which all good matches lie, or the province when only that was written; empty when in doubt.

    Never more than the regency: which village is meant, the officer reads in the reporter's own words.
    """
    if not matches or matches[0].score < SURE:
        return ""
    good = [match.place.code for match in matches if match.score > matches[0].score - NEARLY]
    regencies = {regions.regency_of(code) or code for code in good}
    return regencies.pop() if len(regencies) == 1 else ""


def _undoubted_in(words):
    return undoubted(search.find(words, near=settings.REGION))


def _is_place(code):
    return code != NO_PLACE and regions.is_code(code) and Place.objects.filter(pk=code, retired_on=None).exists()
