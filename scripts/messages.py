"""Collect what pages and rooms say into locale/id, and tell what is not translated yet.

Run it after changing a sentence: `make messages`, then translate what it lists. Needs xgettext (package gettext).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"
# The head says nothing about days and persons, so that collecting anew changes only what was said anew.
HEAD = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "id",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def main():
    if not shutil.which("xgettext"):
        print("xgettext is missing. Install the package gettext and run this again.")
        return 2
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "django", "makemessages", "--locale=id", "--no-location", "--no-obsolete",
        "--no-wrap", "--ignore=.venv", "--ignore=var", "--ignore=tests", "--ignore=scripts", "--ignore=bench",
    ]  # fmt: skip
    # Collecting needs no settings, and with them would look into the packages too.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, env=environment)
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=0)
    catalogue.metadata, catalogue.header = HEAD, ""
    for entry in catalogue.fuzzy_entries():
        # A guess from a similar sentence is no translation.
        entry.msgstr = ""
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.flags.remove("fuzzy")
    catalogue.save()
    return tell(catalogue)


def tell(catalogue):
    missing = catalogue.untranslated_entries()
    for entry in missing:
        print(f"not translated: {entry.msgid!r}")
    print(f"{len(catalogue.translated_entries())} sentences, {len(missing)} not translated.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
