"""The nouns, in walking order: each stage turns one of these records into the next.

Source ─fetch→ RawIssue ─extract→ Issue ─clean→ CleanIssue ─summarize→ Draft ─verify→ Verdict ─emit→ Post

All are frozen. Instants are aware datetimes in UTC, days are calendar days in the time zone of the settings.
"""
