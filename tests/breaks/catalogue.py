"""What people read, in each language."""

from tests.breaks.entry import Break

CATALOGUE = (
    Break(
        "a French sentence is the English one",
        "handlers/messages/fr.po",
        'msgid "chart-sold"\nmsgstr "Vendues"',
        'msgid "chart-sold"\nmsgstr "Sold"',
        "tests/rules/test_catalogues.py",
        "test_no_other_sentence_is_the_same_in_french_as_in_english",
    ),
    Break(
        "a French question mark may stand at the start of a line",
        "handlers/messages/fr.po",
        'plusieurs clients. Lequel voulez-vous dire\N{NO-BREAK SPACE}?"',
        'plusieurs clients. Lequel voulez-vous dire ?"',
        "tests/rules/test_catalogues.py",
        "test_french_has_its_no_break_spaces",
    ),
    Break(
        "seats sold and assigned change places in French",
        "handlers/messages/fr.po",
        "{sold} vendues, {assigned} attribuées",
        "{assigned} vendues, {sold} attribuées",
        "tests/transcripts/test_transcripts.py",
        "test_it_goes_as_written[french-line-3-terminal]",
    ),
    Break(
        "only the gravest reason is said",
        "handlers/output/marks.py",
        "_whys(first.reasons if",
        "_whys(first.reasons[:1] if",
        "tests/chat/test_stamping.py",
        "test_every_reason_is_said_the_gravest_first",
    ),
    Break(
        "made-up figures are said to come from Partner Center",
        "handlers/output/stamps.py",
        'say("stamp-made-up" if stamp.made_up else "stamp-source", dates=dates, **origin)',
        'say("stamp-source", dates=dates, **origin)',
        "tests/chat/test_stamping.py",
        "test_made_up_figures_are_called_so",
    ),
    Break(
        "a little is said to be 0 %",
        "handlers/messages/speaker.py",
        "if 0 < exact < _HALF:",
        "if 0 < exact < 0:",
        "tests/chat/test_speaker.py",
        "test_a_share_is_whole_percent_and_never_none_or_all_by_rounding",
    ),
    Break(
        "an instant is said in the zone it came in and called UTC",
        "handlers/messages/speaker.py",
        'format_datetime(value.astimezone(UTC), "d MMM',
        'format_datetime(value.replace(tzinfo=UTC), "d MMM',
        "tests/chat/test_speaker.py",
        "test_an_instant_is_said_in_utc_whatever_zone_it_is_written_in",
    ),
    Break(
        "invisible marks of a name reach the reader",
        "handlers/messages/speaker.py",
        "return plain(str(value))",
        "return str(value)",
        "tests/chat/test_speaker.py",
        "test_what_nobody_sees_of_a_name_is_not_said",
    ),
)
