"""Files: to their asker alone, once, and nowhere but to the platform's own hosts."""

from tests.breaks.entry import Break

FILES = (
    Break(
        "a reply with a file may be shown to a room",
        "handlers/sharing.py",
        "    if any(_files(reply)):\n",
        "    if False:\n",
        "tests/answering/test_file_audience.py",
        "test_no_reach_and_no_room_makes_a_file_anothers",
    ),
    Break(
        "a digest carries a file",
        "handlers/sharing.py",
        "if ask.via is not Via.SCHEDULED:",
        "if True:",
        "tests/answering/test_file_audience.py",
        "test_a_digest_carries_no_file_and_says_so",
    ),
    Break(
        "a file is handed to another person who has its token",
        "bot/outbox.py",
        'if kept["owner"] != owner:',
        "if False:",
        "tests/program/test_outbox.py",
        "test_an_offered_file_is_its_owners_and_is_taken_once",
    ),
    Break(
        "a file outlives the right it was made with",
        "bot/file_claims.py",
        "fingerprint(grants, self._backend.now()) if account.is_member else",
        '"" if account.is_member else',
        "tests/teams/test_files.py",
        "test_a_right_that_ended_meanwhile_ends_the_file",
    ),
    Break(
        "a file on Teams goes where an activity says",
        "bot/teams/file_consent.py",
        "    if not is_onedrive_url(url, local=local):\n",
        "    if not url:\n",
        "tests/teams/test_files.py",
        "test_a_place_that_is_not_onedrive_gets_nothing",
    ),
    Break(
        "an upload to OneDrive follows a redirect",
        "bot/teams/onedrive.py",
        "allow_redirects=False",
        "allow_redirects=True",
        "tests/teams/test_files.py",
        "test_a_redirect_is_not_followed",
    ),
    Break(
        "a file on Slack goes where an answer says",
        "bot/slack/api.py",
        "if not is_upload_url(url, self.client.base_url):",
        "if not url:",
        "tests/slack/test_files.py",
        "test_a_file_goes_nowhere_but_to_slack",
    ),
    Break(
        "a file that may have arrived in Slack is called lost",
        "bot/slack/asker_files.py",
        'return "file-unsure" if failure_outcome(error) is Taken.LOST else _reason(error)',
        "return _reason(error)",
        "tests/slack/test_files.py",
        "test_a_file_that_fails_on_its_way_is_told_and_never_comes_twice",
    ),
    Break(
        "any browser takes a file from the page",
        "bot/page/downloads.py",
        "return FileOwner(who, partner_of(who.platform, who.tenant), session)",
        "return FileOwner(who, partner_of(who.platform, who.tenant))",
        "tests/platforms/test_page_files.py",
        "test_another_browser_or_person_gets_nothing_and_takes_nothing",
    ),
)
