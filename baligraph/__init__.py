"""What the Bali Process did and promised, as linked data in which every fact shows its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["open_release"]


def open_release(path: Path | str) -> Dataset:
    """A release as an rdflib Dataset on an in-memory Oxigraph store, for notebooks and scripts.

    The default graph is the accepted view, never the union of the named graphs. `path` is the folder of a release, or one that holds
    `current`. Raises ReleaseError where there is no release, or a damaged one.

    Ask with a query *text*: a prepared query would silently be run by rdflib's own, much slower engine.
    """
    import gzip  # noqa: PLC0415  (rdflib takes half a second to import: only those who want it pay)

    import oxrdflib  # noqa: PLC0415
    import pyoxigraph  # noqa: PLC0415
    from rdflib import Dataset  # noqa: PLC0415

    from baligraph.prefixes import prefixes  # noqa: PLC0415
    from baligraph.release import Release  # noqa: PLC0415

    store = pyoxigraph.Store()
    with gzip.open(Release.open(path).quads_path) as quads:
        store.bulk_load(cast(BinaryIO, quads), format=pyoxigraph.RdfFormat.N_QUADS)
    dataset = Dataset(oxrdflib.OxigraphStore(store=store), default_union=False)
    for prefix, space in prefixes().items():
        dataset.bind(prefix, space, replace=True)
    return dataset
