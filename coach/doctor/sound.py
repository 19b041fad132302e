"""Checks of hearing and speaking: PortAudio, the microphone, and the system's voice."""

from coach.doctor.check import Check, failed, fault, good, skipped, warning
from coach.errors import NoMicrophoneError, NoPortAudioError
from coach.recording.systems import this_system

WITHOUT = "coach drill --typed"


def sound(device: str | None) -> tuple[Check, ...]:
    """PortAudio, the devices, and whether the chosen one may be heard.

    Args:
        device: as `open_microphone` takes it.
    """
    from coach.recording.microphone import list_microphones  # PortAudio: 0.1-0.4 s

    try:
        devices = list_microphones()
    except NoPortAudioError as error:
        return (
            fault("PortAudio", error.message, this_system().portaudio),
            skipped("Microphone", "It cannot be reached without PortAudio."),
        )
    portaudio = good("PortAudio", "it is there")
    if not devices:
        says = "There is none: answers can be typed, or come from files."
        return portaudio, warning("Microphone", says, WITHOUT)
    return portaudio, _microphone(device)


def _microphone(device: str | None) -> Check:
    from coach.recording.microphone import open_microphone
    from coach.recording.probe import hears

    try:
        microphone = open_microphone(device)
        heard = hears(microphone)
    except NoMicrophoneError as error:
        return failed("Microphone", error)
    if heard is None:
        return fault(
            "Microphone", f"“{microphone.name}” delivers nothing.", "coach setup --device NUMBER"
        )
    if not heard:
        return fault(
            "Microphone",
            f"“{microphone.name}” delivers digital silence: it is muted, or this program may not"
            f" use it. {this_system().permission}",
            this_system().allow,
        )
    return good("Microphone", f"“{microphone.name}” is heard")


def voice(wanted: bool) -> Check:
    """The system's speech command.

    Args:
        wanted: whether the settings ask for it.
    """
    from coach.recording.voice import voice_command

    command = voice_command()
    if command:
        return good("Voice", command[0])
    mend = this_system().speech
    if wanted:
        return warning("Voice", "The system has no speech command to read questions.", mend)
    return skipped("Voice", "There is none; only --voice needs one.", mend)
