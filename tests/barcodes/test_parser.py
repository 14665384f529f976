from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.barcodes.clean_text import NothingScanned
from scanner_app.barcodes.element_strings import (
    GS1DateWrong,
    GS1NotReadable,
    join_message,
    split_bracketed,
)
from scanner_app.barcodes.parsed_barcode import BarcodeForm, ParsedBarcode
from scanner_app.barcodes.parser import parse_barcode
from scanner_app.barcodes.plain_codes import CheckDigitWrong
from scanner_app.barcodes.scanned_code import ScannedCode
from scanner_app.errors import RuleRefused

TODAY = date(2026, 11, 22)
SETTINGS = BarcodeSettings()
OTHER_SETTINGS = BarcodeSettings(
    house_prefixes={"B": "bin", "ß": "lot"}, gs1_separators=("~",), plain_code_128_is_gs1=True
)


def parse(text: str, symbology: str = "", settings: BarcodeSettings = SETTINGS) -> ParsedBarcode:
    return parse_barcode(ScannedCode(text, symbology), TODAY, settings)


def parse_gs1(bracketed: str, symbology: str) -> ParsedBarcode:
    return parse(join_message(split_bracketed(bracketed)), symbology)


def found(parsed: ParsedBarcode) -> dict[str, object]:
    """Return what a barcode names, without its text and what it leaves open."""
    blank = ParsedBarcode(text="", form=BarcodeForm.PLAIN)
    return {
        name: value
        for name, value in vars(parsed).items()
        if name != "text" and value != getattr(blank, name)
    }


@pytest.mark.parametrize(
    "text",
    [
        "W-01-0101",
        "1001",
        "CONTAINER010",
        "dr-1003",
        "10LOT0001",
        "OLD-3010",
        "VENDOR-77",
        "=1+1",
        "<b>1</b>",
        "HELLO-42",
        "(555) 123",
        "395212340000000014",
    ],
)
@pytest.mark.parametrize("symbology", ["", "]C0", "]Q1", "]d1", "]A0"])
def test_a_label_without_proof_of_gs1_stays_plain_text(text: str, symbology: str) -> None:
    parsed = parse(text, symbology)
    assert (parsed.text, found(parsed)) == (text, {})


@pytest.mark.parametrize(
    ("symbology", "label", "fields"),
    [
        (
            "]d2",
            "(01)09521234019008(10)LOT0001(21)1001",
            {"gtin": "09521234019008", "lot_no": "LOT0001", "serial_no": "1001"},
        ),
        (
            "]d2",
            "(01)09521234020103(21)DR-1003",
            {"gtin": "09521234020103", "serial_no": "DR-1003"},
        ),
        (
            "]d2",
            "(01)09521234020202(17)270630(10)FX26A(21)FX-5101",
            {
                "gtin": "09521234020202",
                "expiration_date": date(2027, 6, 30),
                "lot_no": "FX26A",
                "serial_no": "FX-5101",
            },
        ),
        (
            "]C1",
            "(01)09521234030201(17)270200(10)P2404",
            {
                "gtin": "09521234030201",
                "expiration_date": date(2027, 2, 28),
                "lot_no": "P2404",
            },
        ),
        ("]C1", "(01)19521234030208(10)P2403", {"gtin": "19521234030208", "lot_no": "P2403"}),
        (
            "]C1",
            "(00)395212340000000038(02)09521234019206(37)12(10)LOT201",
            {
                "package_no": "395212340000000038",
                "content_gtin": "09521234019206",
                "quantity": Decimal(12),
                "lot_no": "LOT201",
            },
        ),
        (
            "]d2",
            "(01)09521234030607(15)270115(10)AD-3",
            {
                "gtin": "09521234030607",
                "best_before_date": date(2027, 1, 15),
                "lot_no": "AD-3",
            },
        ),
        (
            "]e0",
            "(01)09521234030508(3103)001250(11)260930(30)4",
            {
                "gtin": "09521234030508",
                "net_weight": Decimal("1.250"),
                "production_date": date(2026, 9, 30),
                "quantity": Decimal(4),
            },
        ),
    ],
)
def test_a_gs1_label_of_the_house_gives_its_fields(
    symbology: str, label: str, fields: dict[str, object]
) -> None:
    assert found(parse_gs1(label, symbology)) == {"form": "gs1", **fields}
    assert found(parse(label)) == {"form": "gs1", **fields}


