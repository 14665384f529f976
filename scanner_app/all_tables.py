"""Every module that maps a table, so that the metadata is whole wherever it is needed.

This module must never be imported by a rule: migrations, the command line and tests need it.
"""

from scanner_app import code_index, counters
from scanner_app.access import change_log, posted_request, user, user_session
from scanner_app.configuration import configuration_package
from scanner_app.inventory import (
    assigned_number,
    inventory_setup,
    item,
    item_journal,
    item_ledger,
    item_picture,
    item_reference,
    item_tracking,
    item_tracking_code,
    item_word,
    location,
    number_series,
    reason_code,
    tracking_information,
)
from scanner_app.jobs import job
from scanner_app.records import Base
from scanner_app.scanning import scan
from scanner_app.warehouse import (
    activity,
    bin_balance,
    bin_content,
    employee,
    journal_workbook,
    manual_journal_line,
    moved_back,
    put_away_template,
    receipt,
    shipment,
    short_pick,
    transfer_order,
    warehouse_journal,
    warehouse_ledger,
)
from scanner_app.warehouse import bin as bins

MODULES = (
    code_index,
    counters,
    change_log,
    posted_request,
    user,
    user_session,
    configuration_package,
    job,
    assigned_number,
    inventory_setup,
    item,
    item_journal,
    item_ledger,
    item_picture,
    item_reference,
    item_tracking,
    item_tracking_code,
    item_word,
    location,
    number_series,
    reason_code,
    tracking_information,
    scan,
    activity,
    bins,
    bin_balance,
    bin_content,
    employee,
    journal_workbook,
    manual_journal_line,
    moved_back,
    put_away_template,
    receipt,
    shipment,
    short_pick,
    transfer_order,
    warehouse_journal,
    warehouse_ledger,
)

metadata = Base.metadata
