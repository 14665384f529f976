"""The pictures that the guide shows warehouse journals and reclassifications by.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

PICTURES_OF_JOURNALS: dict[str, dict[str, str]] = {
    "warehouse_physical_inventory_journals.open_journal": {
        "whse-journal": "the warehouse physical inventory journal of the first batch, a count",
    },
    "warehouse_physical_inventory_journals.show": {
        "whse-journal-checked": "three lines: two are ready, one lacks its lot number",
        "whse-journal-registered": "two lines are registered, and the way to the sync",
    },
    "warehouse_physical_inventory_journal_batches.show_list": {
        "whse-journal-batches": "the batches of the journal at a location, with New and OK",
    },
    "warehouse_physical_inventory_journal_batches.show_new": {
        "whse-journal-batch-new": "the form for a new batch of the journal",
    },
    "warehouse_physical_inventory_journal_batches.show": {
        "whse-journal-batch": "the card of a batch of the journal",
    },
    "warehouse_physical_inventory_journal_lines.show_new": {
        "whse-journal-line-new": "the second line, with the document, date and bin of the first",
    },
    "warehouse_physical_inventory_journal_lines.show": {
        "whse-journal-line-refused": "the adjustment bin is refused on a line",
    },
    "warehouse_physical_inventory_journal_workbooks.show": {
        "whse-journal-excel": "Edit in Excel for the bins of a directed location",
    },
    "warehouse_physical_inventory_journal_workbooks.show_upload": {
        "whse-journal-upload": "what a file of opening balances would add, before it is published",
    },
    "warehouse_item_journals.open_journal": {
        "whse-item-journal": "the warehouse item journal, which has no batch yet",
    },
    "warehouse_item_journals.show": {
        "whse-item-journal-line": "a line that takes two cans out of a bin",
    },
    "warehouse_item_journal_batches.show_list": {
        "whse-item-journal-batches": "the batches of the warehouse item journal",
    },
    "warehouse_item_journal_batches.show_new": {
        "whse-item-journal-batch-new": "the form for a new batch of the warehouse item journal",
    },
    "warehouse_item_journal_batches.show": {
        "whse-item-journal-batch": "the card of a batch of the warehouse item journal",
    },
    "warehouse_item_journal_lines.show_new": {
        "whse-item-journal-line-new": "a new line of the warehouse item journal",
    },
    "warehouse_item_journal_lines.show": {
        "whse-item-journal-line-card": "the card of a line of the warehouse item journal",
    },
    "warehouse_item_journal_workbooks.show": {
        "whse-item-journal-excel": "Edit in Excel for the warehouse item journal",
    },
    "warehouse_item_journal_workbooks.show_upload": {
        "whse-item-journal-upload": "what a file would add to the warehouse item journal",
    },
    "warehouse_reclassification_journals.open_journal": {
        "whse-reclass-journal": "the warehouse reclassification journal, which has no batch yet",
    },
    "warehouse_reclassification_journals.show": {
        "whse-reclass-journal-checked": "three moves: two are ready, one has a date that waits",
    },
    "warehouse_reclassification_journal_batches.show_list": {
        "whse-reclass-journal-batches": "the batches of the warehouse reclassification journal",
    },
    "warehouse_reclassification_journal_batches.show_new": {
        "whse-reclass-journal-batch-new": "the form for a new batch of moves",
    },
    "warehouse_reclassification_journal_batches.show": {
        "whse-reclass-journal-batch": "the card of a batch of moves",
    },
    "warehouse_reclassification_journal_lines.show_new": {
        "whse-reclass-journal-line-new": "a move with its From and To Bin and the New numbers",
    },
    "warehouse_reclassification_journal_lines.show": {
        "whse-reclass-journal-line-card": "a move that gives two bags another lot number",
    },
    "warehouse_reclassification_journal_workbooks.show": {
        "whse-reclass-journal-excel": "Edit in Excel for moves",
    },
    "warehouse_reclassification_journal_workbooks.show_upload": {
        "whse-reclass-journal-upload": "what a file of moves would add, before it is published",
    },
    "reclassification_item_journals.open_journal": {
        "reclass-journal": "the item reclassification journal, which has no batch yet",
    },
    "reclassification_item_journals.show": {
        "reclass-journal-checked": "two transfers: one renumbers a lot, one changes nothing",
    },
    "reclassification_item_journals.preview": {
        "reclass-journal-preview": "the two entries that a transfer would make",
    },
    "reclassification_item_journal_batches.show_list": {
        "reclass-journal-batches": "the batches of the item reclassification journal",
    },
    "reclassification_item_journal_batches.show_new": {
        "reclass-journal-batch-new": "the form for a new batch of transfers",
    },
    "reclassification_item_journal_batches.show": {
        "reclass-journal-batch": "the card of a batch of the item reclassification journal",
    },
    "reclassification_item_journal_lines.show_new": {
        "reclass-journal-line-new": "a new transfer, with the place of the one before",
    },
    "reclassification_item_journal_lines.show": {
        "reclass-journal-line": "the card of a transfer, with the expiration date of the stock",
    },
    "reclassification_item_tracking_lines.show": {
        "reclass-tracking-lines": "one lot of a transfer becomes two",
    },
    "reclassification_item_tracking_lines.show_part": {
        "reclass-tracking-line": "one set of numbers of a transfer, to be changed or deleted",
    },
    "reclassification_select_entries.show": {
        "reclass-select-entries": "what is on inventory for a transfer",
    },
    "reclassification_item_journal_workbooks.show": {
        "reclass-journal-excel": "Edit in Excel for transfers",
    },
    "reclassification_item_journal_workbooks.show_upload": {
        "reclass-journal-upload": "what a file of transfers would change, before it is published",
    },
}
