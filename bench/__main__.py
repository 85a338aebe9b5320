"""python -m bench [NAME]"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from baligraph.errors import BaligraphError
from bench import build, corpus, lists, releases, serve, servers, strain
from bench.machine import facts
from bench.table import Table

RESULTS = Path(__file__).parent / "results"
app = typer.Typer(help=__doc__, rich_markup_mode=None, pretty_exceptions_enable=False, invoke_without_command=True)
console = Console()
if not console.is_terminal:
    console = Console(width=140)  # a file or a pipe has no width of its own: not the usual 80, which would cut the tables

Out = Annotated[Path, typer.Option("--out", help="Folder for the dated table.")]


@app.callback()
def everything(context: typer.Context) -> None:
    """Measure: one thing by its name, or all."""
    if context.invoked_subcommand is None:
        build_()
        corpus_()
        serve_()
        strain_()
        lists_()
        releases_()


@app.command("build")
def build_(rounds: Annotated[int, typer.Option(min=1)] = 5, out: Out = RESULTS) -> None:
    """Time of a build of the bundled corpus, by steps."""
    about = facts()
    _keep("build", about, [build.table(build.measure(rounds))], out)


@app.command("corpus")
def corpus_(
    documents: Annotated[list[int] | None, typer.Option(min=1, help="How many; repeatable (100, 1000, 10000).")] = None,
    keep: Annotated[Path | None, typer.Option(help="Folder for the documents and their truth, which else are not kept.")] = None,
    out: Out = RESULTS,
) -> None:
    """Builds of generated documents of every genre: how quick, and how right."""
    sizes, about = documents or [100], facts()
    _keep("corpus", about, (table for size in sizes for table in corpus.tables(corpus.measure(size, console, keep))), out)


@app.command("serve")
def serve_(
    large: Annotated[bool, typer.Option("--large", help="1e6 quads besides.")] = False,
    quads: Annotated[int, typer.Option(min=100, help="Quads of the generated data.")] = 100_000,
    rounds: Annotated[int, typer.Option(min=1)] = 5,
    seconds: Annotated[float, typer.Option(min=0.01, help="How long each query runs on each server in each round.")] = 1.0,
    peer: Annotated[list[str] | None, typer.Option(help="Only against this server; repeatable.")] = None,
    out: Out = RESULTS,
) -> None:
    """Ours beside other SPARQL servers on the same data."""
    if unknown := set(peer or ()) - set(servers.STARTS):
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: there are {', '.join(servers.STARTS)}", param_hint="--peer")
    about, lacking = facts(), servers.missing()
    peers = [name for name in servers.STARTS if name != servers.OURS and (not peer or name in peer)]
    for name in peers:
        if name in lacking:
            about.append(f"Without {name}, which is not installed")
            console.print(f"[yellow]without {name}[/]: {lacking[name]}", soft_wrap=True)
    plans = [
        serve.Plan(size, rounds, seconds, [name for name in peers if name not in lacking])
        for size in ([quads, 10 * quads] if large else [quads])
    ]
    _keep("serve", about, (table for plan in plans for table in serve.tables(serve.measure(plan, console))), out)


@app.command("strain")
def strain_(
    quads: Annotated[int, typer.Option(min=1000, help="Quads of the generated data.")] = 1_000_000,
    rounds: Annotated[int, typer.Option(min=1)] = 5,
    seconds: Annotated[float, typer.Option(min=0.01, help="How long lookups are sent in each round.")] = 2.0,
    out: Out = RESULTS,
) -> None:
    """Ours under strain: a long answer, a worker that is ended, lookups beside hostile queries."""
    about = facts()
    _keep("strain", about, [strain.table(quads, rounds, seconds, console)], out)


@app.command("lists")
def lists_(
    quads: Annotated[int, typer.Option(min=1000, help="Quads of the release.")] = 1_000_000,
    rounds: Annotated[int, typer.Option(min=2)] = 20,
    out: Out = RESULTS,
) -> None:
    """Pages of the lists of REST: first, middle and last, with evidence, by a filter, by words."""
    about = facts()
    _keep("lists", about, lists.tables(lists.measure(quads, rounds, console)), out)


@app.command("releases")
def releases_(
    quads: Annotated[int, typer.Option(min=1000, help="Quads of the release.")] = 1_000_000,
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    out: Out = RESULTS,
) -> None:
    """What is made of a release when it is asked for: dumps, and the difference to the next."""
    about = facts()
    _keep("releases", about, [releases.table(quads, rounds, console)], out)


def _keep(name: str, about: Iterable[str], tables: Iterable[Table], out: Path) -> None:
    """Show the tables as they come, and keep them all under today's date."""
    text = [f"# {name}, {dt.datetime.now(tz=dt.UTC).date()}\n", "".join(f"- {line}\n" for line in about)]
    for table in tables:
        table.show(console)
        text.append(table.markdown())
    out.mkdir(parents=True, exist_ok=True)
    file = out / f"{dt.datetime.now(tz=dt.UTC).date()}-{name}.md"
    file.write_text("\n".join(text), encoding="utf-8")
    console.print(f"kept in {file}", style="dim", highlight=False, soft_wrap=True)


def main() -> None:
    """Run; what is wrong is one clear line."""
    try:
        app(prog_name="python -m bench")
    except BaligraphError as error:
        Console(stderr=True).print(f"[bold red]error[/]: {error}", highlight=False, soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
