"""The first steps of the document about opening balances, which every way there begins with."""

from tests.flows.newcomer import Newcomer


def open_batch(newcomer: Newcomer) -> None:
    """Open the list of batches by the field Name, make one with numbers on lines, select it."""
    newcomer.enter_in_tell_me("Item Journals")
    newcomer.choose("Name OPENING")
    newcomer.choose("New")
    newcomer.fill_in("Name", "BALANCE")
    newcomer.select("Item Tracking on Lines")
    newcomer.press("Create")
    newcomer.choose("OK BALANCE")
