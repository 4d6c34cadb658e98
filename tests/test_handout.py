"""Printed handouts, decoded by another PDF reader: all texts, all pictures, type embedded, answers last."""

import io
import re

import pypdfium2
import pytest
from PIL import Image, ImageChops

from lab import catalog, tours
from lab.cli import main
from lab.figures import sheet
from lab.figures.handout import draw, handout
from lab.figures.sheet import Sheet, Text
from lab.figures.sheet.flow import Column, joined, length, lines
from lab.figures.sheet.marks import type_of
from lab.figures.sheet.typeface import typeface

each_tour = pytest.mark.parametrize("tour", tours.tours(), ids=lambda tour: tour.word)


def squeezed(text):
    """Text without blanks, breaks and asterisks."""
    return re.sub(r"[\s*]", "", text)


def texts(body):
    """The text of every page as the other reader finds it."""
    document = pypdfium2.PdfDocument(body)
    return [squeezed(page.get_textpage().get_text_range()) for page in document]


@each_tour
def test_a_handout_says_what_the_tour_says_and_keeps_the_answers_for_the_end(tour):
    pages = texts(handout(tour.word))
    room = catalog.by_word(tour.word)
    before, last = "".join(pages[:-1]), pages[-1]
    assert squeezed(room.title) in pages[0] and squeezed(tour.aim) in pages[0]
    for number, step in enumerate(tour.steps, start=1):
        assert squeezed(step.question) in before and squeezed(step.look) in before
        assert squeezed(tour.address(number)) in before
        assert squeezed(step.answer) in last and squeezed(step.answer) not in before


@each_tour
def test_a_handout_shows_the_rooms_results_and_has_a_glyph_for_every_letter(tour):
    document = pypdfium2.PdfDocument(handout(tour.word))
    pictures = [item for page in document for item in page.get_objects() if item.type == 3]
    assert len(pictures) == sum(isinstance(m, sheet.Picture) for page in draw(tour) for m in page.marks)
    assert bool(pictures) == bool(tour.plates)
    for page in draw(tour):
        for mark in page.marks:
            if isinstance(mark, Text):
                missing = [letter for letter in mark.words if letter not in typeface(mark.italic).glyphs]
                assert not missing, mark.words
                assert (
                    mark.x + length(mark.words, mark.size, mark.italic) <= page.width or mark.anchor == "end"
                )


def test_the_faces_are_embedded_whole():
    body = handout("similarity")
    assert body.count(b"/FontFile2") == 2 and body.count(b"/ToUnicode") == 2
    assert b"/BaseFont /EBGaramond-Regular" in body


def test_glyph_widths_are_those_of_another_reader_of_the_face():
    for italic in (False, True):
        measure = type_of(italic, 1000)
        for letter in "aWσ−²½ß":
            if letter in typeface(italic).glyphs:
                assert abs(length(letter, 1000, italic) - measure.getlength(letter)) <= 1


def test_greek_is_painted_and_not_a_box():
    def painted(words):
        page = Sheet(200, 60, "#ffffff", "σ", (Text(10, 40, words, "#000000", 30),))
        bitmap = pypdfium2.PdfDocument(sheet.pdf(page))[0].render(scale=2)
        return bitmap.to_pil().convert("L")

    sigma, omega, box = painted("σ"), painted("ω"), painted("\u2603")
    assert ImageChops.difference(sigma, box).getbbox() and ImageChops.difference(sigma, omega).getbbox()
    assert min(sigma.get_flattened_data() if hasattr(sigma, "get_flattened_data") else sigma.getdata()) < 60


def test_the_pdf_and_the_png_of_a_sheet_look_alike():
    page = draw(tours.read("mix"))[0]
    wide = round(page.width), round(page.height)
    printed = pypdfium2.PdfDocument(sheet.pdf(page))[0].render(scale=1).to_pil().convert("RGB").resize(wide)
    drawn = Image.open(io.BytesIO(sheet.png(page, 1.0))).convert("RGB").resize(wide)
    mean = sum(ImageChops.difference(printed, drawn).convert("L").histogram()[i] * i for i in range(256))
    assert mean / (wide[0] * wide[1]) < 6


def test_lines_fit_the_column_and_lose_no_word():
    text = "A line with *some emphasis in it*, and then *more*. " * 5
    column = Column(0, 120, "#000000", 10)
    broken = lines(text, column)
    for line in broken:
        wide = sum(length(words, 10, italic) for words, italic in joined(line))
        assert wide <= 120 + length(",", 10)  # a mark that is glued to an emphasis hangs
    assert squeezed("".join(words for line in broken for words, _ in line)) == squeezed(text)
    assert {italic for line in broken for _, italic in line} == {False, True}


def test_a_room_without_a_tour_has_no_handout():
    with pytest.raises(ValueError, match="no handout of 'nowhere'"):
        handout("nowhere")


def test_the_command_writes_what_the_page_offers(tmp_path, capsys):
    assert main(["handout", "latents", "--out", str(tmp_path)]) == 0
    assert (tmp_path / "latents.pdf").read_bytes() == handout("latents")
    assert "latents.pdf" in capsys.readouterr().out


def test_plates_are_those_that_the_command_draws(tmp_path):
    from lab.figures.morph import read_film

    assert main(["plates", "--only", "map", "--out", str(tmp_path)]) == 0
    (fresh,) = read_film(tmp_path / "similarity/map.webp")
    (shipped,) = read_film(tours.GALLERY / "similarity/map.webp")
    assert fresh.shape == shipped.shape and abs(fresh.astype(int) - shipped).mean() < 1
