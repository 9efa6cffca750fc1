"""The original's algorithm, as it is specified: GROUP_CONCAT by session, equal sequences counted, the metrics of each that repeats.

Prints one line of JSON: seconds, peak memory in bytes, and what was found.
"""
import hashlib
import json
import resource
import sqlite3
import sys
import time
from collections import Counter

DESTRUCTIVE = ["Delete", "Remove", "Drop", "Truncate", "ForceDelete"]


def confidence(occurrences, total):
    frequency = occurrences / total
    if occurrences >= 100:
        return round(min(0.99, frequency * 1.2), 4)
    if occurrences >= 50:
        return round(min(0.95, frequency * 1.1), 4)
    return round(frequency, 4)


def classify(pattern, score, occurrences, savings):
    if any(tool in pattern for tool in DESTRUCTIVE):
        return "auto-rejected"
    if score > 0.99 and occurrences > 200 and savings > 5000:
        return "auto-approved"
    return "auto-rejected" if score < 0.95 else "pending"


def main(path, event_type, since):
    started = time.perf_counter()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    sequences = connection.execute(
        """
        SELECT session_id, GROUP_CONCAT(tool_name, '→') AS tool_sequence, COUNT(*) AS event_count,
               MIN(timestamp) AS first_seen, MAX(timestamp) AS last_seen
        FROM hook_events
        WHERE timestamp >= ? AND event_type = ?
        GROUP BY session_id
        ORDER BY session_id, timestamp
        """,
        (since, event_type),
    ).fetchall()
    counts = Counter(row[1] for row in sequences)
    patterns = []
    for text, count in counts.items():
        if count < 2:
            continue
        score = confidence(count, len(sequences))
        savings = round(len(text.split("→")) * 30 * (100.0 / 3600.0) * count, 2)
        patterns.append((hashlib.sha256(text.encode()).hexdigest()[:16], score, count, savings, classify(text, score, count, savings)))
    print(json.dumps({
        "Seconds": time.perf_counter() - started,
        "CpuSeconds": time.process_time(),
        "PeakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "Detail": f"{len(patterns)} patterns in {len(sequences)} sessions",
    }))


main(*sys.argv[1:])
