"""The words of figures as filters of templates; they stand in the room, since papers say them, too."""

from django import template

from thuchu.desk.reviews import figure_wording

register = template.Library()
figure_title = register.filter(figure_wording.figure_title)
figure_meaning = register.filter(figure_wording.figure_meaning)
figure_note = register.filter(figure_wording.figure_note)
figure_method = register.filter(figure_wording.figure_method)
part_word = register.filter(figure_wording.part_word)
figure_value = register.filter(figure_wording.figure_value)
figure_interval = register.filter(figure_wording.figure_interval)
figure_of = register.filter(figure_wording.figure_of)
change_words = register.filter(figure_wording.change_words)
