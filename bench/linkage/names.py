"""Names of invented people, by community: what children are called there, and what is written behind it.

Each stock is in order of frequency, the most usual first. Nobody real is meant: a name is drawn part by part.
"""

from bisect import bisect
from itertools import accumulate


def words(text):
    return tuple(each.replace("_", " ") for each in text.upper().split())


class Stock:
    """Words drawn as people bear them: a few by many, most by few (Zipf's law with an offset)."""

    def __init__(self, text, *, slope=0.85, offset=3):
        self.words = words(text)
        self.heights = list(accumulate((rank + offset) ** -slope for rank in range(len(self.words))))

    def draw(self, chance):
        return self.words[bisect(self.heights, chance.random() * self.heights[-1])]


MUSLIM_MEN = Stock("""
    rizal hidayat fadli ridwan syaiful mustafa hendra ramli zulkifli saiful junaidi iskandar arifin mansur amir yahya
    sulaiman bakri effendi zainal rusdi sabran ruslan idris mahmud ishak hamid nasir usman jamal rahmat nazar arsyad
    effendy kurniawan saputra maulana akbar ilham dzulfikar fikri haikal luthfi ihsan taufik anwar rafi reza fajar
    ghazali thamrin marzuki masri mawardi suhaimi sapuan juhari rosli azhar azmi khairul kamarudin bahtiar darwis
    sayuti zakaria yunus hasbi hasbullah saidi morsidi mastur pauzi jefri dedi edi hairudin samsudin jalaludin
    asmadi asmuni jumadi sahrul sahdan wardi uray kartono tamrin hermanto asnawi busri mulyadi sukardi satria dimas
    aditya bayu galang rangga yoga""")
MUSLIM_WOMEN = Stock("""
    aisyah zainab hasnah rosnah latifah salmah hamidah rukiah nurhayati suryani erna mardiana jamilah saudah zaleha
    asiah salbiah rabiah ramlah hadijah kartini sarinah mulyani fitriani suhaini rahmawati masnah rusmini nuraini
    wahidah yulianti novita ayu dewi eka dian putri indah citra mega sofia nadia amelia safitri anisa salsabila
    zahra nabila hafsah husna marlina nurlela siska desi yuni rini rina tuti hayati farida mahani raudah sapiah
    jumiah juriah saripah salamah patimah maimunah hindun kamariah normah zuraidah hartini ernawati julaiha hapsah
    misbah sumarni rosita melati kenanga mastura noraini sariyah unai uray sawiyah nadirah syarifah""")
JAVANESE_MEN = Stock("""
    agus bambang slamet sutrisno wahyu joko sugeng mulyono supriyadi eko teguh suyono purwanto wagiman ngadiman sumarno
    kasmin paijo tukiman giyanto subandi sarjono parjo sukirman waluyo haryanto prayitno margono sunarto suroso
    ponimin katimin jumadi yatno setyo budiono widodo sudarmo suwito sutejo sardi ngatijo mujiono tarmin supardi
    rohmad mukhlis nur cahyo dwi tri catur panca aris arief didik hari heru imam puji rudi santoso tono untung yudi
    kuncoro darsono karno kliwon legiman marsudi partono rebo saryono tumijan wiyono""")
JAVANESE_WOMEN = Stock("""
    sri siti dwi tri endang wahyuni sulastri suparmi ngatinah tukinem painem sumini kasiyem sutinah wagiyem lasmi
    rusmiyati yatmi sunarti suyati purwanti mujiati kustiyah parsini giyem poniyem sarinem jumirah marsih darmi tumini
    ratih retno wulan ningsih astuti utami puspita anjani kartika yuliana titik tutik nanik umi eni eny rahayu
    suprihatin winarsih watini karsinah ngadinah mursiti sukarti rohimah musyarofah nikmah istiqomah kholifah zulaikah
    masitoh tarmi warsini waginah legiyem paikem""")
JAVANESE_LAST = Stock("""
    prasetyo nugroho wibowo susanto setiawan kurniawan hartono saputro wijayanto santoso raharjo utomo purnomo susilo
    handoko sulistyo pamungkas hidayat kusumo cahyono riyanto widianto sasongko pranoto yuwono suryanto mulyanto
    budiarto sanjoyo prabowo siswanto""")
JAVANESE_LAST_WOMEN = Stock("""
    lestari rahayu handayani wulandari astuti susanti kusumawati setyowati widyastuti ningsih purwaningsih hastuti
    mulyani puspitasari anggraeni rahmawati utami kurniasih pratiwi ningrum safitri wahyuningsih suryani yuliani
    fitriani indrawati palupi oktaviani lutfiana""")
