"""The pictures of some items of the demo, drawn by the demo itself.

This module must never hold a file of others.
"""

from scanner_app.barcodes.drawings import Shape, draw_picture
from scanner_app.barcodes.picture_limits import EncodedPicture

WOOD, DARK_WOOD = "#b7793f", "#8a5528"
STEEL, DARK = "#9aa3ad", "#333a42"
ORANGE, RED, YELLOW, BLUE = "#e07b1f", "#c62f2f", "#f2c230", "#2f66b8"

DRAWINGS: dict[str, tuple[Shape, ...]] = {
    "1900-S": (
        Shape("box", WOOD, ((70, 20), (86, 225))),
        Shape("box", WOOD, ((154, 20), (170, 225))),
        Shape("box", DARK_WOOD, ((70, 28), (170, 52))),
        Shape("box", DARK_WOOD, ((70, 70), (170, 92))),
        Shape("polygon", BLUE, ((60, 130), (180, 130), (196, 152), (44, 152))),
        Shape("box", WOOD, ((48, 152), (62, 225))),
        Shape("box", WOOD, ((178, 152), (192, 225))),
    ),
    "1920-S": (
        Shape("polygon", YELLOW, ((85, 25), (155, 25), (190, 110), (50, 110))),
        Shape("box", DARK, ((113, 110), (127, 200))),
        Shape("oval", DARK, ((65, 190), (175, 222))),
    ),
    "2010": (
        Shape("box", ORANGE, ((40, 55), (165, 115))),
        Shape("box", DARK, ((165, 65), (190, 105))),
        Shape("box", STEEL, ((190, 80), (230, 90))),
        Shape("polygon", ORANGE, ((55, 110), (105, 110), (90, 190), (45, 190))),
        Shape("box", DARK, ((30, 188), (112, 222))),
        Shape("box", DARK, ((106, 115), (122, 140))),
    ),
    "3020": (
        Shape("oval", STEEL, ((50, 180), (190, 228))),
        Shape("box", STEEL, ((50, 60), (190, 204))),
        Shape("box", RED, ((50, 90), (190, 180))),
        Shape("oval", RED, ((50, 160), (190, 204))),
        Shape("oval", DARK, ((50, 36), (190, 84))),
        Shape("oval", RED, ((62, 42), (178, 78))),
    ),
    "3030": (
        Shape("polygon", DARK_WOOD, ((60, 40), (180, 40), (195, 225), (45, 225))),
        Shape("polygon", WOOD, ((60, 40), (180, 40), (175, 62), (65, 62))),
        Shape("oval", "#f4e6d2", ((75, 95), (165, 185))),
        Shape("oval", DARK_WOOD, ((95, 112), (145, 168))),
        Shape("polygon", "#f4e6d2", ((117, 112), (123, 112), (127, 168), (119, 168))),
    ),
}


def draw_pictures() -> dict[str, EncodedPicture]:
    """The pictures by the numbers of their items."""
    return {item_no: draw_picture(shapes) for item_no, shapes in DRAWINGS.items()}
