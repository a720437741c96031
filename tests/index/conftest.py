"""A folder to build an index in, and articles to build it from."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsearch.index.storage import Storage


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "index")
