"""Digests at their hour."""

from tests.breaks.entry import Break

SCHEDULER = (
    Break(
        "a repeat that was turned away is no longer marked as one",
        "bot/scheduler/verdicts.py",
        "return Again(wait, burnt=burnt, doubted=self.repeated)",
        "return Again(wait, burnt=burnt)",
        "tests/scheduler/test_digest_fates.py",
        "test_a_repeat_that_was_turned_away_is_still_a_repeat[sqlite]",
    ),
    Break(
        "a digest that is to be left in doubt is sent again",
        "bot/scheduler/verdicts.py",
        "final = not plan.may_repeat or not plan.is_active",
        "final = not plan.is_active",
        "tests/scheduler/test_digest_fates.py",
        "test_or_it_is_left_where_its_plan_says_so[sqlite]",
    ),
    Break(
        "who asks by hand gets nothing where nothing changed",
        "bot/scheduler/digests/message.py",
        "quiet is Quiet.ALWAYS or claim.run.by_hand or not",
        "quiet is Quiet.ALWAYS or not",
        "tests/scheduler/test_digest_sent.py",
        "test_whoever_asks_by_hand_gets_all_of_it[sqlite]",
    ),
    Break(
        "the same failure is told each time",
        "bot/scheduler/verdicts.py",
        "tell=claim.told != ending.reason)",
        "tell=True)",
        "tests/scheduler/test_telling.py",
        "test_the_same_failure_is_told_once_and_another_again[sqlite]",
    ),
    Break(
        "admins who are no members any more are told",
        "bot/scheduler/recipients.py",
        "if account.sure and account.is_member]",
        "if account.sure]",
        "tests/scheduler/test_telling.py",
        "test_an_admin_who_is_no_member_any_more_is_told_nothing[sqlite]",
    ),
    Break(
        "a run that nobody tried in time is called a failure",
        "bot/scheduler/verdicts.py",
        "if attempt.claim.fence <= 1:",
        "if attempt.claim.fence <= 0:",
        "tests/scheduler/test_digest_sent.py",
        "test_what_waited_until_its_grace_was_over_is_not_sent",
    ),
    Break(
        "a job that raises is tried a sixth time",
        "bot/scheduler/run_loop.py",
        "if burnt and claim.attempts + 1 >= _TRIES:",
        "if burnt and claim.attempts + 1 > _TRIES:",
        "tests/scheduler/test_running.py",
        "test_a_job_that_only_raises_is_tried_five_times[sqlite]",
    ),
    Break(
        "what is exactly five minutes late is left out by choice",
        "bot/store/schedule/misfires.py",
        "sent = [due for due in dues if now - due <= ON_TIME]",
        "sent = [due for due in dues if now - due < ON_TIME]",
        "tests/store/test_runs_due.py",
        "test_five_minutes_to_the_instant_are_punctual",
    ),
)
