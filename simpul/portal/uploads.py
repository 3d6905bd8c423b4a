"""Uploads are held in memory and never written to a disk before they are sealed."""

from django.core.files.uploadhandler import MemoryFileUploadHandler


class MemoryQuota(MemoryFileUploadHandler):
    pass
