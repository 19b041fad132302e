"""The one error tree: a sentence for the user, the next step, and an exit code of its own."""


class CoachError(Exception):
    """A fault that the user can do something about.

    Args:
        message: one sentence that says what is wrong.
        next_step: one sentence that says what to do about it.
    """

    exit_code = 1

    def __init__(self, message: str, next_step: str) -> None:
        # Both as args, so that the error survives pickling between processes.
        super().__init__(message, next_step)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return self.message


class NoSuchFileError(CoachError):
    exit_code = 10


class EmptyFileError(CoachError):
    exit_code = 11


class NotAudioError(CoachError):
    exit_code = 12


class TruncatedAudioError(CoachError):
    exit_code = 13


class NoSpeechError(CoachError):
    """The take is too short, silent, or holds no words."""

    exit_code = 14


class UnknownAreaError(CoachError):
    exit_code = 15


class UnknownQuestionError(CoachError):
    exit_code = 16


class UnknownEngineError(CoachError):
    exit_code = 17


class ModelError(CoachError):
    """A speech model that is unknown, not on disk, or damaged."""

    exit_code = 18


class BankError(CoachError):
    exit_code = 19


class HomeError(CoachError):
    """The folder of the user's data cannot be used."""

    exit_code = 20


class NoMicrophoneError(CoachError):
    exit_code = 21


class NoPortAudioError(CoachError):
    exit_code = 22


class LogError(CoachError):
    """The database is from a newer version, damaged, or busy."""

    exit_code = 23


class DamagedLogError(LogError):
    """What the database holds is not what was written."""

    exit_code = 64


class UnknownEntryError(CoachError):
    """No rejection or take of that number is in the log."""

    exit_code = 24


class RecordingError(CoachError):
    """The recording ended early; what was said until then is kept."""

    exit_code = 25


class TranscriptionError(CoachError):
    """The recogniser failed; the recording is kept and can be tried again."""

    exit_code = 26


class SettingsError(CoachError):
    """A settings file or an override of the norms has a fault."""

    exit_code = 27


class DownloadError(CoachError):
    exit_code = 28


class NoTerminalError(CoachError):
    """Something must be asked and there is nobody to ask."""

    exit_code = 29


class NoSpeakerError(CoachError):
    """Nothing can be played: no loudspeaker, or it refuses."""

    exit_code = 30


class AnotherSittingError(CoachError):
    """Another sitting is under way on the same home."""

    exit_code = 32


class NoAnswerError(CoachError):
    """Standard input was over before anything was answered."""

    exit_code = 33


class TooManyAnswersError(CoachError):
    """More answers were given than questions asked."""

    exit_code = 34


class EntryError(CoachError):
    """An entry for the log, given as JSON or by options, has a fault."""

    exit_code = 41


class ClipboardError(CoachError):
    """There is no clipboard that can be reached."""

    exit_code = 42


class FileTakenError(CoachError):
    """A file of that name is there and is not overwritten."""

    exit_code = 43


class PlanFullError(CoachError):
    """The plan has as many open items as one can work on."""

    exit_code = 51


class NoStoryError(CoachError):
    """A take that tells no story cannot become one."""

    exit_code = 52


class BackupError(CoachError):
    """A backup that cannot be made, or an archive that is none, is damaged or cannot be trusted."""

    exit_code = 61


class ExchangeError(CoachError):
    """A file that is to be imported is no exported log, or has a fault."""

    exit_code = 62


class OutputError(CoachError):
    """A file cannot be written where the user wants it."""

    exit_code = 63


class UnknownSettingError(SettingsError):
    """A key that is no setting, asked for or found in a file."""

    exit_code = 71


class FaultsFoundError(CoachError):
    """`coach doctor` found what keeps the coach from working."""

    exit_code = 72
