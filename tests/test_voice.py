"""Questions that the system reads aloud."""

import sys
import time
from pathlib import Path

from coach.recording import voice


def test_the_system_reads_aloud_and_can_be_stopped(tmp_path: Path, monkeypatch):
    heard = tmp_path / "heard"
    speaker = tmp_path / "espeak-ng"
    speaker.write_text(f'#!/bin/sh\ncat > "{heard}"\nsleep 30\n')
    speaker.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(voice.shutil, "which", {"espeak-ng": str(speaker)}.get)
    command = voice.voice_command()
    assert command == ("espeak-ng", "--stdin")
    began = time.monotonic()
    with voice.Reading(command, "--What happened?") as reading:
        while not heard.exists() or heard.read_text() != "--What happened?":
            assert time.monotonic() - began < 5
            time.sleep(0.01)
        assert not reading.over
        assert not reading.failed
    assert reading.over
    assert time.monotonic() - began < 5


def test_a_voice_of_another_process_is_silenced_too(tmp_path: Path, monkeypatch):
    speaker = tmp_path / "spd-say"
    speaker.write_text(
        f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\n[ "$1" = --cancel ] || sleep 9\n'
    )
    speaker.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(voice.shutil, "which", {"spd-say": str(speaker)}.get)
    asked = tmp_path / "asked"
    with voice.Reading(voice.voice_command(), "--What happened?"):
        began = time.monotonic()
        while not asked.exists() and time.monotonic() - began < 5:
            time.sleep(0.01)
    assert asked.read_text().splitlines() == ["--wait -- --What happened?", "--cancel"]


def test_a_voice_that_fails_is_said_to_have_failed():
    with voice.Reading(("false",), "Hello") as reading:
        while not reading.over:
            time.sleep(0.01)
        assert reading.failed


def test_a_system_without_a_voice_is_none_and_a_broken_one_keeps_nobody(monkeypatch):
    monkeypatch.setattr(voice.shutil, "which", lambda _name: None)
    assert voice.voice_command() is None
    with voice.Reading(("no-such-voice",), "Hello") as reading:
        assert reading.over
