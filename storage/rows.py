"""What the archive gives back: rows with their numbers and their times, around the words of the model.

Times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from model import Capture, Change, LeadershipPage, Outcome, Verdict


class SnapshotState(StrEnum):
    """What the archive makes of a snapshot: a quarantined one ends as accepted or rejected."""

    BELIEVED = "believed"
    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ChangeState(StrEnum):
    """A loss is pending until a second capture confirms it or the thing lost comes back.

    A change that was told is retracted when it turns out to have been none.
    """

    PENDING = "pending"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    RETRACTED = "retracted"


class Origin(StrEnum):
    """Whether a check saw the page, or what it saw was brought in from elsewhere."""

    CHECK = "check"
    IMPORT = "import"


class DecisionVerdict(StrEnum):
    """What a person makes of a version in doubt."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class DeliveryState(StrEnum):
    """A delivery stays queued between attempts; `failed` means given up.

    `dropped`: all that it told of was retracted before it went out.
    """

    QUEUED = "queued"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


class MessageKind(StrEnum):
    """What a delivery carries: changes at once or gathered, a correction, or a word about the watching itself."""

    ALERT = "alert"
    DIGEST = "digest"
    RETRACTION = "retraction"
    HEALTH = "health"
    FAILURE = "failure"


class HealthState(StrEnum):
    """What is the matter with watching a page, from bad to good.

    `blind`: no good capture for too long; `quarantined`: what it says is not believed; `degraded`: its checks
    fail; `drifting`: less of its text is understood than before; `unchecked`: no check has ended yet.
    """

    BLIND = "blind"
    QUARANTINED = "quarantined"
    DEGRADED = "degraded"
    DRIFTING = "drifting"
    UNCHECKED = "unchecked"
    HEALTHY = "healthy"


class SlotKind(StrEnum):
    """A slot of the page's timetable, or one more between two of them that confirms a loss sooner."""

    REGULAR = "regular"
    CONFIRMING = "confirming"


class SlotState(StrEnum):
    """A slot is leased by the process that checks, done when the check is recorded, or missed for good."""

    LEASED = "leased"
    DONE = "done"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class KeptCapture:
    """Where a capture is kept.

    `is_new` is False when the page's newest capture has the same body, status and final URL: `id` is then that
    capture's. `repeats` is the page's newest earlier capture with the same body, None when the bytes are new.
    """

    id: int
    is_new: bool
    repeats: int | None


