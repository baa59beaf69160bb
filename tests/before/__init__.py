"""What version 0.1.0 wrote, opened by the program as it is: two data folders as it left them, each
with what it answered then (`expected.json`), on 22 November 2026 at 9:30 UTC.

`demo.zip` is the made-up partner. `synced.zip` was synced twice from the stand-in, the second time
without licence usage, so that it has marks. In each Ada is partner admin and Cleo sees two
customers; there are a digest, a button of an answer, one of a card for a right, and the audit of it
all.
"""
