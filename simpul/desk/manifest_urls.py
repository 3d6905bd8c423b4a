"""Addresses of manifests and of the lists that become manifests or entries of the register."""

from django.urls import path

from simpul.desk.views import manifests, sheets
from simpul.migrants.models import Sheet

urlpatterns = [
    path("manifes/", manifests.manifests, name="manifests"),
    path("manifes/<str:number>/", manifests.manifest, name="manifest"),
    path("manifes/<str:number>/unduh/", manifests.download, name="manifest_download"),
    path("daftar/pemulangan/unggah/", sheets.upload, {"layout": Sheet.Layout.MANIFEST}, name="manifest_upload"),
    path("daftar/register/unggah/", sheets.upload, {"layout": Sheet.Layout.REGISTER}, name="register_upload"),
    path("daftar/<str:number>/", sheets.sheet, name="sheet"),
    path("daftar/<str:number>/kepala/", sheets.head, name="sheet_head"),
    path("daftar/<str:number>/kolom/", sheets.columns, name="sheet_columns"),
    path("daftar/<str:number>/jawaban/", sheets.answers, name="sheet_answers"),
    path("daftar/<str:number>/tanya-lagi/", sheets.again, name="sheet_again"),
    path("daftar/<str:number>/bukan-orang/", sheets.leave_out, name="sheet_leave_out"),
    path("daftar/<str:number>/terima/", sheets.take_in, name="sheet_take_in"),
    path("daftar/<str:number>/batalkan/", sheets.take_back, name="sheet_take_back"),
    path("daftar/<str:number>/singkirkan/", sheets.discard, name="sheet_discard"),
]
