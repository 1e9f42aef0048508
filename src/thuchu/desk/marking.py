"""Marks sentences for translation where Django cannot be asked yet: as modules are read, before there are settings."""


def gettext_noop(message: str) -> str:
    """`message` itself; the page that shows it translates it, and the catalogues' test finds it by this name."""
    return message
