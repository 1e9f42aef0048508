"""`thuchu demo`: a desk with sample content, in one command."""

from django.utils import timezone

from thuchu.desk import sample
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.serve import listen


def run(host: str, port: int, *, load_only: bool) -> int:
    """Load the sample content, say what to try, serve."""
    ready()
    sample.load(now=timezone.now())
    print("Try one of these messages:")
    for question in sample.questions()[:4]:
        print(f"  • {' '.join(question.split())}")
    return 0 if load_only else listen(host, port)
