"""Every label of the demo, by name."""

from datetime import date

from scanner_app.demo.bin_sheets import bin_labels, bin_sheets, package_labels
from scanner_app.demo.labels import DemoLabel, labels_to_scan


def every_label(work_date: date) -> dict[str, DemoLabel]:
    lying = (part.label for sheet in bin_sheets(work_date) for part in sheet.lying)
    labels = (*labels_to_scan(work_date), *lying, *bin_labels(), *package_labels())
    return {label.name: label for label in labels}
