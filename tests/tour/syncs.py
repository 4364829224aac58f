"""syncs.py - real programs on a disk whose syncs fail with EIO, file by file, for as long as somebody wants.

The disk is tests/tour/failing_sync.c, which is compiled here and loaded before the system's own library.
"""
import contextlib
import os
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE_S = 60


class Syncs:
    """env: of a program that shall be on this disk."""

    def __init__(self, folder):
        self.folder = folder
        os.makedirs(folder)
        library = os.path.join(folder, "failing_sync.so")
        subprocess.run(["cc", "-D_GNU_SOURCE", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "failing_sync.c"), "-ldl"], check=True)
        asan = ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0")))
        self.env = {**os.environ, "LD_PRELOAD": library, "FAILING_SYNC": folder, "ASAN_OPTIONS": asan}

    @contextlib.contextmanager
    def failing(self, *names):
        for name in names:
            with open(os.path.join(self.folder, name), "w", encoding="ascii"):
                pass
        try:
            yield
        finally:
            for name in names:
                os.remove(os.path.join(self.folder, name))

    def count(self, line):
        """How often that happened: "began 4711" where a program begins (anew, too), "failed kiosk.db" where a sync does."""
        path = os.path.join(self.folder, "log")
        if not os.path.exists(path):
            return 0
        with open(path, encoding="ascii") as file:
            return file.read().splitlines().count(line)

    def until(self, line, more_than):
        end = time.monotonic() + PATIENCE_S
        while self.count(line) <= more_than:
            assert time.monotonic() < end, f"never again: {line}"
            time.sleep(0.01)
