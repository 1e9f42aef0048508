"""Every kind of entry, its meaning and the fields its body carries; kinds and fields are added, never renamed.

Bodies hold ids, digests, counts and words that are public anyway; never text that a person may ask to erase.
"""

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "desk.simulated": (
            "The desk was marked as a simulation before anything else happened on it; its people come from `seed`.",
            frozenset({"seed"}),
        ),
        "publisher.added": (
            "A publisher became known to the desk.",
            frozenset({"name"}),
        ),
        "publisher.hosts_added": (
            "Hosts joined a publisher's public list; `admitted` says whether records on them may be answered.",
            frozenset({"hosts", "admitted"}),
        ),
        "publisher.admitted": (
            "Records on a publisher's admitted hosts may be answered, for the reason given.",
            frozenset({"reason"}),
        ),
        "fact_checks.imported": (
            "Fact-checks came in from a file: how many were new, replaced, withdrawn, unchanged and refused; `digest` "
            "is the SHA-256 over the content digests of what changed, in order.",
            frozenset({"added", "replaced", "withdrawn", "unchanged", "refused", "digest", "file_sha256"}),
        ),
        "fact_check.withdrawn": (
            "An imported fact-check was withdrawn, for the reason given; a page says so.",
            frozenset({"reason", "url"}),
        ),
        "link_list.imported": (
            "A publisher's list of hosts was loaded in place of its last one.",
            frozenset({"entries", "refused", "digest"}),
        ),
        "link_list.removed": (
            "A publisher's list of hosts was taken away.",
            frozenset({"entries"}),
        ),
        "evidence.captured": (
            "A page was fetched, or a copy uploaded (`how`), and kept under its SHA-256; `text_digest` is that of its "
            "extracted text, scrubbed.",
            frozenset({"digest", "text_digest", "how", "media_type", "size_bytes"}),
        ),
        "evidence.rotted": (
            "The source of a quote no longer shows it: `gone`, `changed` or `unreachable`, and what it was `before`.",
            frozenset({"state", "before"}),
        ),
        "evidence.recovered": (
            "The source of a quote that had rotted shows it again, where it was or at another address.",
            frozenset({"state", "before"}),
        ),
        "contributor.joined": (
            "Somebody joined, under the pseudonym that is the subject; its name may go, so it isn't here.",
            frozenset(),
        ),
        "contributor.left": (
            "The person behind a pseudonym left: the account is erased, the pseudonym has a random name.",
            frozenset(),
        ),
        "role.granted": (
            "A pseudonym was given the role of coordinator or operator; `by` is a pseudonym's number, 0 the machine.",
            frozenset({"role", "by"}),
        ),
        "role.revoked": (
            "A role was taken, or given back; `by` is a pseudonym's number, 0 the machine.",
            frozenset({"role", "by"}),
        ),
        "note.written": (
            "A note was written on a `claim` by a pseudonym: its verdict, the SHA-256 of its text, the numbers of its "
            "evidence, whether a machine drafted it; `copied_from` is the note its words come from, or 0.",
            frozenset({"claim", "by", "copied_from", "verdict", "text_digest", "evidence", "ai_drafted"}),
        ),
        "note.edited": (
            "A note's author wrote a new version; ratings count for the version they were given to.",
            frozenset({"version", "verdict", "text_digest", "evidence", "ai_drafted"}),
        ),
        "note.withdrawn": (
            "A note's author took it back; `version` is the last one.",
            frozenset({"version"}),
        ),
        "note.rechecked": (
            "Somebody but its author opened the sources of a published version and found what is quoted; `due` is the "
            "day by which it is looked at again.",
            frozenset({"version", "by", "evidence", "due"}),
        ),
        "notes.erased": (
            "Notes on a claim were erased with the text of a private matter: how many.",
            frozenset({"notes"}),
        ),
        "ratings.entered": (
            "Ratings since the last batch, of at least five people, shuffled: each is note, version, rater number (its "
            "digits as text), helpfulness or `retracted`, reasons. It stands in place of what the same rater number "
            "said of that note before.",
            frozenset({"ratings"}),
        ),
        "round.held": (
            "A round computed every status from the entries up to `up_to`, by the rule set `params`; `statuses_digest` "
            "is the SHA-256 over all of them, so that anybody can check their own computation.",
            frozenset({"up_to", "batch", "params", "ratings", "raters", "notes", "statuses_digest"}),
        ),
        "statuses.changed": (
            "What a round changed: each is note, version, status (`none` for a note that was withdrawn, or edited and "
            "not rated since) and the rule that decided.",
            frozenset({"changes"}),
        ),
        "plots.moved": (
            "Plots of ratings over the axis that a round moved: each is note, version, number of parts (0: it is shown "
            "no more); `digest` is the SHA-256 over the counts in all of them.",
            frozenset({"plots", "digest"}),
        ),
        "fact_check.agreed": (
            "A note is published as a fact-check, or what is published of it changed: its version, claim and verdict; "
            "`disputed` when agreed notes on the same claim say otherwise.",
            frozenset({"note", "version", "claim", "verdict", "disputed", "round"}),
        ),
        "fact_check.no_longer_agreed": (
            "A published note lost its agreement in a round: its page says so, it answers nobody any more.",
            frozenset({"note", "round"}),
        ),
        "report.received": (
            "Somebody says that something is wrong with what is published or written (`about`); `due` is the day by "
            "which it is to be answered. Their words aren't here, nor who they are.",
            frozenset({"about", "due"}),
        ),
        "report.closed": (
            "Two people closed a report with an outcome, which changes no status, and a public answer.",
            frozenset({"about", "outcome", "by", "confirmed_by", "answer_digest"}),
        ),
        "claim.opened": (
            "A question that nothing answered opened a claim.",
            frozenset({"language"}),
        ),
        "claim.reworded": (
            "A contributor said a claim in other words; `digest` is the SHA-256 of them.",
            frozenset({"digest", "by"}),
        ),
        "claim.translated": (
            "A claim's words were put beside it in another language; `digest` is the SHA-256 of them.",
            frozenset({"language", "digest", "by"}),
        ),
        "claim.frozen": (
            "The first rating froze a claim's words; `digest` is the SHA-256 of them.",
            frozenset({"digest"}),
        ),
        "claim.erased": (
            "A claim went with the last question whose words it had.",
            frozenset(),
        ),
        "claim.areas_set": (
            "The areas a claim is about, in place of those before.",
            frozenset({"areas", "by"}),
        ),
        "claim.topics_set": (
            "The topics a claim is about, in place of those before.",
            frozenset({"topics", "by"}),
        ),
        "claim.merged": (
            "Two people had a claim lead to another.",
            frozenset({"into", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.split": (
            "Two people moved some of a claim's questions to a claim of their own.",
            frozenset({"into", "questions", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.closed": (
            "Two people closed a claim as not checkable: `reason` is not_a_fact or private.",
            frozenset({"reason", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.withheld": (
            "Two people hid a passage for some days: of the claim's words, or of `what` stands under it.",
            frozenset({"what", "reason", "days", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.merge_undone": (
            "A merge was taken back, by two people or (`proposal` 0) by the third who decided an appeal.",
            frozenset({"act", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.split_undone": (
            "A split was taken back, by two people or (`proposal` 0) by the third who decided an appeal.",
            frozenset({"act", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.closing_undone": (
            "A closing was taken back, by two people or (`proposal` 0) by the third who decided an appeal.",
            frozenset({"act", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.withholding_undone": (
            "A withholding was taken back, by two people or (`proposal` 0) by the third who decided an appeal.",
            frozenset({"act", "proposal", "by", "confirmed_by", "reason_digest"}),
        ),
        "claim.appealed": (
            "Somebody asked that an act of two people be looked at by a third.",
            frozenset({"act", "appeal", "words_digest"}),
        ),
        "claim.appeal_decided": (
            "A third person decided an appeal: `outcome` is upheld or overturned.",
            frozenset({"act", "appeal", "outcome", "by", "answer_digest"}),
        ),
        "areas.loaded": (
            "A file of areas was loaded.",
            frozenset({"added", "changed", "unchanged", "digest"}),
        ),
        "topic.added": (
            "A topic that claims may be about.",
            frozenset({"name_vi", "name_en", "by"}),
        ),
        "event.opened": (
            "An event with its time box; times are seconds since 1970.",
            frozenset({"kind", "name_vi", "name_en", "starts", "ends", "areas", "by"}),
        ),
        "event.changed": (
            "An event's names, times or areas changed.",
            frozenset({"name_vi", "name_en", "starts", "ends", "areas", "by"}),
        ),
        "event.source_pinned": (
            "An official source was pinned; `digest` covers subject, title, address and words.",
            frozenset({"source", "about", "digest", "by"}),
        ),
        "event.source_confirmed": (
            "A second person confirmed a pinned source.",
            frozenset({"source", "digest", "by"}),
        ),
        "event.source_taken_down": (
            "A pinned source counts no more.",
            frozenset({"source", "by"}),
        ),
        "event.fact_pinned": (
            "A fact was pinned in a field of an event, for an area (a code, or empty); `digest` covers its words.",
            frozenset({"fact", "field", "area", "evidence", "digest", "by"}),
        ),
        "event.fact_confirmed": (
            "A second person confirmed a fact; `replaces` is the one that held before it, or 0.",
            frozenset({"fact", "field", "area", "evidence", "digest", "replaces", "by"}),
        ),
        "event.fact_checked": (
            "A fact's source was opened again and still says so; `next_check` is in seconds since 1970.",
            frozenset({"fact", "next_check", "by"}),
        ),
        "event.fact_taken_down": (
            "A fact counts no more.",
            frozenset({"fact", "by"}),
        ),
        "event.fact_archived": (
            "A fact's event is over: it stays, and answers nobody.",
            frozenset({"fact"}),
        ),
        "event.fact_lapsed": (
            "Nobody confirmed a fact before its event was over.",
            frozenset({"fact"}),
        ),
        "event.steps_set": (
            "Steps of an event were given moments, in seconds since 1970; 0 takes one away.",
            frozenset({"steps", "by"}),
        ),
        "event.claim_added": (
            "A claim was put under an event.",
            frozenset({"claim", "by"}),
        ),
        "event.claim_removed": (
            "A claim was taken from an event.",
            frozenset({"claim", "by"}),
        ),
        "organisation.added": (
            "An organisation that may be asked and may own commitments; `area` is a code, or empty.",
            frozenset({"name_vi", "name_en", "area", "by"}),
        ),
        "organisation.ended": (
            "An organisation is asked and given nothing any more; what it owned and answered stays.",
            frozenset({"on", "by"}),
        ),
        "review.planned": (
            "A review is planned: its kind, its period (the last day is the first one after it), the days of "
            "its steps; `meeting` is seconds since 1970; 0 as `by` is the calendar.",
            frozenset({"kind", "period", "previous", "event", "meeting", "opens", "freezes", "minutes", "final", "by"}),
        ),
        "review.arranged": (
            "A review's meeting was put at another time or place; the other days move with it.",
            frozenset({"meeting", "opens", "freezes", "minutes", "final", "place_digest", "by"}),
        ),
        "review.cancelled": (
            "A review isn't held, for a reason that its page shows.",
            frozenset({"reason_digest", "by"}),
        ),
        "review.opened": (
            "A review's agenda is open to everybody, with the desk's own `items`.",
            frozenset({"items", "by"}),
        ),
        "review.item_proposed": (
            "Somebody, known by `role` alone, proposed something to speak of; `links` are what it is about.",
            frozenset({"item", "kind", "role", "digest", "links"}),
        ),
        "review.item_accepted": (
            "A coordinator put a proposal on the agenda.",
            frozenset({"item", "by"}),
        ),
        "review.item_refused": (
            "A coordinator refused a proposal, for a reason that the page shows.",
            frozenset({"item", "reason_digest", "by"}),
        ),
        "review.items_ordered": (
            "The agenda's order.",
            frozenset({"items", "by"}),
        ),
        "review.item_closed": (
            "The meeting is done with an item.",
            frozenset({"item", "by"}),
        ),
        "review.attendance": (
            "Somebody at the table, by role and organisation (0: none), or the public as a number.",
            frozenset({"participant", "role", "organisation", "presence", "way", "people", "by"}),
        ),
        "review.name_erased": (
            "A name was taken away as its bearer wished; role and organisation stay.",
            frozenset({"participant", "by"}),
        ),
        "review.frozen": (
            "A review's figures, as of the entry `ledger_number`, whose hash is `ledger_hash`: the SHA-256 of "
            "the snapshot and of every base table, the version of the definitions, and of the areas that stood "
            "(`area_tree`).",
            frozenset(
                {
                    "review",
                    "ledger_number",
                    "ledger_hash",
                    "snapshot_digest",
                    "tables",
                    "definitions",
                    "area_tree",
                    "by",
                }
            ),
        ),
        "review.corrected": (
            "The same figures reckoned again, beside those that were frozen; `why_digest` is that of the reason"
            " its page shows.",
            frozenset(
                {
                    "review",
                    "ledger_number",
                    "ledger_hash",
                    "snapshot_digest",
                    "tables",
                    "definitions",
                    "area_tree",
                    "why_digest",
                    "by",
                }
            ),
        ),
        "review.held": (
            "A review's meeting began: rows of who was there, and whether they were enough to resolve anything.",
            frozenset({"rows", "quorate", "by"}),
        ),
        "review.resolution_recorded": (
            "What a meeting resolved about the desk's own work; in force once another person confirms it.",
            frozenset({"number", "digest", "reasons_digest", "method", "votes", "outcome", "supersedes", "by"}),
        ),
        "review.resolution_confirmed": (
            "The chair, another person than who recorded it, confirmed a resolution.",
            frozenset({"number", "digest", "by"}),
        ),
        "review.resolution_taken_back": (
            "A resolution that was recorded wrongly went before it was confirmed.",
            frozenset({"number", "by"}),
        ),
        "review.minutes_drafted": (
            "Minutes were drafted from agenda, figures and resolutions; times are seconds since 1970.",
            frozenset({"begun", "ended", "items", "by"}),
        ),
        "review.minutes_written": (
            "What was said to one item was written, or written anew.",
            frozenset({"item", "before_digest", "digest", "by"}),
        ),
        "review.minutes_out": (
            "Minutes are out, and everybody may object `until` that day; `digest` covers all they say.",
            frozenset({"digest", "until", "by"}),
        ),
        "review.minutes_final": (
            "Minutes are final; `digest` covers all they say.",
            frozenset({"digest", "by"}),
        ),
        "review.remark_received": (
            "Somebody, known by `role` alone, asked about a figure or objected to minutes (`about`).",
            frozenset({"remark", "about", "role", "digest"}),
        ),
        "review.remark_answered": (
            "A question or an objection was shown with its answer, or refused with a reason (`outcome`).",
            frozenset({"remark", "outcome", "answer_digest", "by"}),
        ),
        "review.edition_made": (
            "A paper was made of a review; `sha256` is that of its bytes.",
            frozenset({"document", "format", "language", "template", "sha256"}),
        ),
        "review.published": (
            "A review is published: the SHA-256 of its snapshots, base tables, resolutions, minutes and papers.",
            frozenset({"snapshots", "tables", "resolutions", "minutes_digest", "editions", "by"}),
        ),
        "review.amended": (
            "Two coordinators put right what was published, beside what stays as it was.",
            frozenset(
                {
                    "amendment",
                    "what",
                    "about",
                    "before_digest",
                    "after_digest",
                    "why_digest",
                    "resolved_in",
                    "by",
                    "confirmed_by",
                }
            ),
        ),
        "organisation.changed": (
            "An organisation's names or area from now on.",
            frozenset({"name_vi", "name_en", "area", "by"}),
        ),
        "holidays.loaded": (
            "The days off of some years were taken from a file; `digest` is the SHA-256 over them.",
            frozenset({"years", "days", "digest"}),
        ),
        "inquiry.sent": (
            "A question went to an organisation on the day `on`, its answer is due on `due` by `due_rule` (rule, days, "
            "unit); `question_digest` is the SHA-256 of its words, which stay.",
            frozenset({"organisation", "on", "due", "due_rule", "question_digest", "claims", "by"}),
        ),
        "inquiry.acknowledged": (
            "The organisation said that it has the question.",
            frozenset({"on", "by"}),
        ),
        "inquiry.extended": (
            "The organisation wrote that it takes longer: from now on the answer is due on `due`.",
            frozenset({"on", "due", "by"}),
        ),
        "inquiry.answered": (
            "An answer came on the day `on`: whether the question was answered (`outcome`), the SHA-256 of its words, "
            "and the evidence that shows it (0 for none). No verdict and no status follows from it.",
            frozenset({"answer", "outcome", "on", "quoted_digest", "evidence", "by"}),
        ),
        "inquiry.withdrawn": (
            "The desk took a question back.",
            frozenset({"on", "reason_digest", "by"}),
        ),
        "inquiry.erased": (
            "The words of a question and of its answers went with a private matter.",
            frozenset(),
        ),
        "commitment.agreed": (
            "A review agreed on a commitment: who owns it, by which day, and what it is measured by; days are written "
            "YYYY-MM-DD, `text_digest` is the SHA-256 of its words.",
            frozenset({"number", "resolution", "owner_kind", "owner", "due", "original_due", "measure", "text_digest"}),
        ),
        "commitment.updated": (
            "Somebody said, in the name of `by_role`, how far it is (`state` under_way) or, as its owner, that it is "
            "done (reported_done); `on` is the day in Viet Nam, of what is added to a report the report's, and "
            "`evidence` 1 where it or, of a report, what was added before showed some.",
            frozenset({"state", "evidence", "on", "by_role", "text_digest"}),
        ),
        "commitment.confirmed": (
            "A second person, in another role than the owner's, confirmed what was reported; or a frozen figure met "
            "its target (`by_role` figure), and `on` is the day from which it counts as done.",
            frozenset({"on", "by_role"}),
        ),
        "commitment.report_refused": (
            "A second person found what was reported not done, and said what is missing: it is under way again.",
            frozenset({"on", "by_role", "text_digest"}),
        ),
        "commitment.judged": (
            "The figures that a review froze said of a commitment that it is met, not_met or, with the target inside "
            "the interval or no figure, cant_tell.",
            frozenset({"outcome", "review"}),
        ),
        "commitment.extended": (
            "A resolution moved the day a commitment is due on.",
            frozenset({"due", "resolution", "reason_digest"}),
        ),
        "commitment.dropped": (
            "A resolution ended a commitment that will not be done.",
            frozenset({"resolution", "reason_digest"}),
        ),
        "commitment.replaced": (
            "A resolution put another commitment (`by`) in the place of this one.",
            frozenset({"by", "resolution", "reason_digest"}),
        ),
    }
)
