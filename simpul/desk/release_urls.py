"""Addresses of open data: releases, and to whom they were handed."""

from django.urls import path

from simpul.desk.views import releases

RELEASE = "data-terbuka/<str:number>/"

urlpatterns = [
    path("data-terbuka/", releases.releases, name="releases"),
    path("data-terbuka/baru/", releases.new, name="release_new"),
    path("data-terbuka/anggaran/", releases.budget, name="noise_budget"),
    path("data-terbuka/penyerahan/", releases.deliveries, name="deliveries"),
    path(RELEASE, releases.release, name="release"),
    path(f"{RELEASE}setujui/", releases.approve, name="release_approve"),
    path(f"{RELEASE}terbitkan/", releases.publish, name="release_publish"),
    path(f"{RELEASE}tarik/", releases.withdraw, name="release_withdraw"),
    path(f"{RELEASE}buang/", releases.drop, name="release_drop"),
    path(f"{RELEASE}serahkan/", releases.deliver, name="release_deliver"),
]
