"""Addresses of the desk that lead to reports."""

from django.urls import path

from simpul.desk.views import event_codes, reports, search, triage, ways

urlpatterns = [
    path("laporan/", triage.queue, name="queue"),
    path("laporan/semua/", reports.reports, name="reports"),
    path("laporan/<str:number>/", reports.report, name="report"),
    path("laporan/<str:number>/tanya/", triage.ask, name="report_ask"),
    path("laporan/<str:number>/terima/", triage.accept, name="report_accept"),
    path("laporan/<str:number>/teruskan/", triage.pass_on, name="report_pass_on"),
    path("laporan/<str:number>/gabung/", triage.merge, name="report_merge"),
    path("laporan/<str:number>/sisihkan/", triage.set_aside, name="report_set_aside"),
    path("laporan/<str:number>/buka-lagi/", triage.take_up, name="report_take_up"),
    path("laporan/<str:number>/tulis/", reports.write, name="report_write"),
    path("laporan/<str:number>/jalur/", ways.of_report, name="report_way"),
    path("laporan/<str:number>/temuan/", reports.finding, name="report_finding"),
    path("laporan/<str:number>/temuan/<int:pk>/hapus/", reports.strike, name="report_strike"),
    path("laporan/<str:number>/indikator/", reports.indicator, name="report_indicator"),
    path("laporan/<str:number>/kontak/", reports.contact, name="report_contact"),
    path("laporan/<str:number>/berkas/<uuid:pk>/", reports.attachment, name="attachment"),
    path("laporan/<str:number>/pengecualian/", reports.exclusion, name="report_exclusion"),
    path("cari/", search.search, name="search"),
    path("kode-acara/", event_codes.event_codes, name="event_codes"),
    path("kode-acara/<str:code>/", event_codes.sheet, name="event_code"),
    path("kode-acara/<str:code>/akhiri/", event_codes.end, name="event_code_end"),
]
