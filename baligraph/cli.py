"""The command `baligraph`: the only place where both sides, reading and serving, are imported."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import sys
from collections import Counter
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn, TypeVar, cast

import pyoxigraph as ox
import typer
from rich.console import Console
from rich.table import Table

from baligraph import data
from baligraph.errors import BaligraphError
from baligraph.gate import check as judge
from baligraph.gate import print_report
from baligraph.prefixes import expand, shrink, sparql_header
from baligraph.release import Release
from baligraph.settings import Settings
from baligraph.why import explain
from ingest import register as registry
from ingest.build import RELEASES, build
from ingest.context import reading_context
from ingest.describe import Line, describe
from ingest.extract import read_document
from ingest.read.text import read_text
from ingest.reference import load_reference

CACHE = Path("build/cache")
FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}

app = typer.Typer(
    help="What the Bali Process did and promised, as linked data in which every fact shows its sentence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
T = TypeVar("T")
out, err = Console(), Console(stderr=True)

ReleaseOption = Annotated[Path, typer.Option("--release", help="Folder of a release, or one that holds `current`.")]


@app.command("build")
def build_(
    documents: Annotated[list[Path] | None, typer.Option(help="Folder whose text files are read besides the corpus; repeatable.")] = None,
    out_: Annotated[Path, typer.Option("--out", help="Folder of releases; `current` in it is the newest.")] = RELEASES,
    jobs: Annotated[int | None, typer.Option(help="Documents that are read at once.")] = None,
) -> None:
    """Read the documents, check the graph, and publish a release.

    Exit code 0: published whole; 2: published, but some documents could not be read; 1: not published.
    """
    result = build(documents=documents or (), out=out_, cache=CACHE if out_ == RELEASES else None, processes=jobs, console=err)
    for problem in result.problems:
        err.print(f"[{'red' if problem.blocking else 'yellow'}]{'left out' if problem.blocking else 'note'}[/]: ", end="")
        err.print(problem.message, markup=False, highlight=False)
    if result.release is None:
        err.print("not published: ", style="bold red", end="")
        err.print(result.error, markup=False, highlight=False)
        if result.report:
            print_report(result.report, err)
        raise typer.Exit(1)
    counts = ", ".join(f"{n:,} {name}" for name, n in result.counts.items())
    out.print(f"release [bold]{result.release.id}[/]  {counts}", highlight=False)
    out.print(f"{out_}/current  built in {sum(result.timings.values()):.1f} s; next: baligraph serve", highlight=False, style="dim")
    raise typer.Exit(result.exit_code)


@app.command()
def check(release: ReleaseOption = RELEASES) -> None:
    """Judge a release again: shapes, checks, evidence and support. Exit code 1 if it does not conform."""
    opened = _open(release)
    report = judge(opened.quads_path, {slug: opened.text(slug) for slug in opened.slugs})
    print_report(report, out)
    raise typer.Exit(0 if report.conforms else 1)


@app.command()
def serve(
    release: Annotated[Path | None, typer.Option(help="Folder of a release, or one that holds `current`.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that evaluate queries.")] = None,
) -> None:
    """Serve a release: SPARQL, linked data and pages."""
    from api.serve import run  # noqa: PLC0415  (FastAPI takes its time: only this command waits for it)

    settings = Settings.from_environment(release=release, port=port, host=host, workers=workers)
    run(settings, lambda address: out.print(f"serving at {address}  (stop with Ctrl+C)", highlight=False))


@app.command()
def query(
    text: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="A .rq file, or a query; our prefixes need not be declared.")],
    release: ReleaseOption = RELEASES,
    form: Annotated[str, typer.Option("--format", help="table, json, xml, csv, tsv; for graphs ttl, nt, rdf, jsonld.")] = "table",
) -> None:
    """Ask a release."""
    given = Path(text).read_text(encoding="utf-8") if _is_file(text) else text
    header = "" if "prefix" in given.lower() else sparql_header()
    try:
        answer = _load(release).query(header + given)
    except SyntaxError as e:
        line = f"line {e.lineno - header.count(chr(10))}: " if e.lineno else ""
        _fail(f"the query is wrong: {line}{_brief(e.msg)}")
    if isinstance(answer, ox.QueryTriples):
        _write(answer.serialize(format=_choose(GRAPHS, form, "ttl")))
    elif form != "table":
        _write(answer.serialize(format=_choose(FORMATS, form, "json")))
    elif isinstance(answer, ox.QueryBoolean):
        out.print("true" if answer else "false")
    else:
        _table(answer)


@app.command()
def why(
    subject: Annotated[str, typer.Argument(help="IRI or prefixed name, e.g. id:meeting_2002-02_bali_ministerial-conference")],
    predicate: Annotated[str, typer.Argument(help="e.g. bp:year")],
    object_: Annotated[str, typer.Argument(metavar="OBJECT", help='e.g. id:place_bali, 2002 or "Bali I"@en')],
    release: ReleaseOption = RELEASES,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say why a triple is in the graph, down to the sentences, table rows or files that it rests on."""
    store = _load(release)
    s, p = ox.NamedNode(_iri(subject)), ox.NamedNode(_iri(predicate))
    said = [q.object for q in store.quads_for_pattern(s, p, None, ox.DefaultGraph())]
    o = next((term for term in said if not isinstance(term, ox.Triple) and _means(term, object_)), None)
    if o is None:
        _fail(f"the release does not say that. Of this subject and predicate it says: {', '.join(sorted(map(str, said))) or 'nothing'}")
    found = explain(store, s, p, o)
    if as_json:
        _write(json.dumps(found.as_json(), indent=1, ensure_ascii=False).encode())
    else:
        out.print(found.tree())


