"""Who reads along in a room."""

from tests.breaks.entry import Break

SHARING = (
    Break(
        "figures of which nothing was noted are shown to a room",
        "handlers/sharing.py",
        "unnoted = content.needs is Permission.SEE_SEATS and not content.customers",
        "unnoted = False",
        "tests/rooms/test_doors.py",
        "test_what_a_forgetful_handler_read_reaches_the_asker_alone[names]",
    ),
    Break(
        "the customer whose figures are read is not noted",
        "handlers/chat/visible_data.py",
        "        self._note(await self._ask(_visible, among))\n",
        "",
        "tests/rooms/test_guard.py",
        "test_all_customers_together_are_for_those_who_see_all",
    ),
    Break(
        "an admin's yes stands though the room became public",
        "handlers/chat/audience.py",
        "repr((ask.room.address, kind.value, named))",
        "repr((ask.room.address, named))",
        "tests/rooms/test_sharing.py",
        "test_a_room_that_became_public_since_is_asked_about_again",
    ),
    Break(
        "an admin shares with people whose names were not shown",
        "handlers/sharing.py",
        "and not room.final and ask.confirms == confirmed:",
        "and not room.final and ask.confirms:",
        "tests/rooms/test_sharing.py",
        "test_who_came_in_after_the_names_were_shown_is_named_before_anything_is_shared",
    ),
    Break(
        "who sees one customer of an answer may read of all in it",
        "handlers/chat/audience.py",
        "return sees_columns and all(map(access.sees, content.customers))",
        "return not content.customers or any(map(access.sees, content.customers))",
        "tests/rooms/test_guard.py",
        "test_a_list_that_goes_on_stays_with_the_asker_for_it_counts_others_too",
    ),
    Break(
        "who sees a customer may read of their money",
        "handlers/chat/audience.py",
        "return sees_columns and all(map(access.sees, content.customers))",
        "return all(map(access.sees, content.customers))",
        "tests/chat/test_audience.py",
        "test_money_and_persons_are_for_those_who_may_see_them",
    ),
    Break(
        "an admin may share with a room of other organisations",
        "handlers/chat/room_readers.py",
        "uncounted = self.crowd.kind is RoomKind.SHARED or self.crowd.members is None",
        "uncounted = self.crowd.members is None",
        "tests/rooms/test_sharing.py",
        "test_a_room_that_strangers_joined_since_is_never_shared_with",
    ),
    Break(
        "the audit does not name who read without a right",
        "handlers/sharing.py",
        '"shared-anyway", backend), room.why, room.outside)',
        '"shared-anyway", backend), room.why)',
        "tests/rooms/test_sharing.py",
        "test_a_partner_admin_may_share_all_the_same_and_it_is_audited",
    ),
    Break(
        "nobody waits for a slow platform to know who decides",
        "handlers/sharing.py",
        "await backend.people.account(ask.asker, sure=True)",
        "await backend.people.account(ask.asker)",
        "tests/rooms/test_confirmed.py",
        "test_whoever_decides_for_others_is_waited_for_too",
    ),
)
