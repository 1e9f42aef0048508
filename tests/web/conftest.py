"""The pages' tests speak both languages: what was edited since the last run is compiled first."""

from thuchu.desk.web.compile_messages import refresh

refresh()