@app.command()
def register(
    documents: Annotated[list[Path] | None, typer.Option(help="Folder of documents besides the corpus; repeatable.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Add the rows to corpus/curation/registry.csv.")] = False,
    who: Annotated[str, typer.Option(help="Who accepts them (with --accept).")] = "",
    reason: Annotated[str, typer.Option("--why", help="Why (with --accept).")] = "",
) -> None:
    """Propose registry rows (lasting IRIs) for meetings whose IRI is provisional. A person accepts them."""
    rows = registry.open_proposals(folders=documents or ())
    columns = [f.name for f in fields(registry.Proposal)]
    write = csv.writer(sys.stdout, lineterminator="\n")
    write.writerows([columns, *([getattr(row, name) for name in columns] for row in rows)])
    if accept and not (who and reason):
        _fail("a decision needs --who and --why")
    if accept and rows:
        path = data.corpus("curation", "registry.csv")
        registry.accept(path, rows, who=who, when=dt.datetime.now(tz=dt.UTC).date(), why=reason)
        err.print(f"{len(rows)} rows added to {path}", highlight=False)
    else:
        err.print(f"{len(rows)} rows proposed; add them with --accept --who NAME --why REASON", highlight=False)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="A text file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Every finding with offsets and quote, as JSON.")] = False,
) -> None:
    """Show what would be read from one document, with the words it is read from."""
    read = read_text(file)
    reading = read_document(file.stem, read.text, reading_context(load_reference()))
    lines = describe(reading, read.text)
    if as_json:
        found = {"document": file.stem, "genre": reading.genre, "sha256": read.sha256, "findings": [asdict(x) for x in lines]}
        _write(json.dumps(found, indent=1, ensure_ascii=False).encode())
        return
    out.print(_findings(lines))
    out.print(f"{file.name}: genre {reading.genre}; " + ", ".join(f"{n} {k}" for k, n in sorted(Counter(x.kind for x in lines).items())))
    if read.fallback:
        err.print(f"{file}: no UTF-8, read as {read.encoding}; store it as UTF-8", style="yellow", highlight=False)


@app.command()
def info(release: ReleaseOption = RELEASES) -> None:
    """Say what a release holds."""
    opened = _open(release)
    about = {k: v for k, v in opened.manifest.items() if not isinstance(v, dict | list)}
    for name, value in {"release": opened.id, "folder": opened.path, **about}.items():
        out.print(f"{name:12} {value}", highlight=False)
    for name, value in opened.manifest.get("counts", {}).items():
        out.print(f"{name:20} {value:>8,}", highlight=False)


def main() -> None:
    """Run the command; what is wrong with the input is one clear line, never a traceback."""
    try:
        app()
    except BaligraphError as e:
        _fail(str(e))
    except BrokenPipeError:  # the reader of our output has gone
        sys.stderr.close()


def _open(path: Path) -> Release:
    return Release.open(path)


def _load(path: Path) -> ox.Store:
    store = ox.Store()
    with gzip.open(_open(path).quads_path) as quads:
        store.bulk_load(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
    return store


def _brief(message: str) -> str:
    """The parser's message without its list of everything that could have stood there."""
    return message.partition("expected one of")[0].rstrip(" :") + (": the query is not complete here" if "expected" in message else "")


def _is_file(text: str) -> bool:
    return "\n" not in text and len(text) < 1024 and (text.endswith(".rq") or Path(text).is_file())


def _iri(text: str) -> str:
    return text.strip("<>") if "://" in text else expand(text)


def _means(term: object, text: str) -> bool:
    """Whether the object of a triple is what was typed: an IRI, a prefixed name, a literal with or without its quotes."""
    if isinstance(term, ox.NamedNode):
        return ":" in text and term.value == _iri(text)
    return isinstance(term, ox.Literal) and text in (term.value, str(term))


def _choose(formats: dict[str, T], name: str, default: str) -> T:
    if name in ("table", ""):
        return formats[default]
    if name not in formats:
        _fail(f"there is no format {name!r} for this kind of query; there are {', '.join(formats)}")
    return formats[name]


def _table(answer: ox.QuerySolutions) -> None:
    table = Table(*(v.value for v in answer.variables))
    rows = 0
    for row in answer:
        table.add_row(*("" if (x := row[v]) is None else _short(x, v.value) for v in answer.variables))
        rows += 1
    out.print(table)
    out.print(f"{rows} rows", style="dim", highlight=False)


def _short(term: object, column: str) -> str:
    text = str(getattr(term, "value", term))
    if column == "witness":  # the nodes that a row rests on: their number is enough for a look
        return f"{len(text.split())} sources"
    return shrink(text) if isinstance(term, ox.NamedNode) else text


def _findings(lines: list[Line]) -> Table:
    table = Table("¶", "kind", "what", "words", "rule")
    for x in lines:
        table.add_row(x.paragraph, x.kind, x.says, x.words if len(x.words) < 90 else f"{x.words[:88]}…", x.rule)
    return table


def _write(content: bytes | None) -> None:
    sys.stdout.buffer.write((content or b"").rstrip(b"\n") + b"\n")


def _fail(message: str) -> NoReturn:
    err.print("error: ", style="bold red", end="")
    err.print(message, markup=False, highlight=False)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
