"""`thuchu demo`: a desk with sample content, in one command."""

from django.conf import settings
from django.utils import timezone

from thuchu.desk import sample, sample_work
from thuchu.desk.board.count import count_days
from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.serve import listen


def run(host: str, port: int, *, load_only: bool) -> int:
    """Load the sample content, say what to try, serve."""
    ready()
    with bar("a desk to look at") as progress:
        if not sample_work.load(now=timezone.now(), with_crowd=True, tell=progress.to):
            sample.load(now=timezone.now())
    # The worker would do so within the hour; whoever looks at the board first shall see something.
    count_days(now=timezone.now())
    print("Try one of these messages:")
    for question in sample.questions()[:4]:
        print(f"  • {' '.join(question.split())}")
    if sample_work.is_here():
        print(f"People to sign in as: {settings.THUCHU_ADDRESS}/sample/people")
    return 0 if load_only else listen(host, port)
