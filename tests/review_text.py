"""A text with all that a review page has to show: a conflict inside it, a name nobody knows, a passage nobody reads, and markup."""

from __future__ import annotations

TEXT = """Bali Process Workshop on Returns
Co-Chairs' Summary
Kuala Lumpur, Malaysia, 12-13 March 2013

1. The Governments of Malaysia and Australia co-hosted a Bali Process Workshop on Returns in Kuala Lumpur, Malaysia on 14-15 March 2013. \
The workshop was opened by the hosts in the presence of many experts from the region.

2. The workshop was attended by representatives from Australia, Atlantis, Indonesia, Malaysia, New Zealand and Thailand, and by the \
International Organization for Migration (IOM).

3. Participants agreed that states should strengthen cooperation on returns with IOM, and recommended that members share \
information on smuggling routes.

4. The sun shone <script>alert(1)</script> on the harbour & the "quay" <img src=http://example.org/x.png> all day.
"""
"""Of genre `report`."""