MADURESE_MEN = Stock("""
    matrawi mattali busiri moni holil sahri marsuki hosen hosnan misnadi sahid sunawi jumali tohari samsuri saleh
    bunadin durahman bahri musleh muhlis rofik samsul halili rohim sanimin asmoni subaidi suhri mawi tarip
    mahfud mudakkir munawi jali suja'i satimin hanafi juhari musawwir moksin badrus""")
MADURESE_WOMEN = Stock("""
    misnatun holifah hotijah sahriya maimona sumiyati hosniyah munawaroh suhriyah buna rohemah muniroh tolak sitiya
    juma'ati samsiyah marsuna satuna munah hatijah hamimah rukayyah sunarya misriyah halimatus zahroh nurul faizah
    asmaniyah mutmainnah sanima tija sutima arbaiyah""")
SUNDANESE_MEN = Stock("""
    asep dadang cecep ujang dede endang tatang aceng yayat entis jajang nanang deden encep iwan ade rohman wawan
    agus dudi uus oman maman engkos adang tisna kosasih sarip karna sukandi omon apendi enjang ruhiyat odang ahmad
    hilman gilang rizky fauzan ikbal rendi andri heri irwan ohan endin ece""")
SUNDANESE_WOMEN = Stock("""
    euis neng iis teti tati imas nining cucu ai elis dede ikah nyai enung wiwin yayah eneng ika entin rohayati iceu
    kokom titin tita lilis rina nurhayati cicih mimin onih sumiati jubaedah aan mamah juju empat engkar rita isah
    uum romlah sopiah siti ayi intan rena tarsih idah popon""")
SUNDANESE_LAST = Stock("""
    saepudin supriatna hidayat mulyana suryana kurnia rohmana gunawan permana sutisna solihin herdiana komarudin
    suherman sudrajat rustandi ramdani kosasih nugraha wiguna suparman sobandi hermawan somantri iskandar rohimat
    sasmita wijaya maulana mustopa jaenudin setiadi""")
SUNDANESE_LAST_WOMEN = Stock("""
    rohaeni nurjanah kurniasih rohayati suryani lestari rostiana komalasari maryati sukaesih nuraeni mulyati
    fitriani sumiati sutiah hasanah wahyuni karlina herlina rosmiati kartika nurlaela saadah hamidah susilawati
    yulianti agustina""")
CATHOLIC_MEN = Stock("""
    fransiskus antonius paulus markus lukas agustinus ignatius thomas yakobus yosafat kornelius silvester hendrikus
    blasius bernadus stanislaus aloysius emanuel gabriel rafael filipus bartolomeus matius klemens florianus
    laurensius vinsensius albertus donatus eligius urbanus wilhelmus viktor yustinus siprianus marselinus herkulanus
    hironimus kanisius tarsisius ambrosius nikodemus damianus arnoldus gaudensius rikardus timotius oktavianus
    valentinus sebastianus kosmas leo edmundus heribertus""")
CATHOLIC_WOMEN = Stock("""
    anastasia elisabet natalia bernadeta yuliana kristina fransiska agustina lusia anselina sisilia klara emilia
    magdalena oktaviana angela rosalia valentina skolastika imakulata filomena helena florida ursula kornelia marselina
    klaudia adriana yustina petronela wilhelmina apolonia yasinta modesta dionisia viktoria stefania gaudensia
    hendrika albertina fabiola marta yosefina regina brigita serafina paskalia delfina""")
KANAYATN = Stock("""
    jiran acong dongan sabin akim lipet asong bakir mangku abui nyangkot maniamas jokar rapael atin sabirin bukit aloi
    kadir bide ajin anjung jampi asuan tamu salam ligo manto sudin lagat kimtong ului dayun tingang badong garing
    toras jangkup sandang mulok nyandan ranto bilung pogang""")
KANAYATN_WOMEN = Stock("""
    minong sinah entik ijum liang nurai sanah unun dayang anun inang timah sunai bunga rinsi jawa inon sihung bulan
    enot nyarong ipok layang sudai ganti munah sariun tipah ramuk""")
IBAN_MEN = Stock("""
    jawan unggau ringin sanggin belayan jugah tuah nyambar empaling sigat mambang kanang medan rengayong bujang liman
    gawing sulau igoh engkamat lanyau rayong manggat gerijih jimbun kedang ugap nanang semada ensali guyu baling
    tawi umpang nibong chundang langgong juing balan asun kelambu saban""")
