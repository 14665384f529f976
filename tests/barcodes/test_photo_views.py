import pytest
from PIL import Image

from scanner_app.barcodes import photo_views
from scanner_app.barcodes.photo_views import View


def photo_with_a_dot(size: tuple[int, int], dot: tuple[int, int]) -> View:
    picture = Image.new("L", size, 0)
    picture.paste(255, (dot[0] - 4, dot[1] - 4, dot[0] + 4, dot[1] + 4))
    return View(picture, 1)


def find_dot(view: View) -> tuple[int, int]:
    """Return where the dot of the photo is, found in the view."""
    box = view.picture.point(lambda grey: 255 * (grey > 200)).getbbox()
    assert box is not None
    [corner] = view.to_photo((((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),))
    return corner


@pytest.mark.parametrize("size", [(400, 300), (1600, 1200)])
@pytest.mark.parametrize("degrees", [22, 45, 68])
def test_a_corner_found_in_a_turned_picture_is_told_in_the_photo(
    size: tuple[int, int], degrees: int
) -> None:
    across, down = find_dot(photo_views.turn(photo_with_a_dot(size, (300, 80)), degrees))
    assert abs(across - 300) <= 3
    assert abs(down - 80) <= 3


@pytest.mark.parametrize("size", [(400, 300), (1600, 1200)])
def test_a_corner_found_in_a_scaled_picture_is_told_in_the_photo(size: tuple[int, int]) -> None:
    taken = photo_with_a_dot(size, (300, 80))
    for view in (taken, photo_views.rescale(taken), photo_views.halve(taken)):
        assert find_dot(view) == (300, 80)


def test_small_pictures_are_enlarged_and_large_ones_halved() -> None:
    assert photo_views.rescale(View(Image.new("L", (1000, 9)), 1)).picture.width == 2000
    assert photo_views.rescale(View(Image.new("L", (1002, 9)), 1)).picture.width == 501


def test_a_crop_stays_inside_the_picture() -> None:
    picture = Image.new("L", (100, 50))
    assert photo_views.crop_around(picture, ((0, 0), (99, 49))).size == (100, 50)
    assert photo_views.crop_around(picture, ((50, 20), (60, 30))).size == (50, 50)
