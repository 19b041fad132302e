"""What each system wants before it lets a program hear and speak, as commands to copy."""

import platform
import sys
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    """One kind of system.

    Attributes:
        name: as its users call it.
        portaudio: the command that brings PortAudio.
        permission: how a program comes to hear the microphone.
        allow: the command that opens what grants it, or takes the mute off.
        speech: the command that brings a voice; "" where the system has one.
        clock: the command that sets the clock by the network.
    """

    name: str
    portaudio: str
    permission: str
    allow: str
    speech: str
    clock: str


_WHEEL = f'"{sys.executable}" -m pip install --force-reinstall sounddevice'  # it brings PortAudio

_MAC = System(
    "macOS",
    _WHEEL,
    "macOS asks once whether your terminal may use the microphone. If it said no: System Settings,"
    " Privacy & Security, Microphone; then restart the terminal.",
    "open 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone'",
    "",
    "sudo sntp -sS time.apple.com",
)
_WINDOWS = System(
    "Windows",
    _WHEEL,
    "Windows asks nothing, but may keep all programs out: Settings, Privacy & security, Microphone,"
    " “Let desktop apps access your microphone”.",
    "start ms-settings:privacy-microphone",
    "",
    "w32tm /resync",
)
# By the ID or ID_LIKE of /etc/os-release: the family's name, and how it installs a package.
_FAMILIES = {
    "debian": ("Debian and Ubuntu", "sudo apt install {}", "libportaudio2"),
    "fedora": ("Fedora and Red Hat", "sudo dnf install {}", "portaudio"),
    "rhel": ("Fedora and Red Hat", "sudo dnf install {}", "portaudio"),
    "arch": ("Arch", "sudo pacman -S {}", "portaudio"),
    "suse": ("SUSE", "sudo zypper install {}", "libportaudio2"),
    "alpine": ("Alpine", "sudo apk add {}", "portaudio"),
    "gentoo": ("Gentoo", "sudo emerge {}", "portaudio"),
    "void": ("Void", "sudo xbps-install {}", "portaudio"),
    "nixos": ("NixOS", "nix-shell -p {}", "portaudio"),
}


def this_system() -> System:
    """The system that this process runs on."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:  # not Linux, or a Linux that does not say which
        release = {}
    return system_of(sys.platform, release)


def system_of(name: str, release: Mapping[str, str]) -> System:
    """A system by `sys.platform` and, on Linux, what /etc/os-release says.

    An unknown Linux gets Debian's commands.
    """
    if name == "darwin":
        return _MAC
    if name == "win32":
        return _WINDOWS
    named = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    family = next((_FAMILIES[each] for each in named if each in _FAMILIES), None)
    title, install, portaudio = family or ("Linux", *_FAMILIES["debian"][1:])
    return System(
        title,
        install.format(portaudio),
        "Linux asks nothing; PipeWire or PulseAudio lets your programs listen, unless the"
        " microphone is muted. A terminal in a Flatpak or Snap must be allowed to.",
        "pactl set-source-mute @DEFAULT_SOURCE@ 0",
        install.format("espeak-ng"),
        "sudo timedatectl set-ntp true",
    )
