"""What pages say about figures: as papers do."""

from django import template

from thuchu.desk.reviews import figure_wording

register = template.Library()
for _say in (
    figure_wording.figure_title,
    figure_wording.figure_meaning,
    figure_wording.figure_note,
    figure_wording.figure_method,
    figure_wording.part_word,
    figure_wording.figure_value,
    figure_wording.figure_interval,
    figure_wording.figure_of,
    figure_wording.change_words,
):
    register.filter(_say)
