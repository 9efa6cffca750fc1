using PatternAnalysis.Application;
using PatternAnalysis.Effect;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>Who did something, and where, as far as events tell.</summary>
public abstract class SessionOriginTests(EventDatabase events) : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public void Dispose()
    {
        events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void An_effect_is_told_for_each_application_and_each_person_with_enough_sessions()
    {
        for (var day = 0; day < 40; day++)
        {
            var person = day % 2 == 0 ? "ada" : "bob";
            string[] tools = day < 20 || person == "bob" ? ["Edit", "Format", "Look"] : ["Edit", "Make", "Look"];
            Add($"s{day}", s_start.AddDays(day), person, tools);
        }

        var effect = EffectRun.Run(
            events.Database,
            new EffectOptions { Activity = WildcardFilter.Of("Format"), Cut = s_start.AddDays(20) },
            CancellationToken.None
        );

        // Names of people are numbers; the one of the two that changed is seen.
        Assert.Equal(["app", "person", "person"], effect.Groups.Select(group => group.Name.Split(' ')[0]).Order());
        Assert.Equal(
            [-1, 0],
            effect.Groups.Where(group => group.Name.StartsWith("person", StringComparison.Ordinal)).Select(group => group.Direction).Order()
        );
        Assert.DoesNotContain(effect.Groups, group => group.Name.Contains("ada", StringComparison.Ordinal));
    }

    [StoreFact]
    public void A_table_whose_ids_are_no_numbers_tells_as_well()
    {
        events.Execute(
            $"DROP TABLE hook_events; CREATE TABLE hook_events (id {IdType} NOT NULL, session_id TEXT, source_app TEXT, payload TEXT)"
        );
        events.Execute(
            """
            INSERT INTO hook_events VALUES
                ('00000000-0000-4000-8000-00000000000b', 's', 'app', '{"cwd":"/home/ada/src"}'),
                ('00000000-0000-4000-8000-00000000000a', 's', 'app', '{"cwd":"/home/ada/src"}')
            """
        );

        var origins = events.Database.FindOrigins([]);

        Assert.Equal(("app", 1), (origins.Of("s").Application, origins.PersonCount));
    }

    private protected abstract string IdType { get; }

    private void Add(string session, DateTimeOffset time, string person, string[] tools) =>
        events.Database.EventWriter.Write(
            [
                .. tools.Select(
                    (tool, number) =>
                        new NewHookEvent(
                            $"{session}-{number}",
                            "PreToolUse",
                            session,
                            "app",
                            time.AddSeconds(number).UtcDateTime,
                            tool,
                            $$"""{"cwd":"/home/{{person}}/src"}"""
                        )
                ),
            ],
            CancellationToken.None
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteSessionOriginTests() : SessionOriginTests(new SqliteEvents(SqliteEvents.OriginalSchema))
{
    private protected override string IdType => "TEXT";
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresSessionOriginTests() : SessionOriginTests(new PostgresEvents(PostgresEvents.OriginalSchema))
{
    private protected override string IdType => "UUID";
}

/// <summary>A table of somebody else's.</summary>
public sealed class UnknownOriginTests : IDisposable
{
    private readonly SqliteEvents _events = new();

    public void Dispose() => _events.Dispose();

    [Fact]
    public void A_table_that_tells_neither_tells_of_nobody()
    {
        _events.AddSession("s", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), "Edit");

        var origins = _events.Database.FindOrigins([]);

        Assert.Equal((0, 0, default(SessionOrigin)), (origins.PersonCount, origins.ApplicationCount, origins.Of("s")));
    }

    [Fact]
    public void Texts_that_are_stored_as_bytes_tell_as_well()
    {
        _events.Execute(
            """
            DROP TABLE hook_events;
            CREATE TABLE hook_events (id INTEGER PRIMARY KEY, session_id TEXT, source_app TEXT, payload TEXT);
            INSERT INTO hook_events VALUES (1, CAST('s' AS BLOB), CAST('app' AS BLOB), CAST('{"cwd":"/home/ada/src"}' AS BLOB))
            """
        );

        var origins = _events.Database.FindOrigins([]);

        Assert.Equal(("app", 1), (origins.Of("s").Application, origins.PersonCount));
    }
}
