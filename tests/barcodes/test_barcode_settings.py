import pytest

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.errors import InvariantBroken


@pytest.mark.parametrize("prefixes", [{"B:": "shelf"}, {"": "bin"}])
def test_a_prefix_has_to_name_something_the_house_knows(prefixes: dict[str, str]) -> None:
    with pytest.raises(InvariantBroken):
        BarcodeSettings(house_prefixes=prefixes)


def test_an_empty_separator_is_no_separator() -> None:
    with pytest.raises(InvariantBroken):
        BarcodeSettings(gs1_separators=("~", ""))
