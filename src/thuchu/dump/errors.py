"""What may be wrong with a dump: each says the file, the line where one can be named, and what to do."""


class DumpError(Exception):
    """Anything that keeps a dump from being checked."""


class NotADump(DumpError):
    """The folder holds no dump at all, or one of a later kind."""


class OtherRules(DumpError):
    """A round was held by a rule set that this version doesn't have."""

    def __init__(self, number: int, what: str) -> None:
        super().__init__(f"round {number}: {what}")


class DumpBroken(DumpError):
    """A file isn't what the ledger or the manifest says of it; `line` counts from 1, 0 where none can be named."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(f"{file}, line {line}: {what}" if line else f"{file}: {what}")
        self.file = file
        self.line = line
        self.what = what


class EndsEarlier(DumpBroken):
    """It holds, and ends with entry `seq`, before the one whose hash was written down: of that it can say nothing."""

    def __init__(self, file: str, seq: int, wanted: int) -> None:
        super().__init__(file, 0, f"ends with entry {seq}, before {wanted}, whose hash was written down")
        self.seq = seq
        self.wanted = wanted
