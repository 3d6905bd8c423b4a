from django.urls import path

from simpul.portal.views import complaints, pages, parcels, report, track

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("lapor/", report.report, name="report"),
    path("lapor/disimpan/", track.saved, name="saved"),
    path("lacak/", track.track, name="track"),
    path("keluhan/", complaints.complaint, name="complaint"),
    path("rujukan/<str:token>/", parcels.parcel, name="parcel"),
    path("bantuan/", pages.numbers, name="help"),
    path("keluar/", pages.leave, name="leave"),
]
