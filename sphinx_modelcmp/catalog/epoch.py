"""The day that a build is told to be of, as https://reproducible-builds.org/specs/source-date-epoch/ has it."""

from __future__ import annotations

import datetime
import os


def epoch_day() -> datetime.date | None:
    """The day of ``SOURCE_DATE_EPOCH`` in UTC; nothing where it is not set, or is no number of seconds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch.isdigit() else None