@pytest.mark.parametrize("number", ["395212340000000014", "395212340000000021"])
def test_an_sscc_alone_is_a_package(number: str) -> None:
    assert found(parse(f"00{number}", "]C1")) == {"form": "sscc", "package_no": number}


@pytest.mark.parametrize(
    ("text", "symbology", "gtin"),
    [
        ("20003012", "]E4", "00000020003012"),
        ("20003012", "", "00000020003012"),
        ("412345003019", "]E0", "00412345003019"),
        ("0412345003019", "]E0", "00412345003019"),
        ("9521234030119", "]E0", "09521234030119"),
        ("]E09521234030119", "", "09521234030119"),
        ("19521234030208", "]I1", "19521234030208"),
    ],
)
def test_every_retail_code_gives_a_gtin_of_fourteen_digits(
    text: str, symbology: str, gtin: str
) -> None:
    assert found(parse(text, symbology)) == {"form": "gtin", "gtin": gtin}


def test_a_web_address_says_the_same_as_its_element_string() -> None:
    link = parse("https://id.gs1.org/01/09521234020202/10/FX26A/21/FX-5102", "]Q1")
    message = parse("010952123402020210FX26A\x1d21FX-5102", "]d2")
    assert {**found(link), "form": ""} == {**found(message), "form": ""}
    assert link.form == "digital_link"


def test_a_web_address_of_something_else_is_plain() -> None:
    assert found(parse("]Q1https://example.com/help")) == {}


def test_digits_with_a_wrong_check_digit_may_be_a_serial_no_and_say_so() -> None:
    assert found(parse("9521234020104")) == {"check_digit_wrong": True}


def test_a_bad_check_digit_inside_gs1_is_refused() -> None:
    with pytest.raises(CheckDigitWrong) as refused:
        parse("]C10109521234020104")
    assert refused.value.parameters == {"number": "09521234020104"}


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(GS1DateWrong):
        parse_gs1("(01)09521234030201(17)270231", "]C1")


@pytest.mark.parametrize("text", ["]C1", "]d2 ", "]C1\r\n", "[)>\x1e05\x1d\x1e\x04"])
def test_an_identifier_with_nothing_behind_it_is_nothing(text: str) -> None:
    with pytest.raises(NothingScanned):
        parse(text)


@pytest.mark.parametrize("text", ["]C1HELLO-42", "A\x1dB", "]d210"])
def test_gs1_that_holds_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(GS1NotReadable):
        parse(text)


@pytest.mark.parametrize("separator", ["\x1d", "<GS>", "{GS}", "␝"])
def test_a_separator_in_disguise_proves_gs1(separator: str) -> None:
    parsed = parse(f"10LOT0001{separator}211001")
    assert found(parsed) == {"form": "gs1", "lot_no": "LOT0001", "serial_no": "1001"}
    assert parsed.text == "10LOT0001␝211001"


def test_a_site_names_its_own_separator() -> None:
    assert found(parse("10LOT0001~211001")) == {}
    own = BarcodeSettings(gs1_separators=("~",))
    assert parse("10LOT0001~211001", settings=own).serial_no == "1001"


def test_lot_and_serial_nos_are_kept_in_capitals() -> None:
    parsed = parse("10lot0001\x1d21a-1", "]C1")
    assert (parsed.lot_no, parsed.serial_no) == ("LOT0001", "A-1")


