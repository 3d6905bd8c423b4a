"""Addresses of the desk that lead to cases, referrals, emergency access, the journal, officers and agencies."""

from django.urls import path

from simpul.desk.views import (
    agencies,
    cases,
    emergency,
    journal,
    obligations,
    officers,
    referrals,
    services,
    victims,
)

CASE = "kasus/<str:number>/"
PERSON = f"{CASE}orang/<int:pk>/"

urlpatterns = [
    path("kasus/", cases.cases, name="cases"),
    path("kasus/baru/", cases.new, name="case_new"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}fakta/", cases.facts, name="facts"),
    path(f"{CASE}ringkasan/", cases.summary, name="case_summary"),
    path(f"{CASE}uraian/", cases.describe, name="case_describe"),
    path(f"{CASE}tahap/", cases.stage, name="case_stage"),
    path(f"{CASE}petugas/", cases.assign, name="case_assign"),
    path(f"{CASE}petugas/<int:pk>/akhiri/", cases.release, name="case_release"),
    path(f"{CASE}polisi/", cases.police, name="case_police"),
    path(f"{CASE}pembaca/", cases.readers, name="case_readers"),
    path(f"{CASE}pengecualian/", cases.exclusion, name="case_exclusion"),
    path(f"{CASE}pengecualian/<int:pk>/cabut/", cases.lift, name="case_exclusion_lift"),
    path(f"{CASE}pesan/", cases.message, name="case_message"),
    path(f"{CASE}darurat/<int:pk>/", cases.review_emergency, name="case_emergency_review"),
    path(f"{CASE}orang/", victims.add, name="case_person_add"),
    path(PERSON, victims.person, name="case_person"),
    path(f"{PERSON}tampilkan/", victims.show, name="case_person_show"),
    path(f"{PERSON}ubah/", victims.correct, name="case_person_correct"),
    path(f"{PERSON}status/", victims.status, name="case_person_status"),
    path(f"{PERSON}tidak-dipidana/", victims.unpunished, name="case_person_unpunished"),
    path(f"{PERSON}persetujuan/", victims.consent, name="case_consent"),
    path(f"{PERSON}persetujuan/<int:consent_pk>/cabut/", victims.withdraw, name="case_consent_withdraw"),
    path(f"{CASE}layanan/baru/", services.new, name="case_service_new"),
    path(f"{CASE}layanan/<int:pk>/", services.service, name="case_service"),
    path(f"{CASE}rujukan/baru/", referrals.new, name="case_referral_new"),
    path(f"{CASE}kewajiban/<int:pk>/", obligations.obligation, name="case_obligation"),
    path("rujukan/", referrals.referral_list, name="referrals"),
    path("rujukan/<int:pk>/", referrals.referral, name="referral"),
    path("rujukan/<int:pk>/terima/", referrals.accept, name="referral_accept"),
    path("rujukan/<int:pk>/tolak/", referrals.decline, name="referral_decline"),
    path("rujukan/<int:pk>/tarik/", referrals.withdraw, name="referral_withdraw"),
    path("rujukan/<int:pk>/layanan/", referrals.move, name="referral_service"),
    path("darurat/", emergency.break_glass, name="emergency"),
    path("jurnal/", journal.journal, name="journal"),
    path("petugas/", officers.officer_list, name="officers"),
    path("petugas/baru/", officers.new, name="officer_new"),
    path("petugas/<int:pk>/", officers.officer, name="officer"),
    path("petugas/<int:pk>/kata-sandi/", officers.begin_anew, name="officer_begin_anew"),
    path("petugas/<int:pk>/akhiri/", officers.end, name="officer_end"),
    path("lembaga/baru/", agencies.new, name="agency_new"),
]
