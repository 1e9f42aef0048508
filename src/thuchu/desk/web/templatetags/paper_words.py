"""What pages say of a review's papers."""

from django import template
from django.utils.translation import gettext

from thuchu.desk.editions.trouble import trouble_of, why
from thuchu.desk.editions.wording import TITLES
from thuchu.desk.jobs.reads import JobView
from thuchu.desk.reviews.rows import PAPERS_JOB

register = template.Library()
register.filter("why_no_paper", why)


@register.filter
def paper_title(document: str) -> str:
    """What kind of paper it is."""
    return gettext(TITLES[document])


@register.filter
def paper_job_trouble(job: JobView) -> str:
    """Why a job made no paper, in a sentence; "" for any other job."""
    return why(trouble_of(job.last_error)) if job.name == PAPERS_JOB and job.last_error else ""