IBAN_WOMEN = Stock("""
    siah sulang indai remi senabung bunsu tipong dayah lemai suri impin enggong rimah landu ensuna jelia menti rabun
    kumang lulong unchi lada bulan sangai gading temaga rinda seli tambong ladi""")
BIDAYUH = Stock("""
    jinep nyain rajen sijon nobi midan atos minggu kibo nyiet aben dinis rikin tajo sumuk neban sapin ganek jaya ului
    laces pinos abon rinus maring deman ridu sagen amak kundung nosen tabu ahon pasi gendu ngumbang""")
BIDAYUH_WOMEN = Stock("""
    sinot dayu siyum nuha nyaum lehe runi sipan nyari ngiya risah temi singa renan sitim doren sabun inyo gawan
    nison mijet sukin rumi cidai""")
# Family names as Hakka and Teochew people write them, with the other romanisations of the same character.
CHINESE_FAMILY = (
    ("LIM", "LIEM", "LIN"), ("TAN", "CHEN", "TJHIN", "CHIN"), ("BONG", "WONG", "HUANG", "NG"), ("THIO", "TEO",
    "CHONG", "TJONG"),
    ("KHO", "KO", "SHU"), ("LI", "LIE", "LEE"), ("NG", "NGO", "GOH"), ("LAI", "LAY"), ("JUNG", "YONG", "NJOENG"),
    ("BUN", "BOEN", "WEN"),
    ("CHIA", "TJHIA", "SIA"), ("SIM", "SHEN"), ("LO", "LUO", "LOH"), ("CU", "TJU", "CHU"), ("KWEE", "KWE", "KUE"),
    ("PHANG", "PANG"), ("HIU", "HIEW", "KHIU"), ("DJONG", "CHUNG", "TJUNG"), ("SUN", "SOEN"), ("FONG", "FUNG"),
    ("TJIA", "CHIA"),
)  # fmt: skip
CHINESE_FAMILY_WEIGHTS = list(accumulate((rank + 2) ** -0.8 for rank in range(len(CHINESE_FAMILY))))
CHINESE_MEN = Stock("""
    kim min sin khiong fuk nyian on jan siu kiun jit hon bui djin khim sen jun liong djung hian tet miau kong chiu
    nam kui theng hok lip phin thian ket fui sung""")
CHINESE_WOMEN = Stock("""
    moi jin ngo lan kiau nyuk fung miau khim djiu lian jun cu hiong siok ngim kiok chin fa ling siu mei sian hui kwui
    thin lie ying eng hwa""")
INDONESIAN_MEN = Stock("""
    hendra susanto tedy antoni edy wijaya budiman halim wirawan johan herman steven ricky felix wiliam hartono
    jimmy suwanto lukito tjandra rudy sutanto andy vincent kelvin yanto""")
INDONESIAN_WOMEN = Stock("""
    lily yenny susan mei fenny lusiana yulia merry selvi jessica veronica angelina susi tjandra wati vivi kristin
    novia stella melisa aling herlin evi noni""")
BUGIS_MEN = Stock("""
    andi baso tahir sudirman latang beddu muhtar amiruddin kaharuddin syamsuddin jufri palinrungi sultan makmur nurdin
    mappa saharuddin arsyad tajuddin pabe sakka hasanuddin rusli lawi bennu kamaruddin massi wahab salli""")
BUGIS_WOMEN = Stock("""
    andi besse hasnawati suriani nurhaeda hasmah indo rosmini tenri nuraeni sitti rabiah sanawiah jumriani kartini
    hatija murni hawiah isa nursiah bunga hasriani fatma risma salma wahidah""")
BATAK_MEN = Stock("""
    jonson parulian saut tumpal hotman ramot bonar manaek robinson poltak jhon marulak binsar maruli togar pangihutan
    lamhot hasudungan tohap daniel roy ferdinan sabar rikardo""")
BATAK_WOMEN = Stock("""
    tiur rotua hotmaida lamria nurmala rosdiana tiurma dameria netty lasma sondang risma marintan ernita delima
    tiarma martha riris juliana romauli""")
BATAK_LAST = Stock("""
    simanjuntak siregar nainggolan sitompul hutagalung manurung situmorang panjaitan simbolon sihombing pasaribu
    tampubolon harahap lubis purba ginting tarigan saragih silalahi marpaung gultom""")
FLORES_LAST = Stock("""
    dasilva parera lamak keraf wea mite nggadas jehadut ola kleden bere seran nahak taek tefa nenobais boimau manek
    bria klau fahik tkela nono tnunay liunokas bani sabneno ndapa umbu rambu pekuwali dapa ngongo bili lende nono
    kolo usboko kefi atini lawe tukan hurint witin nuhan doren pati gare sogo wangge jawa demon bura maran tokan
    koten lebuan kewa bala goma bau mau lae lobo tobe tfuakani snae sila""")
