from pathlib import Path

import pytest
from disks import disk
from virtual_microphone import sound_server, speak, virtual_microphone

__all__ = ["disk", "sound_server", "speak", "virtual_microphone"]

WITHOUT_MICROPHONE = ("test_audio_bombs.py", "test_audio_file.py", "test_speech.py")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where tests run in several processes, those that record in real time run in one of them."""
    for item in items:
        here = item.path.parent == Path(__file__).parent
        if here and item.path.name not in WITHOUT_MICROPHONE:
            item.add_marker(pytest.mark.xdist_group("microphone"))
