"""How one name comes to be written in several ways: by ear, in old spelling, shortened, mistyped, misread by a scanner.

Every function takes a word or the words of a name in capitals and gives back another; which and how often is the
affair of `sisters`. The pairs of sounds are those between which Malay, Javanese, Sundanese, Dayak, Hakka and Flores
speakers and the officers who write for them waver, not those of any one program that undoes them.
"""

# What is written for what is heard, each with a weight; a pair that goes both ways stands twice.
HEARD = """
    F:P:6 P:F:3 V:F:4 F:V:2 Z:J:4 J:Z:1 Z:S:4 S:Z:1 KH:H:4 KH:K:3 K:KH:1 SY:S:6 S:SY:2 DH:D:4 D:DH:1 TH:T:6 T:TH:2
    Q:K:4 K:Q:1 DZ:Z:3 DZ:J:2 Y:I:3 IA:IYA:3 IYA:IA:3 UA:UWA:2 AI:E:3 AI:EI:1 AU:O:3 AU:AO:1 O:U:3 U:O:3 I:E:2
    E:I:3 PH:F:3 X:KS:3 KS:X:2 CH:K:4 CHR:KR:4 CE:SE:3 CI:SI:3 SE:CE:1 SI:CI:1 GH:G:3 LL:L:4 MM:M:4 NN:N:4 SS:S:4
    RR:R:3 DD:D:4 TT:T:4 BB:B:3 NG:N:1 N:NG:1 EU:E:5 EU:U:3 ENG:ANG:1 AN:EN:1 IR:ER:2 UR:OR:2 UN:ON:1 IN:EN:1
    IS:ES:1 RIN:REN:1 ARI:ERI:1 AMA:EMA:1 AH:AK:1 IUS:IOS:2 IUS:YUS:3 NIUS:NEUS:1 SIUS:TIUS:2 TIUS:SIUS:2 TH:TT:1
    JU:YU:3 YU:JU:3 YO:JO:3 JO:YO:2 HI:I:2 HA:A:1 UI:WI:3 IE:I:3 OE:U:4 FA:PA:2 FI:PI:2 UDDIN:UDIN:3 UDIN:UDDIN:3
    ULLAH:ULAH:3 TJ:C:3 B:P:1 D:T:1 P:B:1 T:D:1 YN:IN:2 ANNA:ANA:3
"""
BY_EAR = [(old, new, int(weight)) for old, new, weight in (each.split(":") for each in HEARD.split())]
OLD = (("U", "OE"), ("J", "DJ"), ("C", "TJ"), ("Y", "J"), ("SY", "SJ"), ("NY", "NJ"), ("KH", "CH"))
VOWELS = "AIUEO"
DOUBLED = "LMNSTRDBKZF"

