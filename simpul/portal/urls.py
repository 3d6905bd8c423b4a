from django.urls import path

from simpul.portal.views import pages, report, track

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("lapor/", report.report, name="report"),
    path("lapor/disimpan/", track.saved, name="saved"),
    path("lacak/", track.track, name="track"),
    path("bantuan/", pages.numbers, name="help"),
    path("keluar/", pages.leave, name="leave"),
]
