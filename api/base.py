"""The base of canonical IRIs: that of the settings must be that of the release, or every address would be a silent 404."""

from __future__ import annotations

from baligraph.errors import SettingsError
from baligraph.prefixes import expand
from baligraph.settings import Settings, variable


def check_base(settings: Settings) -> None:
    """Raises SettingsError where a release is served under another base than its IRIs have. A plain file may have any."""
    base = expand("id:").removesuffix("id/")
    if settings.dataset is None and settings.base_iri != base:
        raise SettingsError(
            f"{variable('base_iri')}={settings.base_iri!r}: the IRIs of a release begin with {base}, wherever it is served. Unset it; "
            "another base is for --dataset alone."
        )
