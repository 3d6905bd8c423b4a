from django.urls import path

from simpul.portal.views import complaints, open_data, pages, parcels, report, track

app_name = "portal"
urlpatterns = [
    path("", pages.home, name="home"),
    path("lapor/", report.report, name="report"),
    path("lapor/disimpan/", track.saved, name="saved"),
    path("lacak/", track.track, name="track"),
    path("keluhan/", complaints.complaint, name="complaint"),
    path("rujukan/<str:token>/", parcels.parcel, name="parcel"),
    path("bantuan/", pages.numbers, name="help"),
    path("data/", open_data.newest, name="data"),
    path("data/kunci.txt", open_data.key, name="data_key"),
    path("data/<str:number>.json", open_data.as_json, name="data_json"),
    path("data/<str:number>.zip", open_data.as_package, name="data_package"),
    path("data/<str:number>/", open_data.release, name="data_release"),
    path("data/<str:number>/peta.svg", open_data.picture, name="data_picture"),
    path("data/<str:number>/<str:code>/", open_data.table, name="data_table"),
    path("keluar/", pages.leave, name="leave"),
]
