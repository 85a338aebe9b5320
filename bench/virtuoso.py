"""Virtuoso 7 (Debian: `virtuoso-opensource-7-bin`): its configuration, and how it loads a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.machine import finish

SERVER, CLIENT = "virtuoso-t", "isql-vt"
DEFAULT = "urn:bench:default"
"""Where it puts triples without a graph; queries name it, since its own default graph is the union of all."""

_CONFIGURATION = """\
[Database]
DatabaseFile = {home}/virtuoso.db
ErrorLogFile = {home}/virtuoso.log
LockFile = {home}/virtuoso.lck
TransactionFile = {home}/virtuoso.trx
xa_persistent_file = {home}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {home}/temporary.db
TransactionFile = {home}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
ServerThreads = 40
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = {data}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {home}
ServerThreads = 32
MaxKeepAlives = 32
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 1000000
"""


def installed() -> bool:
    """Whether both its programs are found."""
    return bool(shutil.which(SERVER) and shutil.which(CLIENT))


def about() -> str:
    """Its name and version, from its own usage text."""
    said = subprocess.run([SERVER, "-?"], capture_output=True, text=True, check=False)
    line = next((line for line in (said.stdout + said.stderr).splitlines() if line.startswith("Version")), "Version ?")
    return f"Virtuoso {line.split()[1]}"


def command(home: Path, data: Path, port: int, http: int, buffers: int = 170_000) -> list[str]:
    """Write the configuration below `home` and give the command that serves by it; it may read files in `data`. A buffer has 8 KiB."""
    home.mkdir(parents=True)
    file = home / "virtuoso.ini"
    numbers = {"port": port, "http": http, "buffers": buffers, "dirty": buffers * 3 // 4}
    file.write_text(_CONFIGURATION.format(home=home, data=data, **numbers), encoding="ascii")
    return [SERVER, "+foreground", "+configfile", str(file)]


def load(file: Path, port: int) -> None:
    """Load an N-Quads file. Raises BenchError; what it could not read shows when its answers are compared."""
    for statement in (f"ld_dir('{file.parent}', '{file.name}', '{DEFAULT}')", "rdf_loader_run()", "checkpoint"):
        finish([CLIENT, str(port), "dba", "dba", f"exec={statement};"])
