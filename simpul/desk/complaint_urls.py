"""Addresses of the desk that lead to complaints."""

from django.urls import path

from simpul.desk.views import complaints

urlpatterns = [
    path("keluhan/", complaints.complaints, name="complaints"),
    path("keluhan/<str:number>/", complaints.complaint, name="complaint"),
]
