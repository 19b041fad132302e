from pathlib import Path

import pytest
from disks import disk
from virtual_microphone import sound_server, speak, virtual_microphone

__all__ = ["disk", "sound_server", "speak", "virtual_microphone"]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, those that record in real time run in one of them."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xdist_group("microphone"))