@dataclass(frozen=True, slots=True)
class GoodCapture:
    """The newest capture of a page that was judged ok, and the snapshot that stands for it."""

    capture_id: int
    snapshot_id: int | None
    state: SnapshotState | None
    sha256: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """The last reading of a page, where it is believed as it stands: nothing of it is doubted or waits.

    `content` and `grounds` are digests: of what the capture says, and of how it was read. `etag` and
    `last_modified` came with these bytes last, `steady_since` is when the page was last news.
    """

    page_id: int
    capture_id: int
    snapshot_id: int
    sha256: str
    etag: str | None
    last_modified: str | None
    content: str
    last_seen: datetime
    steady_since: datetime


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page by its URL; `name` is what the settings called it last."""

    id: int
    name: str
    url: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class StoredCapture:
    """A capture, when the archive took it in, and the snapshot that stands for it."""

    id: int
    page_id: int
    fetched_at: datetime
    kept_at: datetime
    sha256: str
    snapshot_id: int | None
    capture: Capture


@dataclass(frozen=True, slots=True)
class StoredSnapshot:
    """The rows read from one capture.

    `taken_at` is when the capture was fetched, `read_at` when its rows were read, `settled_at` when a later
    check or a person decided over it.
    """

    id: int
    page_id: int
    capture_id: int
    parser_version: int
    state: SnapshotState
    reason: str | None
    taken_at: datetime
    read_at: datetime
    settled_at: datetime | None
    page: LeadershipPage


@dataclass(frozen=True, slots=True)
class SnapshotRows:
    """What one version of the parser read from a capture; the page comes without its text."""

    id: int
    capture_id: int
    parser_version: int
    state: SnapshotState
    page: LeadershipPage


@dataclass(frozen=True, slots=True)
class StoredCheck:
    """One run of the pipeline on one page."""

    id: int
    page_id: int
    started_at: datetime
    finished_at: datetime
    outcome: Outcome
    verdict: Verdict
    reason: str | None
    capture_id: int | None
    snapshot_id: int | None


@dataclass(frozen=True, slots=True)
class StoredSlot:
    """One time at which a page was due: the check that came of it, or why none did.

    `leased_until` is set while a process works on it; after that time another one may take it over.
    """

    id: int
    page_id: int
    due_at: datetime
    kind: SlotKind
    state: SlotState
    leased_until: datetime | None
    check_id: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """What stands in the task queue of a cluster: the tasks by state, and the workers that are alive.

    `oldest_slot` is the oldest slot whose check is not over; None where none waits.
    """

    waiting: int
    running: int
    failed: int
    oldest_slot: datetime | None
    workers: int


@dataclass(frozen=True, slots=True)
class SlotStanding:
    """How the slots of a page stand at a moment.

    `newest` is the newest slot of its timetable that has come. `leased_until` is set while a process may have a
    check of the page in hand. A loss waits to be confirmed since `waiting_since`, None where none does, and was
    looked at again at `looked_again_at`, the newest slot for that which is settled.
    """

    newest: StoredSlot | None
    leased_until: datetime | None
    waiting_since: datetime | None
    looked_again_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredSite:
    """A site that processes take turns to ask.

    It may be asked from `free_at` on, or sooner where a process that asks it now, `held`, ends before. It
    answered that it is busy so many times in a row (`refusals`).
    """

    name: str
    free_at: datetime
    held: bool
    refusals: int


@dataclass(frozen=True, slots=True)
class Belief:
    """What the next check compares with: the rows, since when they were seen so, and when last.

    Quotes of rows that wait for confirmation point into the text of an earlier snapshot.
    """

    page: LeadershipPage
    snapshot_id: int
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class StoredSighting:
    """Sightings of one snapshot that nothing came between: `times` of them, the first and the last.

    `believed` tells whether they are good ones, `blind_before` whether the check before saw nothing.
    """

    id: int
    page_id: int
    capture_id: int
    snapshot_id: int
    first_seen: datetime
    last_seen: datetime
    times: int
    origin: Origin
    believed: bool
    blind_before: bool
    recorded_at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """What a person decided about a snapshot in doubt, and when."""

    id: int
    page_id: int
    snapshot_id: int
    verdict: DecisionVerdict
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A change and its window: the old was seen last at `last_seen`, the new first at `first_seen`.

    It lies between two snapshots, read from `capture_before` and `capture_after`. `page_dated` is the Last
    Modified that the page gave itself after it, where that is trusted; `silent_edit` says that the page changed
    while its Last Modified stood still. `check_id` is None where no check found it.
    """

    id: int
    page_id: int
    check_id: int | None
    change: Change
    state: ChangeState
    last_seen: datetime
    first_seen: datetime
    page_dated: date | None
    silent_edit: bool
    snapshot_before: int
    snapshot_after: int
    recorded_at: datetime
    settled_at: datetime | None
    settled_check_id: int | None
    capture_before: int
    capture_after: int


@dataclass(frozen=True, slots=True)
class StoredNote:
    """What people were told of a page's health after one check."""

    id: int
    page_id: int
    check_id: int
    state: HealthState
    since: datetime
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class StoredDelivery:
    """One message to one recipient over one channel, with the changes it tells of.

    `answers` is the delivery that it corrects or reports the failure of, `note` what it says of a page's health.
    """

    id: int
    channel: str
    recipient: str
    message_id: str
    state: DeliveryState
    queued_at: datetime
    due_at: datetime
    next_attempt_at: datetime
    attempts: int
    last_error: str | None
    settled_at: datetime | None
    changes: tuple[StoredChange, ...]
    message: MessageKind = MessageKind.ALERT
    answers_id: int | None = None
    note: StoredNote | None = None
