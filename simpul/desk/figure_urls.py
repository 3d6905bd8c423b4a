"""Addresses of the map and the tables."""

from django.urls import path

from simpul.desk.views import figures

urlpatterns = [
    path("peta/", figures.map_, name="map"),
    path("peta/tabel/", figures.table, name="figure_table"),
    path("peta/tabel/unduh/", figures.download, name="figure_download"),
]