MINANG_MEN = Stock("""
    afrizal syafrizal yulfian hendri masrizal zulfahmi asrul jasril nofrizal bustami desrizal rinaldi ardian yuhendri
    syahril azwar ermanto benny irwandi darmawan emrizal sawir""")
MINANG_WOMEN = Stock("""
    yusmaini elmi yenita desmiati nelvi zulhelmi nurbaiti erni rosmaniar yulinar gusneti asnidar mardiani yarnis
    silvia desnita ernawita fitri ermiwati wirda""")
MINANG_LAST = Stock("""
    chaniago piliang koto tanjung sikumbang jambak caniago guci putra rahman yendri saputra effendi malik""")

NICKNAMES_MEN = Stock("""
    itam usu ucok bang_long ngah along acik adi anto apui akiong ahin agong iwan dul mat usup kulup angah pendi oteng
    bujal atan udin_kecil tole gondrong botak ameng abeng ikal kancil unggal""")
NICKNAMES_WOMEN = Stock("""
    uning ijah yati ina neneng angah usu acik moi_moi atik nonong yuyun lisa wiwik mimi cece aling amui iyah timah eneng
    upik butet nona ina_kecil ning unyil jannah""")

# Beginnings and ends of rare names: everybody has met one or two of each, nobody all.
RARE = {
    "jawa": (words("su ku dar pur har mar wi ngat pon sar kar war tu ra sa mu pra jo"),
             words("ki mi ti ya na ji di ta har bu ni gi wa"), words("no to yo man min jo di"),
             words("ti nem yem nah ni ngsih yah tun")),
    "melayu": (words("sya ja ma ham zul khai az ras mus jum bah sah ru na fir has dar"),
               words("ri li mi hi di ma ni ru la wi"), words("din man zan syah rul wan di far"),
               words("nah wati dah yah niar rah sari lia")),
    "dayak": (words("ba nya ka sa a ji lu ma ti bu la em seng u do"), words("ng ra la nga mbi nda ka ri nji"),
              words("n k ng t u i an at"), words("h n ng i m at ai ok")),
    "flores": (words("be la na mo ti ko ka wa du no bo se"), words("ra ka ta li bo ne mbu na to"),
               words("k n s t u o e ng"), words("k n s t u o e a")),
}  # fmt: skip


def rare(chance, kind, sex):
    """A name made of parts, as few others have it."""
    begin, middle, men, women = RARE[kind]
    ends = men if sex == "L" else women
    middles = chance.choice(middle) if chance.random() < 0.6 else ""
    return chance.choice(begin) + middles + chance.choice(ends)


def chinese_family(chance):
    return CHINESE_FAMILY[bisect(CHINESE_FAMILY_WEIGHTS, chance.random() * CHINESE_FAMILY_WEIGHTS[-1])]


def melayu(chance, sex, family):
    first = MUSLIM_MEN if sex == "L" else MUSLIM_WOMEN
    parts = [rare(chance, "melayu", sex) if chance.random() < 0.14 else first.draw(chance)]
    fate = chance.random()
    if fate < 0.45:
        parts.append(first.draw(chance))
    fate = chance.random()
    if sex == "L":
        before = "MUHAMMAD" if fate < 0.2 else "ABDUL" if fate < 0.27 else "AHMAD" if fate < 0.31 else ""
        before = before or ("URAY" if fate < 0.325 else "RADEN" if fate < 0.335 else "SYARIF" if fate < 0.35 else "")
    else:
        before = (
            "SITI"
            if fate < 0.14
            else "NUR"
            if fate < 0.2
            else "SRI"
            if fate < 0.22
            else "DAYANG"
            if fate < 0.24
            else ""
        )
    return [before, *parts] if before else parts


def jawa(chance, sex, family):
    first, last = (JAVANESE_MEN, JAVANESE_LAST) if sex == "L" else (JAVANESE_WOMEN, JAVANESE_LAST_WOMEN)
    parts = [rare(chance, "jawa", sex) if chance.random() < 0.22 else first.draw(chance)]
    fate = chance.random()
    if fate < 0.28:
        return parts
    if fate < 0.42:
        parts.append(first.draw(chance))
    if fate > 0.36:
        parts.append(last.draw(chance))
    return parts


