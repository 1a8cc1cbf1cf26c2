"""The commands of `./run`. Each function is one; the first line of its docstring is its help."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable

from tools import machine, sbom
from tools.install import install, uv, uv_environment
from tools.machine import PYTHON, ROOT, TOOLS, VENV, Trouble
from tools.supervise import Kept, supervise
from tools.testing import both_databases

LISTS = ("requirements-uv", "requirements", "requirements-population", "requirements-test")
OF_A_FAMILY = (".yaml", ".yml", ".json")
Command = Callable[[list[str]], int]


def serve(_: list[str]) -> int:
    """(nothing)          sets up and starts the demo county; with CHENGNUO_DEMO=0 the county that was set up"""
    began = time.monotonic()
    port = machine.port()
    machine.need_port(port)
    install("requirements")
    env = environment()
    if code := _manage("prepare"):
        return code
    manage = [str(PYTHON), "manage.py"]
    programs = [Kept("web", web_server(port))]
    # the first page comes first: the others would take the processor from it
    others = [Kept("worker", [*manage, "work"])]
    if env["CHENGNUO_DEMO"] == "1":
        others.append(Kept("year", [*manage, "build_demo", "--year"], once=True))
    # each process of the server counts in a file of its own; those of the last start are gone with it
    counted = TOOLS / "metrics"
    shutil.rmtree(counted, ignore_errors=True)
    counted.mkdir(parents=True)
    env["PROMETHEUS_MULTIPROC_DIR"] = str(counted)
    supervise(programs, env, meanwhile=_greeting(port, began, then=lambda: programs.extend(others)))
    print("Stopped.")
    return 0


def test(arguments: list[str]) -> int:
    """test [pytest …]    sets up and passes the tests, on SQLite and on PostgreSQL, with a browser"""
    install("requirements-test")
    # before Django starts in the tests: it reads a catalogue once, and one that is not compiled yet it never asks for again
    return _manage("compile_words") or both_databases(arguments, environment())


def check(_: list[str]) -> int:
    """check              style, types, imports, dependencies, spelling"""
    install("requirements-test")
    checks = ("ruff check", "ruff format --check", "mypy", "lint-imports", "deptry .", "typos")
    failed = []
    for line in checks:
        print(f"— {line}", flush=True)
        name, *arguments = line.split()
        if subprocess.run([VENV / "bin" / name, *arguments], cwd=ROOT, env=environment(), check=False).returncode:
            failed.append(line)
    print(f"Not in order: {', '.join(failed)}." if failed else "All in order.")
    return bool(failed)


def bench(arguments: list[str]) -> int:
    """bench [part …]     measures, against the floor, in the same run"""
    install("requirements-test")
    return _python("-m", "bench", *arguments)


def verify(arguments: list[str]) -> int:
    """verify [export …]  verifies the log, of this database or of an export, as an outsider would"""
    if not arguments:
        install("requirements")
        export = str(ROOT / "var" / "log-export")
        if code := _manage("export_log", export):
            return code
        arguments = [export]
    # the machine's bare Python: the verifier needs nothing of ours
    return subprocess.run([sys.executable, ROOT / "tools" / "verify.py", *arguments], check=False).returncode


def doctor(_: list[str]) -> int:
    """doctor             says what is wrong here and how to mend it"""
    looks: list[Callable[[], None]] = [
        machine.need_folder,
        machine.need_space,
        machine.need_installer,
        _need_free_port,
        lambda: install("requirements"),
    ]
    troubles = []
    for look in looks:
        try:
            look()
        except Trouble as trouble:
            troubles.append(str(trouble))
    print("\n\n".join(troubles) or "The machine is in order.")
    return int(bool(_manage("doctor") or troubles)) if PYTHON.exists() else 1


def backup_key(arguments: list[str]) -> int:
    """backup-key [FILE]  makes the key to which backups are sealed; its private part goes into a safe"""
    install("requirements")
    return _manage("backup_key", *arguments)


def backup(arguments: list[str]) -> int:
    """backup [folder]    one sealed archive of everything, while everybody works on"""
    install("requirements")
    return _manage("backup", *arguments)


def restore(arguments: list[str]) -> int:
    """restore ARCHIVE …  puts a backup back into an empty place (--key FILE; --check only looks)"""
    install("requirements")
    return _manage("restore", *arguments)


def manage(arguments: list[str]) -> int:
    """manage …           Django's command line, with the demo's settings"""
    install("requirements")
    return _manage(*arguments)


def determine(arguments: list[str]) -> int:
    """determine FILE …   what a family is owed, and why; or a whole population: persons.parquet households.parquet"""
    # one family needs no more than the server
    return _chengnuo("determine", arguments, only_server=any(each.endswith(OF_A_FAMILY) for each in arguments))


def nest(arguments: list[str]) -> int:
    """nest FILE FILE     persons and households as one file, a row a household, for Spark"""
    return _chengnuo("nest", arguments)


def synth(arguments: list[str]) -> int:
    """synth --persons N  a made-up population for trials: fictional families at real places"""
    return _chengnuo("synth", arguments)


def simulate(arguments: list[str]) -> int:
    """simulate …         a population before and after a reform: who gains, who loses, what it costs; --reform reform.yaml"""
    return _chengnuo("simulate", arguments)


def lock(_: list[str]) -> int:
    """lock               writes requirements*.txt anew from requirements*.in, with hashes and without hosts, and the bill of materials"""
    if (tool := uv()) is None:
        raise Trouble("Locking needs uv, and it could not be fetched.", "Look at the network, and start again.")
    how = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    silent = ["--no-emit-index-url", "--no-annotate", "--no-header", "--quiet"]
    commands = [[str(tool), "pip", "compile", *how, *silent, f"{name}.in", "-o", f"{name}.txt"] for name in LISTS]
    failed = max(subprocess.run(line, cwd=ROOT, env=uv_environment(), check=False).returncode for line in commands)
    if not failed:
        sbom.write()
    return failed


def show(_: list[str]) -> int:
    """help               this list"""
    for command in COMMANDS.values():
        print(f"  ./run {command.__doc__}")
    return 0


COMMANDS: dict[str, Command] = {
    "": serve,
    "test": test,
    "check": check,
    "bench": bench,
    "verify": verify,
    "doctor": doctor,
    "backup-key": backup_key,
    "backup": backup,
    "restore": restore,
    "manage": manage,
    "determine": determine,
    "nest": nest,
    "synth": synth,
    "simulate": simulate,
    "lock": lock,
    "help": show,
}


def main(arguments: list[str]) -> int:
    """Runs one command; a Trouble is said in words, without a traceback."""
    name, *rest = arguments or [""]
    command = COMMANDS.get({"-h": "help", "--help": "help"}.get(name, name))
    if command is None:
        print(f"There is no ./run {name}. There are:", file=sys.stderr)
        show([])
        return 2
    try:
        return command(rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def environment() -> dict[str, str]:
    """What our programs are told. Whoever runs a real county sets CHENGNUO_DEMO=0."""
    env = {"CHENGNUO_DEMO": "1", "CHENGNUO_ADDRESS": f"http://127.0.0.1:{machine.port()}"} | os.environ
    # compiled once, beside the packages: half of the time in which a Python of ours starts
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    compiled = {"PYTHONPYCACHEPREFIX": str(VENV / "compiled")}
    return env | compiled | {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "chengnuo.config.settings"}


def processes() -> str:
    """How many processes of the server to keep: CHENGNUO_WEB_PROCESSES, else two."""
    given = os.environ.get("CHENGNUO_WEB_PROCESSES") or "2"
    if not given.isdigit() or int(given) < 1:
        raise Trouble(
            f"CHENGNUO_WEB_PROCESSES is {given!r}, which is no number of processes.", "Give 2, or leave it out."
        )
    return given


def web_server(port: int, application: str = "chengnuo.config.wsgi:application") -> list[str]:
    """The server's command line: some processes, each with a few threads, and more requests than those in a queue."""
    return [
        str(VENV / "bin" / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", processes(),
        "--blocking-threads", "4", "--backpressure", "64", "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip


def _python(*arguments: str) -> int:
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment(), check=False).returncode


def _manage(*arguments: str) -> int:
    return _python("manage.py", *arguments)


def _chengnuo(command: str, arguments: list[str], *, only_server: bool = False) -> int:
    """The command line, which looks into no database; files are named from where it is typed."""
    install("requirements" if only_server else "requirements-population")
    line = [str(PYTHON), "-m", "chengnuo.population.command", command, *arguments]
    return subprocess.run(line, env=environment(), check=False).returncode


def _greeting(port: int, began: float, *, then: Callable[[], None]) -> Callable[[], None]:
    """Called again and again: when the first page answers, says once what to open, and goes on with `then`."""
    said = False

    def greet() -> None:
        nonlocal said
        if said or not _answers(port):
            return
        said = True
        print(
            f"\nOpen http://127.0.0.1:{port}   (after {time.monotonic() - began:.1f} s; stop with Ctrl-C)\n", flush=True
        )
        then()

    return greet


def _need_free_port() -> None:
    """A Chengnuo that is running there already is no trouble to the doctor."""
    if not _is_ours(machine.port()):
        machine.need_port(machine.port())


def _is_ours(port: int) -> bool:
    """Whether a Chengnuo answers there. The page itself would not tell: a real server sends on to HTTPS from there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/alive")
        return connection.getresponse().read() == b"alive\n"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _answers(port: int) -> bool:
    """Whether the first page can be had. Below 500 it can: a redirection is an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()
