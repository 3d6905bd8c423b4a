"""Addresses of the summary, the region's month, the map and the tables."""

from django.urls import path

from simpul.desk.views import figures, region, routes, summary

urlpatterns = [
    path("ringkasan/", summary.summary, name="summary"),
    path("wilayah/", region.region, name="region"),
    path("wilayah/cetak/", region.paper, name="region_paper"),
    path("jalur/", routes.routes_, name="routes"),
    path("peta/", figures.map_, name="map"),
    path("peta/tabel/", figures.table, name="figure_table"),
    path("peta/tabel/unduh/", figures.download, name="figure_download"),
]
