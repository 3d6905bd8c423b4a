"""What is made once for a whole test run, by the process that needs it first: the others wait for it and take it."""

import fcntl
import os
import shutil

import pytest


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """`once(name, make)` gives a path that all processes of the run share; the first one fills it by `make(path)`."""
    own = tmp_path_factory.getbasetemp()
    # Processes side by side have folders of their own in the one of the run.
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def path_of(name, make):
        path = shared / name
        with open(shared / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                # Under its name there is nothing or the whole.
                unfinished = shared / f"{name}.unfinished"
                shutil.rmtree(unfinished, ignore_errors=True)
                make(unfinished)
                unfinished.rename(path)
        return path

    return path_of
