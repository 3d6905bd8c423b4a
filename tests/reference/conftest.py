import shutil

import pytest

from simpul.reference import catalogues, loading
from simpul.reference.models import Edition, Term


@pytest.fixture(autouse=True)
def _nothing_kept(request):
    """A test of this room begins with empty tables and without the memory of the one before it."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        Term.objects.all().delete()
        Edition.objects.all().delete()
    catalogues.forget()
    yield
    catalogues.forget()


@pytest.fixture
def loaded(db, now):
    """The catalogues as the files in `data/` have them."""
    return loading.load(at=now)


@pytest.fixture
def files(tmp_path, settings):
    """A copy of the data files that a test may change."""
    for path in settings.DATA.glob("*.csv"):
        shutil.copy(path, tmp_path)
    settings.DATA = tmp_path
    return Files(tmp_path)


class Files:
    """Changes to a copied file, as an operator would make them in an editor."""

    def __init__(self, folder):
        self.folder = folder

    def lines(self, name):
        return (self.folder / name).read_text().splitlines(keepends=True)

    def write(self, name, *lines):
        (self.folder / name).write_text("".join(lines))

    def replace(self, name, old, new):
        content = (self.folder / name).read_text()
        assert old in content, f"{name} has no {old!r} to change"
        (self.folder / name).write_text(content.replace(old, new, 1))

    def drop(self, name, start):
        lines = self.lines(name)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines), f"{name} has no line {start!r}"
        self.write(name, *kept)