def test_the_frame_of_iso_15434_proves_gs1_in_format_05_only() -> None:
    assert parse("[)>\x1e05\x1d10LOT0001\x1e\x04").lot_no == "LOT0001"
    other = parse("]d1[)>\x1e06\x1d1TLOT0001\x1dSA1\x1e\x04")
    assert found(other) == {"remarks": ("other_standard:06",)}
    assert other.text == "1TLOT0001␝SA1"


def test_what_has_no_field_is_kept_as_a_remark() -> None:
    parsed = parse("240ABC\x1d10A\x1d13260101XY", "]C1")
    assert parsed.lot_no == "A"
    assert parsed.remarks == ("unused:(240)ABC", "unused:(13)260101", "unknown:XY")


def test_a_count_of_nothing_is_a_remark_and_no_quantity() -> None:
    parsed = parse("00395212340000000038" + "3712", "]C1")
    assert parsed.quantity is None
    assert parsed.remarks == ("count_without_content:(37)12",)


@pytest.mark.parametrize("lot", ["LOT121SER1", "P240417270630", "AB10LOT1"])
def test_a_value_that_seems_to_hold_another_is_told(lot: str) -> None:
    parsed = parse(f"010952123401900810{lot}", "]C1")
    assert parsed.lot_no == lot
    assert parsed.remarks == (f"separator_missing:(10){lot}",)


def test_a_plain_lot_no_is_not_suspected() -> None:
    assert parse("010952123401900810LOT0001", "]C1").remarks == ()


def test_a_label_whose_printer_left_fnc1_out_is_gs1_only_where_the_site_says_so() -> None:
    label = "010952123401900810LOT0001"
    allowed = BarcodeSettings(plain_code_128_is_gs1=True)
    assert found(parse(label, "]C0")) == {}
    assert parse(label, "]C0", allowed).lot_no == "LOT0001"
    assert parse("00395212340000000014", "]C0", allowed).package_no == "395212340000000014"
    for other in ("1001", "10LOT0001", "01095212340190091001", f"{label}{'A' * 20}"):
        assert parse(other, "]C0", allowed).form == "plain"
    assert parse("0109521234019008ZZ", "]C0", allowed).form == "plain"
    assert parse(label, "]Q1", allowed).form == "plain"


def test_a_label_of_the_house_names_its_field() -> None:
    own = BarcodeSettings(house_prefixes={"BIN:": "bin", "LOT:": "lot"})
    assert found(parse("bin:w-01-0101", settings=own)) == {
        "form": "house",
        "bin_code": "W-01-0101",
    }
    assert parse("LOT:lot1", "]C0", own).lot_no == "LOT1"


def test_the_identifier_that_the_device_names_is_not_looked_for_in_the_text() -> None:
    assert parse("]C1101", "]Q1").text == "]C1101"


@given(
    st.text(st.characters() | st.sampled_from("\x1d\x1e\x04()[]/01"), max_size=530),
    st.sampled_from(["", "]C0", "]C1", "]d2", "]Q1", "]Q3", "]E0", "]E4", "]XX", "garbage"]),
    st.sampled_from(["", "]C1", "(01)", "(10)", "https://id.gs1.org/01/", "[)>\x1e05\x1d", "01"]),
    st.sampled_from([SETTINGS, OTHER_SETTINGS]),
)
def test_no_text_does_more_than_be_parsed_or_refused(
    text: str, symbology: str, start: str, settings: BarcodeSettings
) -> None:
    try:
        parsed = parse(start + text, symbology, settings)
    except RuleRefused:
        return
    assert parsed.text
    assert len(parsed.gtin) in {0, 14}
    assert max(len(parsed.lot_no), len(parsed.serial_no), len(parsed.bin_code)) <= 50
    for value in (parsed.text, parsed.lot_no, parsed.serial_no, *parsed.remarks):
        value.encode()
        assert "\x1d" not in value
