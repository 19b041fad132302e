"""A sitting: choose, ask, answer, transcribe, assess, log, show."""

from coach.improvement.known import all_known, all_standings
from coach.improvement.unfinished import drafts, open_mock, pending
from coach.practice.desk import Desk, all_questions, users_day, users_norms, utc_now
from coach.practice.finish import catch_up, seconds_left, training_line
from coach.practice.modes import drill, mock, resume_mock, retry, warmup
from coach.practice.seats import Again, EndOfSitting, FollowedUp, SetAside, Skip, Source
from coach.practice.sitting import take_path
from coach.practice.sole import sole_sitting

__all__ = [
    "Again",
    "Desk",
    "EndOfSitting",
    "FollowedUp",
    "SetAside",
    "Skip",
    "Source",
    "all_known",
    "all_questions",
    "all_standings",
    "catch_up",
    "drafts",
    "drill",
    "mock",
    "open_mock",
    "pending",
    "resume_mock",
    "retry",
    "seconds_left",
    "sole_sitting",
    "take_path",
    "training_line",
    "users_day",
    "users_norms",
    "utc_now",
    "warmup",
]
