"""The command `baligraph`: the only place where both sides, reading and serving, are imported."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import json
import sys
from collections import Counter
from dataclasses import asdict, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn, cast

import pyoxigraph as ox
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baligraph import data, query_command
from baligraph.console import count, show_table
from baligraph.errors import BaligraphError, InputError
from baligraph.gate import check as judge
from baligraph.gate import print_report
from baligraph.query_command import write
from baligraph.release import Release
from baligraph.review_data import review_release
from baligraph.review_page import render, render_index
from baligraph.settings import Settings
from baligraph.typed import means, node, shown, some
from baligraph.why import explain
from ingest import register as registry
from ingest.build import RELEASES, build
from ingest.context import reading_context
from ingest.describe import Line, describe
from ingest.extract import GENERAL, UNKNOWN_GENRE, read_document
from ingest.gather import slug_of, told_of
from ingest.preview import preview
from ingest.read.extraction import RefusedError
from ingest.read.files import read_file
from ingest.read.frozen import Frozen
from ingest.reference import load_reference

CACHE = Path("build/cache")

app = typer.Typer(
    help="What the Bali Process did and promised, as linked data in which every fact shows its sentence.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_UsageError = cast(type[typer.BadParameter], typer.BadParameter.__bases__[0])  # typer gives it no public name
out, err = Console(), Console(stderr=True)

ReleaseOption = Annotated[Path, typer.Option("--release", help="Folder of a release, or one that holds `current`.")]


@app.command("build")
def build_(
    documents: Annotated[list[Path] | None, typer.Option(help="Folder whose documents are read besides the corpus; repeatable.")] = None,
    out_: Annotated[Path, typer.Option("--out", help="Folder of releases; `current` in it is the newest.")] = RELEASES,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processes that read and judge; by default one for each core.")] = None,
    dask: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers read the documents.")] = None,
) -> None:
    """Read the documents, check the graph, and publish a release.

    Exit code 0: published whole; 2: published, but some documents could not be read; 1: not published.
    """
    result = build(
        documents=documents or (),
        out=out_,
        cache=CACHE if out_ == RELEASES else None,
        processes=jobs,
        dask=dask,
        settings=Settings.from_environment(),
        console=err,
    )
    for problem in result.problems:
        _tell(*(("left out", "red") if problem.blocking else ("note", "yellow")), problem.message)
    if result.release is None:
        _tell("not published", "bold red", result.error)
        if result.report and not result.report.conforms:
            print_report(result.report, err)
        raise typer.Exit(1)
    counts = ", ".join(f"{n:,} {name}" for name, n in result.counts.items())
    out.print(f"release [bold]{result.release.id}[/]  {counts}", highlight=False, soft_wrap=True)
    took, there = sum(result.timings.values()), "" if out_ == RELEASES else f" --release {out_}"
    out.print(f"{out_}/current  built in {took:.1f} s; next: baligraph serve{there}", highlight=False, style="dim", soft_wrap=True)
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
    dataset: Annotated[Path | None, typer.Option(help="RDF file (.nq, .trig, .ttl …) to serve instead, as it is and unjudged.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that evaluate queries.")] = None,
) -> None:
    """Serve a release: SPARQL, linked data and pages."""
    if release is not None and dataset is not None:
        _fail("--release and --dataset exclude each other: one of them is served")
    from api.serve import run  # noqa: PLC0415  (FastAPI takes its time: only this command waits for it)

    settings = Settings.from_environment(release=release, dataset=dataset, port=port, host=host, workers=workers)
    if release is not None:
        settings = replace(settings, dataset=None)  # what is typed wins over the environment
    if release is not None or dataset is not None:
        settings = replace(settings, store="")
    run(settings, lambda address: out.print(f"serving at {address}  (stop with Ctrl+C)", highlight=False))


@app.command()
def publish(
    release: ReleaseOption = RELEASES,
    store: Annotated[str | None, typer.Option(help="SPARQL address of the store, instead of BALIGRAPH_STORE.")] = None,
    graphs: Annotated[str | None, typer.Option(help="Its Graph Store address, instead of BALIGRAPH_STORE_GRAPHS.")] = None,
) -> None:
    """Load a release into another SPARQL store, verify it there, and let gateways serve it."""
    from baligraph.publish_command import run  # noqa: PLC0415  (its HTTP client takes its time: only this command waits for it)

    run(_open(release), Settings.from_environment(store=store, store_graphs=graphs), out, err)


@app.command()
def query(
    text: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="A .rq file, or a query; our prefixes need not be declared.")],
    release: ReleaseOption = RELEASES,
    form: Annotated[
        str, typer.Option("--format", help="table, json, xml, csv, tsv; for graphs ttl, nt, rdf, jsonld.")
    ] = query_command.TABLE,
) -> None:
    """Ask a release."""
    query_command.run(_load(release), text, form, out)


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
    s, p = node(subject), node(predicate)
    said = [q.object for q in store.quads_for_pattern(s, p, None, ox.DefaultGraph())]
    o = next((term for term in said if not isinstance(term, ox.Triple) and means(term, object_)), None)
    if o is None:
        values = some(map(shown, said))
        known = some(shown(q.predicate) for q in store.quads_for_pattern(s, None, None, ox.DefaultGraph()))
        says = f"Of {subject} {predicate} it says {values}" if values else f"Of {subject} it says {known or 'nothing'}"
        _fail(f"the release does not say that. {says}.")
    found = explain(store, s, p, o)
    if as_json:
        write(json.dumps(found.as_json(), indent=1, ensure_ascii=False).encode())
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
    if accept and not (who.strip() and reason.strip()):
        _fail("a decision needs --who and --why")
    rows = registry.open_proposals(folders=documents or (), settings=Settings.from_environment(), cache=CACHE)
    columns = [f.name for f in fields(registry.Proposal)]
    write = csv.writer(sys.stdout, lineterminator="\n")
    write.writerows([columns, *([getattr(row, name) for name in columns] for row in rows)])
    if not rows:
        err.print("every meeting has its row", highlight=False)
    elif accept:
        path = data.corpus("curation", "registry.csv")
        registry.accept(path, rows, who=who.strip(), when=dt.datetime.now(tz=dt.UTC).date(), why=reason.strip())
        err.print(f"{count(len(rows), 'row')} added to {path}", highlight=False, soft_wrap=True)
    else:
        err.print(f"{count(len(rows), 'row')} proposed; add them with --accept --who NAME --why REASON", highlight=False)


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="A document: text, Markdown, HTML, PDF or DOCX.")],
    as_json: Annotated[bool, typer.Option("--json", help="Every finding with offsets and quote, as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the review page: the text with every finding, and how to decide.")] = None,
) -> None:
    """Show what would be read from one document, with the words it is read from."""
    try:
        read = read_file(file, Settings.from_environment(), Frozen(CACHE))
    except RefusedError as e:
        raise InputError(str(file), e.problem, e.mend, line=e.line) from None
    for note in told_of(read):
        _tell("note", "yellow", f"{file}: {note}")
    if around := read.extraction.left_out:
        _tell("note", "yellow", f"{file}: left out, since it stands around the text of its pages: {' · '.join(around)}")
    text, pages = read.extraction.text, read.extraction.pages
    reference = load_reference()
    reading = read_document(file.stem if html is None else slug_of(file), text, reading_context(reference))
    if reading.genre == GENERAL:
        _tell("note", "yellow", f"{file}: {UNKNOWN_GENRE}")
    if html is not None:
        _put(html, render(preview(reading, text, reference, pages)))
        out.print(f"{html}: what would be read from {file.name}", markup=False, highlight=False, soft_wrap=True)
        return
    lines = describe(reading, text, pages)
    if as_json:
        about = {
            "document": file.stem,
            "format": read.extraction.format,
            "genre": reading.genre,
            "sha256": sha256(text.encode()).hexdigest(),
        }
        write(json.dumps(about | {"findings": [asdict(x) for x in lines]}, indent=1, ensure_ascii=False).encode())
        return
    if lines:
        show_table(out, _findings(lines))
    kinds = ", ".join(f"{n} {k}" for k, n in sorted(Counter(x.kind for x in lines).items()))
    out.print(f"{file.name}: genre {reading.genre}; {kinds or 'nothing found'}", markup=False, soft_wrap=True)


@app.command()
def review(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the pages; it is made where it is missing.")],
    release: ReleaseOption = RELEASES,
) -> None:
    """Write a review page for each document of a release, and a list of them."""
    opened = _open(release)
    store, pages = _load(release), []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        _fail(f"{folder}: is no folder; name another one")
    for page in review_release(opened, store):
        _put(folder / f"{page.slug}.html", render(page, home="index.html"))
        pages.append(page)
    _put(folder / "index.html", render_index(pages, opened.id))
    out.print(f"{folder / 'index.html'}: {len(pages)} documents", markup=False, highlight=False, soft_wrap=True)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder for the files; it must be new or empty.")],
    release: Annotated[Path | None, typer.Option(help="Folder of a release, or one that holds `current`.")] = None,
) -> None:
    """Write the whole as static files: pages, every IRI in every form, dumps. Any web server can serve them."""
    from api.export_command import run  # noqa: PLC0415  (FastAPI takes its time: only this command waits for it)

    run(Settings.from_environment(release=release), folder, out, err)


@app.command()
def info(release: ReleaseOption = RELEASES) -> None:
    """Say what a release holds."""
    opened = _open(release)
    about = {k: v for k, v in opened.manifest.items() if k != "id" and not isinstance(v, dict | list)}
    for name, value in {"release": opened.id, "folder": opened.path, **about}.items():
        out.print(f"{name:12} {value}", markup=False, highlight=False, soft_wrap=True)
    for name, value in opened.manifest.get("counts", {}).items():
        out.print(f"{name:20} {value:>8,}", highlight=False)


def main() -> None:
    """Run the command; what is wrong with the input is one clear line, never a traceback.

    A mistyped command line ends with 1: the 2 that is customary there would say that a release was published.
    """
    try:
        sys.exit(app(standalone_mode=False))
    except _UsageError as e:
        e.show()
        sys.exit(1)
    except BaligraphError as e:
        _fail(str(e))
    except BrokenPipeError:  # the reader of our output has gone
        sys.stderr.close()
    except OSError as e:
        _fail(f"{e.filename or 'a file'}: {e.strerror or e}")


def _put(path: Path, page: str) -> None:
    path.write_bytes(page.encode())  # bytes: the page is the same on every platform


def _open(path: Path) -> Release:
    return Release.open(path)


def _load(path: Path) -> ox.Store:
    store = ox.Store()
    with gzip.open(_open(path).quads_path) as quads:
        store.bulk_load(cast(BinaryIO, quads), format=ox.RdfFormat.N_QUADS)
    return store


def _findings(lines: list[Line]) -> Table:
    table = Table("place", "kind", "what", "words", "rule")
    for x in lines:
        table.add_row(x.place, x.kind, x.says, x.words if len(x.words) < 90 else f"{x.words[:88]}…", x.rule)
    return table


def _tell(what: str, style: str, message: str) -> None:
    """One line of its own, however long: it can be searched for. A file name that is not UTF-8 shows its odd bytes."""
    said = message.encode(errors="backslashreplace").decode()
    err.print(Text.assemble((f"{what}: ", style), said), highlight=False, soft_wrap=True)


def _fail(message: str) -> NoReturn:
    _tell("error", "bold red", message)
    raise SystemExit(1)


if __name__ == "__main__":
    main()