def madura(chance, sex, family):
    first = MADURESE_MEN if sex == "L" else MADURESE_WOMEN
    parts = [rare(chance, "melayu", sex) if chance.random() < 0.1 else first.draw(chance)]
    fate = chance.random()
    if sex == "L" and fate < 0.3:
        return [("MOHAMMAD", "ABDUL", "AHMAD")[int(fate * 10)], *parts]
    if sex == "P" and fate < 0.25:
        return ["SITI", *parts]
    return [*parts, first.draw(chance)] if fate > 0.8 else parts


def sunda(chance, sex, family):
    first, last = (SUNDANESE_MEN, SUNDANESE_LAST) if sex == "L" else (SUNDANESE_WOMEN, SUNDANESE_LAST_WOMEN)
    parts = [first.draw(chance)]
    if chance.random() < 0.25:
        parts.append((MUSLIM_MEN if sex == "L" else MUSLIM_WOMEN).draw(chance))
    if chance.random() < 0.72:
        parts.append(last.draw(chance))
    return parts


def dayak(chance, sex, own, christened):
    baptism = (CATHOLIC_MEN if sex == "L" else CATHOLIC_WOMEN).draw(chance)
    native = rare(chance, "dayak", sex) if chance.random() < 0.25 else own.draw(chance)
    if chance.random() >= christened:
        return [native]
    fate = chance.random()
    if fate < 0.12:
        return [baptism]
    return [baptism, native] if fate < 0.85 else [baptism, native, own.draw(chance)]


def kanayatn(chance, sex, family):
    return dayak(chance, sex, KANAYATN if sex == "L" else KANAYATN_WOMEN, 0.8)


def iban(chance, sex, family):
    return dayak(chance, sex, IBAN_MEN if sex == "L" else IBAN_WOMEN, 0.4)


def bidayuh(chance, sex, family):
    return dayak(chance, sex, BIDAYUH if sex == "L" else BIDAYUH_WOMEN, 0.75)


def tionghoa(chance, sex, family):
    chinese = CHINESE_MEN if sex == "L" else CHINESE_WOMEN
    indonesian = (INDONESIAN_MEN if sex == "L" else INDONESIAN_WOMEN).draw(chance)
    own = [family or chinese_family(chance)[0], chinese.draw(chance), chinese.draw(chance)]
    fate = chance.random()
    if fate < 0.5:
        return own
    if fate < 0.72:
        return [indonesian, *own[:1]]
    return [indonesian, (INDONESIAN_MEN if fate < 0.86 else JAVANESE_LAST).draw(chance)]


def bugis(chance, sex, family):
    first = BUGIS_MEN if sex == "L" else BUGIS_WOMEN
    other = MUSLIM_MEN if sex == "L" else MUSLIM_WOMEN
    parts = [first.draw(chance)]
    if parts[0] == "ANDI" or chance.random() < 0.35:
        parts.append((first if chance.random() < 0.5 else other).draw(chance))
    return parts


def batak(chance, sex, family):
    first = BATAK_MEN if sex == "L" else BATAK_WOMEN
    parts = [first.draw(chance)]
    if chance.random() < 0.3:
        parts.append(first.draw(chance))
    return [*parts, family or BATAK_LAST.draw(chance)]


def flores(chance, sex, family):
    first = CATHOLIC_MEN if sex == "L" else CATHOLIC_WOMEN
    parts = [first.draw(chance)]
    if chance.random() < 0.35:
        parts.append(first.draw(chance) if chance.random() < 0.5 else rare(chance, "flores", sex))
    if chance.random() < 0.85:
        parts.append(family or FLORES_LAST.draw(chance))
    return parts


def minang(chance, sex, family):
    first = MINANG_MEN if sex == "L" else MINANG_WOMEN
    parts = [first.draw(chance)]
    if chance.random() < 0.35:
        parts.append((MUSLIM_MEN if sex == "L" else MUSLIM_WOMEN).draw(chance))
    return [*parts, MINANG_LAST.draw(chance)] if sex == "L" and chance.random() < 0.3 else parts


NAMING = {
    "melayu": melayu, "jawa": jawa, "madura": madura, "sunda": sunda, "kanayatn": kanayatn, "iban": iban,
    "bidayuh": bidayuh, "tionghoa": tionghoa, "bugis": bugis, "batak": batak, "flores": flores, "minang": minang,
}  # fmt: skip
MUSLIM = {"melayu", "jawa", "madura", "sunda", "bugis", "minang"}
# Where a name hands on to the children what stands first (Chinese) or last.
FAMILY_FIRST, FAMILY_LAST = {"tionghoa"}, {"batak", "flores"}
