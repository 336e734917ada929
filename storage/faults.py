"""What is wrong with an archive: one thing that is not as it was kept."""

from __future__ import annotations

from dataclasses import dataclass

from model import Json


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was kept, or not what the evidence gives.

    `what` is `capture`, `body`, `snapshot`, `sighting`, `tenure`, `figure`, `change`, `page` or `database`, `number`
    its number in the archive: None for the database itself, and for a row that is gone.
    """

    what: str
    number: int | None
    problem: str

    def __str__(self) -> str:
        return self.problem if self.number is None else f"{self.what} {self.number} {self.problem}"

    def to_json(self) -> Json:
        return {"what": self.what, "number": self.number, "problem": self.problem}
