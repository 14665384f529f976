"""Outcome: what became of a scan, in a form that outlives languages (docs/domain.md 10.1).

An outcome is a named sentence with its values, stored as JSON with the scan and turned into
words only where it is shown. It says how it ended (accepted, attention, refused, choose) and
what can be tapped next.

This module must never hold HTML, and never a sentence that is not marked for translation.
"""

import enum
from dataclasses import dataclass, field
from typing import Any

from scanner_app.errors import N_, InvariantBroken, Parameter, RuleRefused
from scanner_app.stored_refusals import parameters_from_json, parameters_to_json


class Result(enum.StrEnum):
    """How a scan ended."""

    ACCEPTED = "accepted"
    ATTENTION = "attention"
    REFUSED = "refused"
    CHOOSE = "choose"
    CONFLICT = "conflict"


TONES = {
    Result.ACCEPTED: "ok",
    Result.ATTENTION: "warn",
    Result.REFUSED: "stop",
    Result.CHOOSE: "warn",
    Result.CONFLICT: "stop",
}
# keep_scan.ScanReused: no rule refused the scan, its id belongs to another one.
REUSED = "ScanReused"


@dataclass(frozen=True)
class Said:
    """A sentence that outcomes may carry."""

    result: Result
    message: str
    way_out: str = ""


SENTENCES: dict[str, Said] = {
    "UnitGiven": Said(
        Result.ACCEPTED, N_("{what} is in your hand."), N_("Scan the bin {bin_code}.")
    ),
    "UnitGivenAnyBin": Said(Result.ACCEPTED, N_("{what} is in your hand."), N_("Scan a bin.")),
    "PackageGiven": Said(
        Result.ACCEPTED, N_("Package {package_no}: {lines} lines."), N_("Scan the bin {bin_code}.")
    ),
    "BinGiven": Said(Result.ACCEPTED, N_("Bin {bin_code}."), N_("Scan what you put or take here.")),
    "Placed": Said(Result.ACCEPTED, N_("{quantity} {unit} of {what} placed in {bin_code}.")),
    "Taken": Said(Result.ACCEPTED, N_("{quantity} {unit} of {what} taken from {bin_code}.")),
    "OtherBin": Said(
        Result.ATTENTION,
        N_("{what} belongs in bin {expected}, not {scanned}."),
        N_("Bring it to {expected}. If it stays here, scan {scanned} again."),
    ),
    "PlacedAboveMaximum": Said(
        Result.ATTENTION,
        N_("Placed. Bin {bin_code} is for {most} {unit} of {item_no} at most: {held} were there."),
        N_("Leave it where it does fit, or undo and put {room} here."),
    ),
    "LinesPlaced": Said(Result.ACCEPTED, N_("{lines} lines placed in {bin_code}.")),
    "Skipped": Said(
        Result.ACCEPTED, N_("{what} is skipped."), N_("It is asked for again after the others.")
    ),
    "Missing": Said(
        Result.ACCEPTED,
        N_("Missing in {bin_code}: {quantity} {unit} of {what}."),
        N_("Go on with the next. What you find after all, scan as ever."),
    ),
    "LinesTaken": Said(Result.ACCEPTED, N_("{lines} lines taken.")),
    "QuantityGiven": Said(Result.ACCEPTED, N_("{quantity} {unit} of {what}.")),
    "AlreadyTaken": Said(
        Result.ATTENTION,
        N_("{what} is already scanned."),
        N_("Nothing changed. Go on with the next."),
    ),
    "Choose": Said(Result.CHOOSE, N_("{code} can mean several things."), N_("Tap what you hold.")),
    "OpenDocument": Said(Result.ACCEPTED, N_("Opening {document}.")),
    "ChooseDocument": Said(
        Result.CHOOSE, N_("{code} is on several documents."), N_("Tap the one you work on.")
    ),
    "ShipmentOpen": Said(
        Result.ATTENTION,
        N_("Shipment {no} is not released yet."),
        N_("Ask a supervisor to release it."),
    ),
    "ShipmentWithoutPick": Said(
        Result.ATTENTION,
        N_("No pick of shipment {no} is open, and not all of it is picked."),
        N_("Ask a supervisor to create its pick."),
    ),
    "ShipmentPicked": Said(
        Result.ATTENTION,
        N_("Shipment {no} is picked and waits to be posted."),
        N_("Nothing is left to pick. A supervisor posts it."),
    ),
    "LookedUp": Said(Result.ACCEPTED, N_("{what}.")),
    "BinOpened": Said(
        Result.ACCEPTED, N_("Counting bin {bin_code}."), N_("Scan what you find in it.")
    ),
    "BinClosed": Said(Result.ACCEPTED, N_("Bin {bin_code} is closed: {found} found.")),
    "BinClosedEmpty": Said(Result.ACCEPTED, N_("Bin {bin_code} is closed: empty.")),
    "ConfirmEmpty": Said(
        Result.ATTENTION,
        N_("Nothing was scanned in bin {bin_code}."),
        N_("Scan the bin once more if it is empty."),
    ),
    "Counted": Said(Result.ACCEPTED, N_("{quantity} {unit} of {what} counted.")),
    "PackageCounted": Said(
        Result.ACCEPTED, N_("Package {package_no} counted whole: {lines} lines.")
    ),
    "CountedElsewhere": Said(
        Result.ATTENTION,
        N_("{what} counted; it is booked in bin {bin_code}."),
        N_("Leave it here if this is where it lies. Count bin {bin_code} too."),
    ),
    "CountedUnexpected": Said(
        Result.ATTENTION, N_("{what} counted; it is not booked in this bin."), N_("Go on counting.")
    ),
    "AskQuantity": Said(Result.ACCEPTED, N_("{what}."), N_("Type how many {unit} there are.")),
    "AskNumber": Said(
        Result.ACCEPTED, N_("{what}."), N_("Scan or type the {kind} of what you hold.")
    ),
    "AskExpirationDate": Said(
        Result.ACCEPTED, N_("{what} is new."), N_("Enter its expiration date.")
    ),
    "AskWarrantyDate": Said(Result.ACCEPTED, N_("{what} is new."), N_("Enter its warranty date.")),
    "JournalBin": Said(Result.ACCEPTED, N_("Bin {bin_code}."), N_("Scan what lies in it.")),
    "LineOnJournal": Said(Result.ACCEPTED, N_("{quantity} {unit} of {what} are on the journal.")),
    "SerialOnJournal": Said(
        Result.ACCEPTED,
        N_("{what} is on the journal."),
        N_("Scan the next serial no., or another item or bin."),
    ),
    "AlreadyOnJournal": Said(
        Result.ATTENTION,
        N_("{what} is on the journal already."),
        N_("Nothing changed. Go on with the next."),
    ),
    "Received": Said(Result.ACCEPTED, N_("{quantity} {unit} of {what} have come.")),
    "SerialReceived": Said(
        Result.ACCEPTED, N_("{what} has come."), N_("Scan the next serial no., or another item.")
    ),
    "AlreadyReceived": Said(
        Result.ATTENTION,
        N_("{what} has come already."),
        N_("Nothing changed. Go on with the next."),
    ),
    "PackageReceived": Said(
        Result.ACCEPTED, N_("Package {package_no} has come whole: {lines} numbers.")
    ),
    "MoveFromBin": Said(
        Result.ACCEPTED, N_("From bin {bin_code}."), N_("Scan what you take out of it.")
    ),
    "AskFromBin": Said(Result.ACCEPTED, N_("{what}."), N_("Scan the bin from which you take it.")),
    "InHand": Said(
        Result.ACCEPTED,
        N_("{quantity} {unit} of {what} from {bin_code} are in your hand."),
        N_("Scan the bin they go to, or more from {bin_code}."),
    ),
    "PackageInHand": Said(
        Result.ACCEPTED,
        N_("Package {package_no} from {bin_code} is in your hand: {lines} lines."),
        N_("Scan the bin it goes to, or more from {bin_code}."),
    ),
    "AlreadyInHand": Said(
        Result.ATTENTION,
        N_("{what} is in your hand already."),
        N_("Nothing changed. Scan the bin it goes to, or the next."),
    ),
    "Moved": Said(
        Result.ACCEPTED,
        N_("{quantity} {unit} of {what} moved from {bin_code} to {to_bin_code}, movement {no}."),
    ),
    "LinesMoved": Said(
        Result.ACCEPTED,
        N_("{lines} lines moved from {bin_code} to {to_bin_code}, movement {no}."),
    ),
    "AllPutBack": Said(Result.ACCEPTED, N_("{lines} lines are put back."), N_("Scan the next.")),
    "PutBack": Said(Result.ACCEPTED, N_("{what} is put back."), N_("Scan the next.")),
    "Undone": Said(Result.ACCEPTED, N_("Undone: {scanned}.")),
    "AddOrReplace": Said(
        Result.ATTENTION,
        N_("{what}: {counted} {unit} are counted in this bin already."),
        N_("Choose whether {quantity} {unit} come on top or instead."),
    ),
}


