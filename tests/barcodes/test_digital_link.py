import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.barcodes.digital_link import is_web_address, split_digital_link
from scanner_app.barcodes.element_strings import ElementString, GS1NotReadable, GS1ValuesContradict
from scanner_app.barcodes.plain_codes import CheckDigitWrong
from scanner_app.errors import RuleRefused

GTIN = ElementString("01", "09521234020202")
LINK = "https://id.gs1.org/01/09521234020202"


@pytest.mark.parametrize("text", ["https://a", "HTTP://A", "HttpS://x/01"])
def test_an_address_is_known_in_any_letter_case(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize("text", ["ftp://a", "https:/a", "a https://b", "01"])
def test_other_texts_are_no_address(text: str) -> None:
    assert not is_web_address(text)


@pytest.mark.parametrize(
    ("address", "elements"),
    [
        (LINK, (GTIN,)),
        (LINK + "/", (GTIN,)),
        ("https://id.gs1.org/01/9521234020202", (GTIN,)),
        ("HTTP://SHOP.EXAMPLE/A/B/01/09521234020202", (GTIN,)),
        (
            LINK + "/10/FX26A/21/FX-5102",
            (GTIN, ElementString("10", "FX26A"), ElementString("21", "FX-5102")),
        ),
        (
            LINK + "?17=270200&10=FX%2F1&linkType=gs1:pip&utm=3",
            (GTIN, ElementString("17", "270200"), ElementString("10", "FX/1")),
        ),
        (LINK + "/10/FX%2F1#top", (GTIN, ElementString("10", "FX/1"))),
        (
            "https://example.com/00/395212340000000014",
            (ElementString("00", "395212340000000014"),),
        ),
    ],
)
def test_identifiers_are_read_from_path_and_query(
    address: str, elements: tuple[ElementString, ...]
) -> None:
    assert split_digital_link(address) == elements


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "https://example.com/01/page",
        "https://example.com/01/123",
        "https://example.com/gtin/09521234020202",
        "https://example.com/01/09521234020202/photo",
        "https://example.com/01/09521234020202/color/red",
        "https://[::1/01/09521234020202",
    ],
)
def test_other_addresses_are_left_alone(address: str) -> None:
    assert split_digital_link(address) is None


def test_a_bad_check_digit_in_a_link_is_refused() -> None:
    with pytest.raises(CheckDigitWrong):
        split_digital_link("https://id.gs1.org/01/09521234020203")


def test_path_and_query_may_not_contradict_each_other() -> None:
    with pytest.raises(GS1ValuesContradict):
        split_digital_link(LINK + "/10/A?10=B")


@pytest.mark.parametrize("lot", ["%00", "%E2%80%AE", "%1D21X", "A" * 21, "%ZZ%"])
def test_hidden_characters_behind_percent_signs_are_refused(lot: str) -> None:
    try:
        elements = split_digital_link(f"{LINK}/10/{lot}")
    except GS1NotReadable:
        return
    assert elements == (GTIN, ElementString("10", "%ZZ%"))


@given(st.text(max_size=80))
def test_no_address_breaks_the_reader(path: str) -> None:
    try:
        split_digital_link(f"https://{path}")
        split_digital_link(f"{LINK}/{path}")
    except RuleRefused:
        pass