SHORT = {
    "MUHAMMAD": ("M.", "MUH.", "MOH.", "MHD.", "MUHD", "MD.", "MOHD", "M", "MUHAMAD", "MOHAMAD", "MOCHAMAD",
    "MUHAMMED"),
    "MOHAMMAD": ("MOH.", "MOH", "M.", "MUH", "MUHAMMAD", "MOHAMAD", "MAT"),
    "ABDUL": ("ABD.", "ABD", "A.", "ABDOEL", "ABDL", "DUL"), "AHMAD": ("AKHMAD", "ACHMAD", "A.", "AHMAT", "AMAD"),
    "SITI": ("ST.", "ST", "SITTI", "S.", "STI"), "NUR": ("NOR", "NOOR", "N.", "NOER", "NUUR"), "SRI": ("S.", "SERI",
    "SRIE"),
    "AGUS": ("AGS", "AG."), "FRANSISKUS": ("FRANS", "FR.", "FRANSISCUS", "FRANCISKUS", "FRANSIS", "SISKUS"),
    "FRANSISKA": ("SISKA", "FRANSISCA", "FRANCISKA", "FR."), "ANTONIUS": ("ANTON", "ANTONIOS", "ANT.", "TONIUS"),
    "AGUSTINUS": ("AGUS", "AGUSTIN", "AG.", "GUSTI", "TINUS"), "AGUSTINA": ("AGUSTIN", "TINA", "AG.", "GUSTINA"),
    "YOHANES": ("YOHANIS", "JOHANES", "YAN", "YOHANNES", "YOH.", "HANIS"), "BERNADUS": ("BERNARDUS", "BERNAD", "NADUS"),
    "PAULUS": ("PAUL", "POLUS", "PAULOS"), "ELISABET": ("ELIZABETH", "ELISABETH", "ELIS", "LISABET", "BETI"),
    "KRISTINA": ("CHRISTINA", "KRISTIN", "TINA", "CRISTINA"), "YULIANA": ("JULIANA", "YULI", "YULIANE", "ULI"),
    "ANASTASIA": ("ANAS", "ANASTASYA", "TASIA"), "KORNELIUS": ("CORNELIUS", "KORNELIS", "NELIUS", "NELIS"),
    "THOMAS": ("TOMAS", "TOM"), "IGNATIUS": ("IGNASIUS", "IGNATS", "IG.", "NASIUS"), "MARKUS": ("MARCUS", "MARKOS"),
    "EMANUEL": ("IMANUEL", "EMMANUEL", "EMAN", "NUEL"), "ALOYSIUS": ("ALOISIUS", "ALO", "ALOSIUS"),
    "YAKOBUS": ("YAKOB", "JAKOBUS", "KOBUS"),
    "HENDRIKUS": ("HENDRICUS", "HENDRIK", "DRIKUS"), "MAGDALENA": ("LENA", "MAKDALENA", "MAGDA"),
    "YOSEFINA": ("YOSEPINA", "JOSEFINA", "FINA"),
    "SEBASTIANUS": ("SEBAS", "BASTIAN", "SEBASTIAN"), "LAURENSIUS": ("LAURENTIUS", "LORENSIUS", "RENSI"),
    "NATALIA": ("NATALIYA", "LIA"),
    "RADEN": ("RD.", "R.", "RADIN"), "ANDI": ("A.", "AND.", "ANDY"), "URAY": ("URAI", "URAJ"), "SYARIF": ("SY.",
    "SARIP", "SYARIP"),
    "DAYANG": ("DY.", "DYG"), "DEDE": ("DD.", "DEDEH"), "MARIA": ("M.", "MARYA", "MRIA", "MERY"),
    "THERESIA": ("TERESIA", "TH.", "TRESIA"),
}  # fmt: skip

KEYS = {
    "Q": "WA", "W": "QES", "E": "WRD", "R": "ETF", "T": "RYG", "Y": "TUH", "U": "YIJ", "I": "UOK", "O": "IPL",
    "P": "OL",
    "A": "QSZ", "S": "ADWX", "D": "SFEC", "F": "DGRV", "G": "FHTB", "H": "GJYN", "J": "HKUM", "K": "JLI", "L": "KO",
    "Z": "XA", "X": "ZCS", "C": "XVD", "V": "CBF", "B": "VNG", "N": "BMH", "M": "NJ",
}  # fmt: skip
MISREAD = (("M", "RN"), ("RN", "M"), ("D", "CL"), ("O", "0"), ("I", "1"), ("I", "L"), ("L", "I"), ("S", "5"), ("B",
    "8"), ("N", "H"),
           ("H", "N"), ("U", "V"), ("E", "F"), ("G", "6"), ("Q", "O"), ("C", "G"), ("T", "I"), ("A", "4"))  # fmt: skip


def by_ear(word, chance):
    """The word as another would spell what was heard."""
    if len(word) < 3:
        return word
    fate = chance.random()
    if fate < 0.14:
        return _doubling(word, chance)
    if fate < 0.24:
        return _final(word, chance)
    fitting = [each for each in BY_EAR if each[0] in word]
    if not fitting:
        return _final(word, chance)
    old, new, _weight = chance.choices(fitting, [each[2] for each in fitting])[0]
    return _once(word, old, new, chance)


