#!/usr/bin/env bash
# Measures reading hook events from PostgreSQL beside psql's COPY of the same rows: best of five each, in milliseconds.
# usage: measure-postgres-reader.sh HOST PORT USER DATABASE   (build the command line in Release first)
set -euo pipefail
host=$1 port=$2 user=$3 database=$4
tool="$(dirname "$0")/../../src/PatternAnalysis.Cli/bin/Release/net10.0/pattern-analysis.dll"
copy="COPY (SELECT session_id, tool_name, timestamp, id, event_type FROM hook_events WHERE event_type IN ('tool_use', 'PreToolUse')) TO STDOUT"

best() { sort -n | head -1; }

for _ in 1 2 3 4 5; do
    start=$(date +%s%3N)
    psql -h "$host" -p "$port" -U "$user" -d "$database" -qc "$copy" >/dev/null
    echo $(($(date +%s%3N) - start))
done | best | sed 's/^/psql COPY                      /'

# From "Reading hook events" to "Mining": connecting, reading, numbering names, sorting into sessions. Nothing is found, because no pattern is that long.
for _ in 1 2 3 4 5; do
    dotnet "$tool" analyze --database "postgres:///$database?host=$host&port=$port&user=$user" --since 2000-01-01 --activity tool \
        --dry-run --min-occurrences 1000000 --verbose 2>&1 >/dev/null |
        sed -nE 's/^\[..:(..):(..)\.(...)Z\] (Reading|Mining).*/\1 \2 \3/p' |
        awk '{ t = ($1 * 60 + $2) * 1000 + $3; if (NR == 1) from = t; else print t - from }'
done | best | sed 's/^/pattern-analysis, sequences    /'