@dataclass(frozen=True)
class Choice:
    """Something to tap: a candidate of the same code, or a document to open."""

    key: str
    words: str


@dataclass(frozen=True)
class Outcome:
    """A sentence with its values, what can be tapped, and where to go."""

    code: str
    parameters: dict[str, Parameter] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    goto: str = ""

    @property
    def said(self) -> Said:
        """The sentence, of an outcome or of a refusal."""
        if self.code in SENTENCES:
            return SENTENCES[self.code]
        refusal = RuleRefused.by_code.get(self.code)
        if refusal is None:
            raise InvariantBroken(f"no sentence is called {self.code}")
        result = Result.CONFLICT if self.code == REUSED else Result.REFUSED
        return Said(result, refusal.message, refusal.way_out)

    @property
    def result(self) -> Result:
        """How the scan ended."""
        return self.said.result

    @property
    def tone(self) -> str:
        """Which tone, colour and vibration belong to it: ok, warn or stop."""
        return TONES[self.result]

    @property
    def stops(self) -> bool:
        """Whether scans captured before its answer was seen must not go on (10.2)."""
        return self.result is not Result.ACCEPTED


def refused(refusal: RuleRefused) -> Outcome:
    """The outcome of a scan that a rule refused."""
    return Outcome(refusal.code, dict(refusal.parameters))


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome as it is stored with the scan."""
    return {
        "result": outcome.result.value,
        "code": outcome.code,
        "parameters": parameters_to_json(outcome.parameters),
        "choices": [{"key": choice.key, "words": choice.words} for choice in outcome.choices],
        "goto": outcome.goto,
    }


def from_json(stored: dict[str, Any]) -> Outcome:
    """A stored outcome, with exact quantities and dates again."""
    return Outcome(
        code=stored["code"],
        parameters=parameters_from_json(stored["parameters"]),
        choices=tuple(Choice(choice["key"], choice["words"]) for choice in stored["choices"]),
        goto=stored["goto"],
    )
