"""What is kept, and the audit of it."""

from tests.breaks.entry import Break

STORE = (
    Break(
        "a right and its audit row are two transactions",
        "bot/store/roles.py",
        "async with self._engine.begin() as connection:\n"
        "            await lock_partner(connection, grant.partner)",
        'by_itself = self._engine.execution_options(isolation_level="AUTOCOMMIT")\n'
        "        async with by_itself.connect() as connection:\n"
        "            await lock_partner(connection, grant.partner)",
        "tests/store/test_roles.py",
        "test_a_grant_that_cannot_be_written_is_not_audited[sqlite]",
    ),
    Break(
        "a schedule is stopped and its audit row is another transaction",
        "bot/store/schedule/runs.py",
        "if await stop(connection, claim.schedule, ending.schedule, ending.reason, now):\n"
        "                await note_stop(connection, self._audit, claim.schedule, now)\n"
        "            return True\n",
        "its, state = claim.schedule, ending.schedule\n"
        "            if not await stop(connection, its, state, ending.reason, now):\n"
        "                return True\n"
        "        async with self._engine.begin() as connection:\n"
        "            await note_stop(connection, self._audit, claim.schedule, now)\n"
        "        return True\n",
        "tests/store/test_runs_ended.py",
        "test_a_schedule_whose_stop_cannot_be_audited_goes_on[sqlite]",
    ),
    Break(
        "whose lease ran out may go on as if it had not",
        "bot/store/schedule/claims.py",
        "return and_(its, _O.fence == claim.fence, _O.state.in_(AT_WORK))",
        "return and_(its, _O.state.in_(AT_WORK))",
        "tests/store/test_runs_claimed.py",
        "test_whose_lease_ran_out_may_do_nothing_more[sqlite]",
    ),
    Break(
        "a button works at the last instant of its day",
        "bot/store/buttons.py",
        "s.until > now\n",
        "s.until >= now\n",
        "tests/store/test_asks.py",
        "test_a_button_lasts_a_day_to_the_instant[sqlite]",
    ),
    Break(
        "an admin whose right will end counts as one who stays",
        "bot/store/roles.py",
        "return _is_admin(grant) and grant.until is None",
        "return _is_admin(grant)",
        "tests/store/test_changes.py",
        "test_an_admin_who_will_end_does_not_count_as_another[sqlite]",
    ),
    Break(
        "a plan of rights is saved although a right in it has changed",
        "bot/store/roles.py",
        "if fingerprint(held.get(line.person, ()), now) != seen:",
        "if fingerprint(line.before, now) != seen:",
        "tests/store/test_changes.py",
        "test_a_plan_is_refused_whole_once_a_right_in_it_changed[sqlite]",
    ),
    Break(
        "a line of a file of rights that was cut short is a right for all customers",
        "handlers/input/rights_file.py",
        "if wide or len(cells) < len(columns):",
        "if wide:",
        "tests/commandline/test_bad_rights_files.py",
        "test_a_line_that_was_cut_short_is_not_a_right_for_all_customers",
    ),
    Break(
        "an audit row does not depend on the one before it",
        "bot/store/audit.py",
        "json.dumps([seq, before, at.astimezone",
        "json.dumps([seq, at.astimezone",
        "tests/store/test_tampering.py",
        "test_a_row_put_back_from_before_the_tail_was_cut_does_not_fit[sqlite]",
    ),
    Break(
        "the start of a cut audit is believed without its seal",
        "bot/store/audit.py",
        '            return 0, ""\n        return int(row.last_seq), opened',
        "            return int(row.last_seq), row.mac\n        return int(row.last_seq), opened",
        "tests/store/test_audit_cut.py",
        "test_what_was_done_to_a_cut_audit_shows[sqlite-the start is moved]",
    ),
    Break(
        "a part of the audit that does not verify is cut away",
        "bot/store/audit.py",
        "return mac if whole and at == last else None",
        "return mac",
        "tests/store/test_audit_cut.py",
        "test_a_part_that_does_not_verify_is_not_cut_away[sqlite]",
    ),
    Break(
        "a sealed file may be cut behind a piece",
        "bot/store/sealed_file.py",
        "yield piece, _MORE if following else _LAST",
        "yield piece, _MORE if following or len(piece) == _PIECE + _TAG else _LAST",
        "tests/store/test_sealed_file.py",
        "test_what_was_cut_or_changed_is_refused[the last piece gone]",
    ),
)
