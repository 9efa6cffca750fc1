using System.Globalization;
using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// The condition that selects hook events, as the server writes it. COPY takes no parameters, so the server is asked to put the values into
/// the text:
/// they reach it as parameters, and its own <c>format('%L')</c> quotes them.
/// </summary>
internal static class HookEventFilter
{
    // Of a window, the condition leaves out what can't lie in it; the exact decision is made on the instant that was read.
    // Missing and infinite times are read, because they are reported.
    private static readonly Dictionary<TimestampForm, string> s_conditions = new()
    {
        [TimestampForm.Unzoned] =
            """AND ("timestamp" >= %2$L::timestamp AND "timestamp" < %3$L::timestamp"""
            + """ OR "timestamp" IS NULL OR "timestamp" IN ('infinity', '-infinity'))""",
        [TimestampForm.Zoned] =
            """AND ("timestamp" >= %2$L::timestamptz AND "timestamp" < %3$L::timestamptz"""
            + """ OR "timestamp" IS NULL OR "timestamp" IN ('infinity', '-infinity'))""",

        // Dates sort as text, to a day in any zone; what does not begin like a date of years 2000 to 2999 is read.
        [TimestampForm.Text] = """
            AND ("timestamp" COLLATE "C" >= left(%2$L, 10) AND "timestamp" COLLATE "C" < left(%3$L, 10)
                OR "timestamp" COLLATE "C" < '1~' OR "timestamp" COLLATE "C" >= '2~' OR "timestamp" IS NULL)
            """,
        [TimestampForm.Number] = "",
    };

    /// <summary>The condition's text.</summary>
    public static string Write(NpgsqlConnection connection, EventQuery query, TimestampForm form, bool inUtc)
    {
        var template = "event_type::text = ANY (%1$L::text[]) " + (query.Window == TimeWindow.Always ? "" : s_conditions[form]);

        // A day on either side holds every zone, and both readings of an hour that the clock repeats.
        var exact = form == TimestampForm.Zoned || (form == TimestampForm.Unzoned && inUtc);
        var window = exact ? query.Window : query.Window.Widen(TimeSpan.FromDays(1), TimeSpan.FromDays(2));
        using var command = new NpgsqlCommand("SELECT format($1, $2::text[]::text, $3, $4)", connection)
        {
            Parameters =
            {
                new() { Value = template },
                new() { Value = query.EventTypes.ToArray() },
                new() { Value = Literal(window.Since) ?? (form == TimestampForm.Text ? "1~" : "-infinity") },
                new() { Value = Literal(window.Until) ?? (form == TimestampForm.Text ? "2~" : "infinity") },
            },
        };
        return (string)command.ExecuteScalar()!;
    }

    private static string? Literal(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
