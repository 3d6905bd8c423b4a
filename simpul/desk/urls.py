"""Addresses of the desk."""

from django.urls import path

from simpul.desk import (
    alert_urls,
    case_urls,
    complaint_urls,
    figure_urls,
    law_urls,
    linkage_urls,
    manifest_urls,
    migrant_urls,
    privacy_urls,
    register_urls,
    release_urls,
    report_urls,
    vulnerability_urls,
)
from simpul.desk.views import officers, today

app_name = "desk"

urlpatterns = [
    path("", today.start, name="start"),
    path("hari-ini/", today.today, name="today"),
    path("kewajiban/<int:pk>/berkas/", today.file, name="file"),
    path("kerahasiaan/", officers.secrecy, name="secrecy"),
    path("saya/", officers.me, name="me"),
    *report_urls.urlpatterns,
    *case_urls.urlpatterns,
    *law_urls.urlpatterns,
    *complaint_urls.urlpatterns,
    *privacy_urls.urlpatterns,
    *manifest_urls.urlpatterns,
    *migrant_urls.urlpatterns,
    *register_urls.urlpatterns,
    *linkage_urls.urlpatterns,
    *figure_urls.urlpatterns,
    *alert_urls.urlpatterns,
    *release_urls.urlpatterns,
    *vulnerability_urls.urlpatterns,
]
