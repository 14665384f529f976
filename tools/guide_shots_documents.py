"""The pictures of documents: receipts, shipments and transfers, who does what, what was registered.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

PICTURES_OF_DOCUMENTS: dict[str, dict[str, str]] = {
    "documents.show_list": {
        "documents": "receipts and shipments with their lines",
        "documents-pick-made": "a pick was created for a shipment",
    },
    "document_import.show": {
        "documents-import": "where a file of receipts and shipments is sent, with its template",
        "documents-import-refused": "rows that cannot be imported, and why, below what was pasted",
    },
    "document_pages.show_new": {
        "receipt-new": "a new receipt: what it comes by, where and when",
    },
    "document_pages.show": {
        "receipt": "a receipt with its lines, ready to be posted",
        "receipt-refused": "what stands against posting each line",
        "shipment": "a shipment that is open, with its line",
    },
    "document_pages.show_header": {
        "receipt-header": "the header of a receipt, to be changed or deleted",
    },
    "document_line_pages.show_new": {
        "receipt-line-new": "a new line of a receipt",
    },
    "document_line_pages.show": {
        "receipt-line": "a line of a receipt, to be changed or deleted",
    },
    "receipt_item_tracking_lines.show": {
        "receipt-tracking-lines": "the serial numbers of a line of a receipt, one after the other",
    },
    "receipt_item_tracking_lines.show_part": {
        "receipt-tracking-line": "one serial number that comes in, to be changed or deleted",
    },
    "shipment_select_entries.show": {
        "shipment-select-entries": "what is on inventory for a line of a shipment",
    },
    "shipment_item_tracking_lines.show": {
        "shipment-tracking-lines": "the lot that a shipment asks for",
    },
    "shipment_item_tracking_lines.show_part": {
        "shipment-tracking-line": "a number that a shipment asks for, to be changed or deleted",
    },
    "transfer_pages.show_list": {
        "transfers": "the transfer orders that a location ships or receives",
    },
    "transfer_pages.show_new": {
        "transfer-new": "a new transfer order: from where, to where, and in transit",
    },
    "transfer_pages.show": {
        "transfer": "a transfer order with what is to be shipped",
        "transfer-in-transit": "goods in transit, with the numbers that were shipped",
    },
    "transfer_pages.show_header": {
        "transfer-header": "the header of a transfer order, to be changed or deleted",
    },
    "transfer_line_pages.show_new": {
        "transfer-line-new": "a new line of a transfer order",
    },
    "transfer_line_pages.show": {
        "transfer-line": "a line of a transfer order, to be changed or deleted",
    },
    "transfer_item_tracking_lines.show": {
        "transfer-tracking-lines": "the serial number that a transfer order names",
    },
    "transfer_item_tracking_lines.show_part": {
        "transfer-tracking-line": "a number that a transfer order names, to be changed or deleted",
    },
    "transfer_select_entries.show": {
        "transfer-select-entries": "what is on inventory for a line of a transfer order",
    },
    "floor.show": {
        "floor": "what is open, who scanned last, and how many lines are registered in an hour",
    },
    "assignments.show": {
        "assignment": "who does a put-away, and who else can have it",
    },
    "end_of_shift.show": {
        "end-of-shift": "what is begun and not done at the end of a shift",
    },
    "registered_documents.show_list": {
        "registered-documents": "what was registered, the newest first",
    },
    "registered_documents.show": {
        "registered-document": "what a registered put-away brought from bin to bin",
    },
    "registered_documents.show_move_back": {
        "move-back": "the lines of a registered put-away that can be moved back",
    },
    "short_picks.show_list": {
        "short-picks": "what was not found on a pick, and why",
    },
    "shipment_picks.show": {
        "documents-pick": "what can be picked of a shipment, line by line",
    },
}
