"""Metrics of the process for an operator's Prometheus."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from analytics.warehouse.fetch_states import CAME, FetchState
from analytics.warehouse.marks import Mark

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Counters of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._questions = Counter(
            "seatwise_questions",
            "Questions by command and outcome",
            ("command", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "seatwise_answer_seconds",
            "Time from question to words",
            ("platform",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._unaudited = Counter(
            "seatwise_audit_failures",
            "Questions not answered because the audit failed",
            registry=self.registry,
        )
        self._refused = Counter(
            "seatwise_refused_requests",
            "Requests turned away before anything read them, by reason",
            ("reason",),
            registry=self.registry,
        )
        self._newest = Gauge(
            "seatwise_newest_snapshot_timestamp_seconds",
            "Processing day of the newest snapshot",
            ("partner",),
            registry=self.registry,
        )

        self._runs = Counter(
            "seatwise_runs",
            "Scheduled runs by kind and final state; unknown: perhaps sent, and nobody can see",
            ("kind", "state"),
            registry=self.registry,
        )
        self._overdue = Gauge(
            "seatwise_runs_overdue",
            "Scheduled runs due more than five minutes ago that have no final state",
            registry=self.registry,
        )
        self._scheduler_failures = Counter(
            "seatwise_scheduler_failures",
            "Times the scheduler could not read or write what is due",
            registry=self.registry,
        )

        self._heartbeats = Counter(
            "seatwise_heartbeats",
            "Calls of the address of SEATWISE_HEARTBEAT_URL, by whether they were heard",
            ("heard",),
            registry=self.registry,
        )
        self._sign_in_age = Gauge(
            "seatwise_sign_in_age_seconds",
            "Seconds since a refresh token was last renewed; it dies after 90 days",
            ("account",),
            registry=self.registry,
        )
        self._synced = Gauge(
            "seatwise_dataset_synced_timestamp_seconds",
            "Day of the last complete sync of a dataset; left out for one never fetched completely",
            ("dataset",),
            registry=self.registry,
        )
        self._whole = Gauge(
            "seatwise_dataset_complete",
            "0 where a dataset's last sync failed or its check found a fault, 1 where it came; none"
            " for one that is not offered, not connected, not needed, still being prepared, or kept"
            " until a second sync lists the same",
            ("dataset",),
            registry=self.registry,
        )
        self._state = Gauge(
            "seatwise_dataset_state",
            "1 for the state of each dataset after its last sync: "
            + ", ".join(state.value for state in FetchState),
            ("dataset", "state"),
            registry=self.registry,
        )
        self._sync_rows = Gauge(
            "seatwise_sync_rows", "Rows fetched by the sync that runs now", registry=self.registry
        )
        self._sync_calls = Gauge(
            "seatwise_sync_calls", "Calls made by the sync that runs now", registry=self.registry
        )

    @contextmanager
    def time_answer(self, platform: str) -> Iterator[None]:
        """Measure the time of one answer."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self._seconds.labels(platform).observe(time.perf_counter() - begun)

    def count_question(self, command: str, outcome: str) -> None:
        """Count one question."""
        self._questions.labels(command or "none", outcome).inc()

    def count_unaudited(self) -> None:
        """Count one question that could not be audited."""
        self._unaudited.inc()

    def count_refusal(self, reason: str) -> None:
        """Count one request turned away, by a reason from the program, never from the request."""
        self._refused.labels(reason).inc()

    def note_newest_facts(self, partner: str, timestamp: float) -> None:
        """Note the time of the newest facts, as seconds since 1970."""
        self._newest.labels(partner).set(timestamp)

    def count_run(self, kind: str, state: str) -> None:
        """Count one scheduled run."""
        self._runs.labels(kind, state).inc()

    def note_overdue_runs(self, runs: int) -> None:
        """Note how many runs are late."""
        self._overdue.set(runs)

    def count_scheduler_failure(self) -> None:
        """Count one time that the scheduler could not reach its store."""
        self._scheduler_failures.inc()

    def count_heartbeat(self, *, heard: bool) -> None:
        """Count one call of the heartbeat's address."""
        self._heartbeats.labels("yes" if heard else "no").inc()

    def note_sign_in(self, account: str, seconds: float) -> None:
        """Note how many seconds ago a sign-in was renewed."""
        self._sign_in_age.labels(account).set(seconds)

    def note_datasets(self, marks: Iterable[Mark]) -> None:
        """Note the state of each dataset, the day of its last complete sync as seconds since 1970,
        and whether it came; what was noted before is forgotten.
        """
        for gauge in (self._synced, self._whole, self._state):
            gauge.clear()
        for mark in marks:
            self._state.labels(mark.dataset, mark.state.value).set(1)
            if mark.as_of:
                midnight = datetime.combine(mark.as_of, datetime.min.time(), UTC)
                self._synced.labels(mark.dataset).set(midnight.timestamp())
            if mark.mismatch or mark.state is FetchState.FAILED:
                self._whole.labels(mark.dataset).set(0)
            elif mark.state in CAME:
                self._whole.labels(mark.dataset).set(1)

    def note_progress(self, rows: int, calls: int) -> None:
        """Note the rows and calls of the sync that runs now; zeros where none runs."""
        self._sync_rows.set(rows)
        self._sync_calls.set(calls)

    def text(self) -> bytes:
        """All metrics in Prometheus's text format."""
        return generate_latest(self.registry)
