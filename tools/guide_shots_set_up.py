"""The pictures of the user guide that a supervisor's set-up is shown by, as `guide_shots` says.

This module must import nothing but the standard library, as all of tools/ but guide.py.
"""

PICTURES_OF_SET_UP: dict[str, dict[str, str]] = {
    "set_up.show": {
        "set-up": "everything that a supervisor sets up, shelf by shelf",
    },
    "item_tracking_codes.show_list": {
        "tracking-codes": "the list of item tracking codes with New and Edit",
    },
    "item_tracking_codes.show_new": {
        "tracking-code-new": "the form for a new item tracking code",
    },
    "item_tracking_codes.show": {
        "tracking-code": "the card of a new code: nothing is asked for yet",
        "tracking-code-specific": "Lot Specific Tracking is on, and the flows follow it",
        "tracking-code-refused": "tracking that was posted with cannot be changed",
        "tracking-code-expiration": "the expiration rules of a code",
        "tracking-code-warranty": "what a Warranty Date Formula makes of today",
    },
    "items.show_list": {
        "items": "the list of items with New and Edit, and the search above it",
    },
    "items.show_new": {
        "item-new": "the card of a new item",
    },
    "items.show": {
        "item": "the card of an item",
        "item-formula": "what an Expiration Calculation makes of today",
        "item-refused": "tracking that was posted with cannot be changed on the item",
    },
    "item_parts.show_list": {
        "item-references": "the bar codes of an item by themselves",
    },
    "item_parts.show_new": {
        "item-reference-new": "the form for a new bar code of an item",
        "item-reference-other": "a bar code that stands for other goods too is asked about",
    },
    "item_parts.show": {
        "item-unit-refused": "a unit in which stock was posted keeps what it holds",
    },
    "units_of_measure.show_list": {
        "units-of-measure": "the list of units of measure with New and Edit",
    },
    "units_of_measure.show_new": {
        "unit-of-measure-new": "the form for a new unit of measure",
    },
    "units_of_measure.show": {
        "unit-of-measure": "the card of a unit of measure",
    },
    "serial_no_information.show_list": {
        "serial-cards": "the list of Serial No. Information",
    },
    "serial_no_information.show_new": {
        "serial-card-new": "the card of a serial number that has none yet, about to be blocked",
    },
    "serial_no_information.show": {
        "serial-card": "the card of a blocked serial number",
    },
    "lot_no_information.show_list": {
        "lot-cards": "the list of Lot No. Information with New and Edit, one lot is blocked",
    },
    "lot_no_information.show_new": {
        "lot-card-new": "the card of a lot that has none yet, filled in by the look-up",
    },
    "lot_no_information.show": {
        "lot-card": "the card of a blocked lot: its fields, what is on inventory and where",
        "lot-card-refused": "a blocked card cannot be deleted",
    },
    "package_no_information.show_list": {
        "package-cards": "the list of Package No. Information",
    },
    "package_no_information.show_new": {
        "package-card-new": "the card of a package that has none yet",
    },
    "package_no_information.show": {
        "package-card": "the card of a package with its country and certificate",
    },
    "number_series.show_list": {
        "number-series": "the list of number series with the number that comes next",
    },
    "number_series.show_new": {
        "number-series-new": "the form for a new number series",
    },
    "number_series.show": {
        "number-series-card": "the card of a new number series, which has no line yet",
        "number-series-refused": "an Ending No. that is not counted up from the Starting No.",
    },
    "inventory_setup.show": {
        "inventory-setup": "the number series of package numbers is chosen",
    },
    "assigned_numbers.show": {
        "assign-numbers": "the page of an item where numbers are assigned",
        "numbers-assigned": "twelve serial numbers are assigned, and their labels can be printed",
    },
    "labels.show_batch": {
        "labels-of-numbers": "the labels of twelve serial numbers with their lot",
    },
    "labels.show_item": {
        "label-of-item": "the label of an item",
    },
    "labels.show_bins": {
        "labels-of-bins": "the labels of a range of bins, and the form that chooses it",
    },
    "bin_types.show_list": {
        "bin-types": "the list of bin types with New and Edit",
    },
    "bin_types.show_new": {
        "bin-type-new": "the card of a new bin type",
    },
    "bin_types.show": {
        "bin-type": "the card of a bin type with its four switches",
    },
    "put_away_templates.show_list": {
        "put-away-templates": "the put-away templates",
    },
    "put_away_templates.show_new": {
        "put-away-template-new": "a new put-away template",
    },
    "put_away_templates.show": {
        "put-away-template": "what a put-away template asks, line by line",
    },
    "put_away_template_lines.show_new": {
        "put-away-template-line-new": "a new line of a put-away template",
    },
    "put_away_template_lines.show": {
        "put-away-template-line": "a line of a put-away template, and what it asks of a bin",
    },
    "locations.show_list": {
        "locations": "the list of locations with New and Edit",
    },
    "locations.show_new": {
        "location-new": "the card of a new location",
    },
    "locations.show": {
        "location": "the card of a directed location, with what is locked",
        "location-refused": "an adjustment bin that holds differences cannot be changed",
    },
    "bin_contents.show_list": {
        "bin-contents": "the items that have their place in a bin",
    },
    "bin_contents.show_new": {
        "bin-content-new": "an item gets its place in a bin",
    },
    "bin_contents.show": {
        "bin-content": "the card of a bin content, with the most that the bin holds",
    },
    "zones.show_list": {
        "zones": "the zones of a location",
    },
    "zones.show_new": {
        "zone-new": "the card of a new zone",
    },
    "zones.show": {
        "zone": "the card of a zone",
    },
    "bins.show_list": {
        "bins": "the bins of a location, and the search above them",
        "bins-created": "the list of bins after whole racks were created",
    },
    "bins.show_new": {
        "bin-new": "the card of a new bin",
    },
    "bins.show": {
        "bin": "the card of a bin with what lies there",
    },
    "create_bins.show": {
        "bins-create": "the form that creates bins from ranges",
        "bins-create-preview": "the preview of new bins, and which are there already",
    },
    "configuration_packages.show_list": {
        "config-packages": "the list of configuration packages with New and Open",
    },
    "configuration_packages.show_new": {
        "config-package-new": "the card of a new configuration package, with every table",
    },
    "configuration_packages.show": {
        "config-package": "a package in which two units of measure wait to be validated",
    },
    "configuration_packages.show_card": {
        "config-package-card": "the name and the tables of a configuration package",
    },
    "configuration_packages.show_table": {
        "config-package-table": "the errors of a table of a package, of which there are none yet",
    },
}
