"""Base tables: the same bytes from everybody, and nothing that isn't a whole number or a word."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.figures.tables import BadTable, BaseTable, parse

COLUMNS = ("word", "number")

words = st.text(st.characters(categories=["L", "N", "P", "S"], include_characters=" "), min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text.strip())
)
rows = st.lists(st.tuples(words.filter(bool), st.integers(0, 10**6)), max_size=20)


@given(rows)
def test_a_table_read_back_is_the_table(given_rows):
    table = BaseTable.of("some", COLUMNS, given_rows)

    assert parse("some", COLUMNS, table.csv) == table


@given(rows)
def test_the_order_of_rows_makes_no_other_bytes(given_rows):
    table = BaseTable.of("some", COLUMNS, given_rows)

    assert BaseTable.of("some", COLUMNS, given_rows[::-1]).csv == table.csv


@given(rows)
def test_any_reader_of_csv_reads_the_same_cells(given_rows):
    table = BaseTable.of("some", COLUMNS, given_rows)

    read = list(csv.reader(io.StringIO(table.csv.decode())))[1:]

    assert [(word, int(number)) for word, number in read] == [
        ("'" * word.startswith(("=", "+", "-", "@", "'")) + word, number) for word, number in table.rows
    ]


def test_a_word_of_digits_stays_a_word():
    table = BaseTable.of("some", COLUMNS, [("14872", 3), ("xa-1", 2)])

    assert table.csv == b'word,number\n"14872",3\nxa-1,2\n'
    assert parse("some", COLUMNS, table.csv).rows[0][0] == "14872"


def test_a_word_that_a_spreadsheet_would_run_is_kept_from_it():
    table = BaseTable.of("some", COLUMNS, [("=1+1", 3)])

    assert table.csv == b"word,number\n'=1+1,3\n"
    assert parse("some", COLUMNS, table.csv).rows[0][0] == "=1+1"


def test_numbers_stand_by_size_and_before_words():
    table = BaseTable.of("some", ("cell",), [["hidden"], [10], [9]])

    assert table.csv == b"cell\n9\n10\nhidden\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"word,number\nb,1\na,2\n", r"some.csv, row 3: rows aren't sorted"),
        (b"word,number\na,1.5\nb\n", r"some.csv, row 3: 1 cells"),
        (b"word,number\na,1", r"row 2: the last line has no end"),
        (b"word\na\n", r"row 1: the header is 'word'"),
        (b'word,number\n"a"b,1\n', r"row 2: a quotation mark out of place"),
        (b'word,number\n"a",1\n', r"row 2, column word: 'a' isn't written as a"),
        (b"word,number\na\xff,1\n", r"row 2: not UTF-8"),
        (b"word,number\n a,1\n", r"row 2, column word: ' a' is no word"),
        (b"word,number\n,1\n", r"row 2, column word: a word of 0 characters"),
        (b"word,number\r\na,1\r\n", r"row 1: the header"),
    ],
)
def test_what_is_no_table_is_named_by_file_row_and_column(content, says):
    with pytest.raises(BadTable, match=says):
        parse("some", COLUMNS, content)


@pytest.mark.parametrize("cell", [-1, 2**53, 1.5, True, None, "", " a", "a\nb", "a\u0302"])
def test_a_cell_that_is_no_number_and_no_word_is_refused(cell):
    with pytest.raises(BadTable, match="some, row 2, column word"):
        BaseTable.of("some", COLUMNS, [(cell, 1)])
