"""Addresses of the desk that lead to requests about data, retention and erasure, and breaches."""

from django.urls import path

from simpul.desk.views import assessment, breaches, documents, requests, retention

REQUESTS = "kasus/<str:number>/permintaan/"
BREACH = "kebocoran/<str:number>/"

urlpatterns = [
    path("permintaan/", requests.request_list, name="requests"),
    path(REQUESTS, requests.in_case, name="case_requests"),
    path(f"{REQUESTS}baru/", requests.new, name="case_request_new"),
    path(f"{REQUESTS}<int:pk>/", requests.request_page, name="case_request"),
    path(f"{REQUESTS}<int:pk>/jawab/", requests.answer, name="case_request_answer"),
    path(f"{REQUESTS}<int:pk>/tolak/", requests.refuse, name="case_request_refuse"),
    path(f"{REQUESTS}<int:pk>/pembaca/", requests.readings, name="case_request_readings"),
    path(f"{REQUESTS}<int:pk>/cabut-pembatasan/", requests.lift_restriction, name="case_restriction_lift"),
    path("retensi/", retention.retention, name="retention"),
    path("retensi/aturan/", retention.rules, name="retention_rules"),
    path("retensi/berkas/<str:file>/", retention.propose, name="erasure_new"),
    path("retensi/berkas/<str:file>/tahan/", retention.hold, name="hold_new"),
    path("retensi/<int:pk>/", retention.erasure, name="erasure"),
    path("retensi/<int:pk>/tarik/", retention.take_back, name="erasure_take_back"),
    path("retensi/penahanan/<int:pk>/", retention.lift, name="hold"),
    path("penilaian-dampak/", assessment.assessment, name="assessment"),
    path("penilaian-dampak/cetak/", documents.assessment, name="assessment_printed"),
    path("kebocoran/", breaches.breaches, name="breaches"),
    path("kebocoran/baru/", breaches.new, name="breach_new"),
    path(BREACH, breaches.breach, name="breach"),
    path(f"{BREACH}daftar/", breaches.list_files, name="breach_list"),
    path(f"{BREACH}pembukaan/", breaches.list_openings, name="breach_openings"),
    path(f"{BREACH}daftar.csv", breaches.as_table, name="breach_table"),
    path(f"{BREACH}hentikan/", breaches.contain, name="breach_contain"),
    path(f"{BREACH}instansi/", breaches.tell_authority, name="breach_authority"),
    path(f"{BREACH}tutup/", breaches.close, name="breach_close"),
    path(f"{BREACH}surat/", breaches.notice, name="breach_notice"),
    path(f"{BREACH}terdampak/<int:pk>/", breaches.tell, name="breach_tell"),
]
