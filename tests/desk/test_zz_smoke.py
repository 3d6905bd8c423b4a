import pytest, re
from django.utils import timezone
from tests.world import World
from simpul.cases import referrals, emergency, services, rights
from simpul.persons import consents
from simpul.agencies import exclusions

def go(client, officer, url, data=None, show=False):
    client.force_login(officer); ss=client.session; ss['second_factor']=True; ss.save()
    r = client.get(url) if data is None else client.post(url, data)
    print(r.status_code, officer.username, url, r.headers.get("Location",""))
    if r.status_code==422:
        print(re.findall(r'class="error">([^<]*)|<li>(?:<a[^>]*>)?([^<]*)', r.content.decode()))
    return r

def test_smoke(db, client):
    w = World(timezone.now())
    c = w.case()
    n = c.number
    b = f"/desk/kasus/{n}/"
    assert go(client, w.rina, "/desk/kasus/").status_code == 200
    go(client, w.rina, "/desk/kasus/baru/")
    go(client, w.rina, "/desk/kasus/baru/", {"place": "jagoi", "cari":"place"})
    go(client, w.rina, "/desk/kasus/baru/", {"place": "jagoi", "place_kode":"61.07.07.2001", "place_untuk":"jagoi", "summary":"x"})
    go(client, w.rina, b+"orang/")
    go(client, w.rina, b+"orang/", {"part":"victim","name":"Melati Kusuma","birth_year":"2010","childhood":"child","nik":"123", "home":"Jagoi"})
    go(client, w.rina, b+"orang/", {"part":"victim","name":"Melati Kusuma","birth_year":"2010","childhood":"child","nik":"6107071234567890", "phone":"081255551111"})
    p = c.involvements.get()
    pb = b+f"orang/{p.pk}/"
    for u in ["", "ubah/","status/","persetujuan/"]:
        go(client, w.rina, pb+u)
    go(client, w.rina, pb+"tampilkan/", {"tampilkan":"nik"})
    go(client, w.rina, pb+"status/", {"status":"victim"})
    go(client, w.rina, pb+"ubah/", {"name":"Melati K","birth_year":"2010","childhood":"disputed"})
    go(client, w.rina, pb+"persetujuan/", {"purpose":"referral","shared":["name","phone"],"given_by":"self"})
    go(client, w.rina, pb+f"persetujuan/{p.person.consents.get().pk}/cabut/", {})
    go(client, w.rina, b+f"layanan/baru/?orang={p.pk}")
    go(client, w.rina, b+f"layanan/baru/?orang={p.pk}", {"kind":"social_rehabilitation","need":"x","giver":"another"})
    s = c.services.get()
    go(client, w.rina, b+f"layanan/{s.pk}/")
    go(client, w.rina, b+f"rujukan/baru/?layanan={s.pk}")
    go(client, w.rina, b+f"rujukan/baru/?layanan={s.pk}", {"to":w.dinsos.pk,"need":"Tolong","shared":["name","sex"],"basis":"consent"})
    go(client, w.rina, b+f"rujukan/baru/?layanan={s.pk}", {"to":w.dinsos.pk,"need":"Tolong","shared":["name","sex"],"basis":"vital_interests","basis_reason":"x","words_wishes":"pulang"})
    r = c.referrals.get()
    go(client, w.budi, "/desk/rujukan/")
    go(client, w.budi, f"/desk/rujukan/{r.pk}/")
    go(client, w.budi, f"/desk/rujukan/{r.pk}/tolak/", {})
    go(client, w.budi, f"/desk/rujukan/{r.pk}/terima/", {"answer":"ya"})
    go(client, w.budi, f"/desk/rujukan/{r.pk}/layanan/", {"to":"running"})
    go(client, w.budi, f"/desk/rujukan/{r.pk}/")
    go(client, w.rina, "/desk/rujukan/?lihat=keluar")
    for u in ["polisi/","ringkasan/","uraian/","tahap/","petugas/","pembaca/", "pengecualian/", f"pesan/?laporan={c.reports.get().number}"]:
        go(client, w.yanti, b+u)
    go(client, w.rina, b+"polisi/", {"number":"LP/B/1","reported_at":"2026-11-01T10:00"})
    go(client, w.rina, b+"ringkasan/", {"summary":"Ringkas"})
    go(client, w.rina, b+"uraian/", {"kinds":["sexual"],"is_sexual":"on"})
    go(client, w.rina, b+"tahap/", {"to":"assessment"})
    go(client, w.rina, b+"petugas/", {"officer":w.agus.pk})
    go(client, w.yanti, b+"pengecualian/", {"agency":w.hospital.pk})
    from simpul.obligations.models import Obligation
    for o in Obligation.objects.all(): go(client, w.rina, b+f"kewajiban/{o.pk}/"); print(o.rule,o.state)
    go(client, w.lina, "/desk/darurat/"); go(client, w.lina, "/desk/darurat/", {"number":n.lower(),"reason":"Korban terancam malam ini dan lembaga tidak menjawab."})
    x = go(client, w.lina, b); 
    x = go(client, w.rina, b); open("/tmp/deskB/file.html","w").write(x.content.decode())
    go(client, w.rina, b+f"darurat/{c.emergencies.get().pk}/", {})
    go(client, w.dewi, "/desk/kasus/"); go(client, w.dewi, b+"fakta/")
    go(client, w.wulan, "/desk/jurnal/"); go(client, w.wulan, f"/desk/jurnal/?berkas={n}&petugas={w.rina.pk}&tindakan=identity.read")
    go(client, w.tono, "/desk/petugas/"); go(client, w.tono, "/desk/petugas/baru/")
    go(client, w.tono, "/desk/petugas/baru/", {"full_name":"Ayu","username":"Ayu_1","agency":w.uptd.pk,"role":"companion"})
    go(client, w.tono, f"/desk/petugas/{w.rina.pk}/"); go(client, w.tono, f"/desk/petugas/{w.rina.pk}/", {"agency":w.uptd.pk,"role":"supervisor"})
    go(client, w.tono, f"/desk/petugas/{w.siti.pk}/akhiri/", {}); go(client, w.tono, "/desk/lembaga/baru/"); go(client, w.tono, "/desk/lembaga/baru/", {"name":"LBH","kind":"legal_aid","place":"Bengkayang","place_kode":"61.07","place_untuk":"Bengkayang"})
    go(client, w.siti, b); go(client, w.siti, b+"ringkasan/")
