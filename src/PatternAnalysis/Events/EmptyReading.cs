namespace PatternAnalysis.Events;

/// <summary>Says why a query found no session: "no patterns" and "looked in the wrong place" are different.</summary>
public static class EmptyReading
{
    /// <summary>The likeliest reason, as a sentence with advice.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="reading">What was read.</param>
    /// <param name="latest">The store's latest events by type.</param>
    public static string Explain(EventQuery query, EventReading reading, IReadOnlyList<EventTypeCount> latest)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(latest);
        if (latest.Count == 0)
            return "The table hook_events is empty. Record events, or import transcripts.";
        if (reading.EventCount > 0)
        {
            var excluded = reading.Excluded.Select(left => Text($"{left.Value:N0} left out, {EventReading.Explain(left.Key)}"));
            return $"No event in the window could be used: {string.Join("; ", excluded)}.";
        }

        var wanted = latest.Where(type => query.EventTypes.Contains(type.EventType)).ToArray();
        if (wanted.Length == 0)
            return Text(
                $"None of the latest {latest.Sum(type => type.Count):N0} events is of a "
                    + $"type that stands for a step ({string.Join(", ", query.EventTypes)}); "
                    + $"there are {string.Join(", ", latest.Select(type => Text($"{type.EventType} ({type.Count:N0})")))}. "
                    + $"Choose other event types."
            );

        var last = wanted.Max(type => type.LastTicks);
        return last is { } ticks && !query.Window.Contains(ticks)
            ? Text(
                $"The latest event of the wanted types is of {new DateTime(ticks, DateTimeKind.Utc):yyyy-MM-dd HH:mm}Z, "
                    + $"outside of the window. Choose a longer one."
            )
            : "No event passed the filters for sessions and applications, or lies in the window.";
    }

    private static string Text(InvariantText text) => text.Take();
}
