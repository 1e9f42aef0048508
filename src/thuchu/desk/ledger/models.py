"""The table of public acts; only `append` writes it, and the database itself refuses to change or delete a row."""

from django.db import models


class Entry(models.Model):
    """One public act. `body` is the canonical JSON text that the hash covers, byte for byte."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    time_ms = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("seq",)
        constraints = (
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="entry_numbers_start_at_one"),
            models.UniqueConstraint(fields=("hash",), name="entry_hash_is_unique"),
        )
        indexes = (
            models.Index(fields=["kind", "seq"], name="entries_by_kind"),
            models.Index(fields=["subject", "seq"], name="entries_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"