def _doubling(word, chance):
    places = [at for at in range(1, len(word)) if word[at] in DOUBLED]
    if not places:
        return word
    at = chance.choice(places)
    return word[:at] + word[at + 1 :] if word[at] == word[at - 1] else word[:at] + word[at] + word[at:]


def _final(word, chance):
    """H and K behind a vowel come and go, as in Aisya and Aisyah; so do the I and E of the end."""
    last = word[-1]
    if last == "H" or (last == "K" and len(word) > 4):
        return word[:-1]
    if last == "I":
        return word[:-1] + chance.choice(("Y", "IE", "IH"))
    return word + "H" if last in VOWELS else word


def _once(word, old, new, chance):
    places = [at for at in range(len(word)) if word.startswith(old, at)]
    at = chance.choice(places)
    return word[:at] + new + word[at + len(old) :]


def old_spelling(word):
    """As before 1972: Soekarno, Djoko, Tjahjono. Only the first rule that fits twice, then the next."""
    changed, done = word, 0
    for new, old in OLD:
        if new in changed and old not in changed and done < 2:
            changed = changed.replace(new, old)
            done += 1
    return changed


def mistyped(word, chance):
    """One slip at the keyboard: a letter too many, too few, of the next key, or two in the wrong order."""
    letters = [at for at in range(len(word)) if word[at].isalpha()]
    if len(letters) < 3:
        return word
    at, fate = chance.choice(letters), chance.random()
    if fate < 0.3:
        return word[:at] + word[at + 1 :]
    if fate < 0.55:
        return word[:at] + chance.choice(KEYS.get(word[at], "A")) + word[at + 1 :]
    if fate < 0.7:
        return word[:at] + word[at] + word[at:]
    if fate < 0.8:
        return word[:at] + chance.choice(KEYS.get(word[at], "A")) + word[at:]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def misread(word, chance):
    """As a scanner reads a bad copy."""
    fitting = [pair for pair in MISREAD if pair[0] in word]
    return _once(word, *chance.choice(fitting), chance) if fitting else word


def shortened(parts, chance):
    """MUHAMMAD as M., SITI as ST., or the last part as its first letter."""
    known = [at for at, part in enumerate(parts) if part in SHORT]
    if known and chance.random() < 0.8:
        at = chance.choice(known)
        return [*parts[:at], chance.choice(SHORT[parts[at]]), *parts[at + 1 :]]
    if len(parts) > 1:
        at = chance.randrange(1, len(parts))
        return [*parts[:at], parts[at][0] + chance.choice(("", ".")), *parts[at + 1 :]]
    return parts


def dropped(parts, chance):
    """One part fewer: mostly the last, often the MUHAMMAD or SITI in front."""
    if len(parts) < 2:
        return parts
    if chance.random() < 0.62:
        return parts[:-1]
    at = chance.randrange(len(parts))
    return [*parts[:at], *parts[at + 1 :]]


def turned(parts, chance):
    """The order of two parts changed, as with forms that ask for the family name first."""
    if len(parts) < 2:
        return parts
    return [parts[-1], *parts[:-1]] if chance.random() < 0.6 else [*parts[1:], parts[0]]


def joined(parts, chance):
    """Two parts written as one, or one long part as two."""
    if len(parts) > 1 and chance.random() < 0.65:
        at = chance.randrange(len(parts) - 1)
        return [*parts[:at], parts[at] + parts[at + 1], *parts[at + 2 :]]
    long = [at for at, part in enumerate(parts) if len(part) > 6]
    if not long:
        return parts
    at = chance.choice(long)
    cut = chance.randrange(3, len(parts[at]) - 2)
    return [*parts[:at], parts[at][:cut], parts[at][cut:], *parts[at + 1 :]]


def digit_slip(digits, chance):
    """One figure wrong, or two neighbours in the wrong order."""
    at = chance.randrange(len(digits) - 1)
    if chance.random() < 0.35:
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    other = str((int(digits[at]) + chance.randrange(1, 10)) % 10)
    return digits[:at] + other + digits[at + 1 :]
