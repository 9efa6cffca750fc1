using Dapper;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What is stored already is masked where it stands.</summary>
[Collection(PostgresTests.Name)]
public sealed class EventProtectionTests
{
    private const string Secret = "geheim7788";

    private const string Payload =
        $$$"""{"session_id":"/home/ada/s","tool_input":{"command":"mysql -p{{{Secret}}}","env":{"API_KEY":"{{{Secret}}}"}}"""
        + $$$""","tool_response":{"stdout":"token={{{Secret}}}"}}""";

    [Fact]
    public void A_SQLite_file_holds_no_byte_of_a_secret_afterwards()
    {
        using var events = new SqliteEvents(SqliteEvents.OriginalSchema, "WAL");
        AddEvents(events, 1200);

        var result = events.Database.Protection.Run();

        Assert.Equal((1200, 1200), (result.EventCount, result.MaskedCount));
        var folder = Path.GetDirectoryName(events.Path)!;
        Assert.All(Directory.GetFiles(folder), file => Assert.DoesNotContain(Secret, File.ReadAllText(file), StringComparison.Ordinal));
        using var connection = events.Open();
        Assert.Equal(
            """{"session_id":"/home/ada/s","tool_input":{"command":"mysql -p***","env":{"API_KEY":"***"}}"""
                + ""","tool_response":{"stdout":"token=***"}}""",
            connection.QueryFirst<string>("SELECT payload FROM hook_events LIMIT 1")
        );
    }

    [StoreFact]
    public void A_PostgreSQL_table_with_JSON_columns_is_masked()
    {
        using var events = new PostgresEvents(PostgresEvents.OriginalSchema);
        AddEvents(events, 700);

        Assert.Equal(700, events.Database.Protection.Run().MaskedCount);

        using var connection = events.Open();
        Assert.Equal(0, connection.ExecuteScalar<int>($"SELECT count(*) FROM hook_events WHERE payload::text LIKE '%{Secret}%'"));
        Assert.Equal(0, connection.ExecuteScalar<int>($"SELECT count(*) FROM hook_events WHERE chat_history::text LIKE '%{Secret}%'"));
    }

    [Fact]
    public void A_further_run_looks_at_what_came_since_and_one_that_was_stopped_goes_on()
    {
        using var events = new SqliteEvents(SqliteEvents.OriginalSchema);
        AddEvents(events, 600);
        using (var connection = events.Open())
            connection.Execute(
                """
                CREATE TABLE pattern_protection (table_name VARCHAR(255) PRIMARY KEY, rules INTEGER NOT NULL, last_row BIGINT NOT NULL,
                    is_clean INTEGER NOT NULL);
                INSERT INTO pattern_protection VALUES ('hook_events', @version, 500, 1)
                """,
                new { version = Masking.SecretMasker.Version }
            );

        Assert.Equal(100, events.Database.Protection.Run().EventCount);
        Assert.Equal(0, events.Database.Protection.Run().EventCount);
        AddEvents(events, 3);
        Assert.Equal(3, events.Database.Protection.Run().EventCount);
        Assert.Equal((603, 500), Counts(events.Database.Protection.Run(again: true)));
    }

    [Fact]
    public void What_was_looked_at_with_older_rules_is_looked_at_again()
    {
        using var events = new SqliteEvents(SqliteEvents.OriginalSchema);
        AddEvents(events, 5);
        events.Database.Protection.Run();
        using (var connection = events.Open())
            connection.Execute("UPDATE pattern_protection SET rules = rules - 1");

        Assert.Equal((5, 0), Counts(events.Database.Protection.Run()));
    }

    [Fact]
    public void A_table_with_columns_named_like_row_numbers_is_masked_all_the_same()
    {
        using var events = new SqliteEvents("CREATE TABLE hook_events (rowid TEXT, _rowid_ TEXT, payload TEXT)");
        using (var connection = events.Open())
            connection.Execute(
                "INSERT INTO hook_events VALUES ('x', 'x', @Payload), ('x', 'x', 'not JSON, token=' || @Secret)",
                new { Payload, Secret }
            );

        Assert.Equal(2, events.Database.Protection.Run().MaskedCount);
    }

    [Fact]
    public void Other_databases_are_refused()
    {
        using var events = new SqliteEvents("CREATE TABLE t (a)");

        var error = Assert.Throws<PatternAnalysisException>(() => events.Database.Protection.Run());

        Assert.Equal("TableNotFound", error.ErrorId);
    }

    private static (long, long) Counts(EventProtectionResult result) => (result.EventCount, result.MaskedCount);

    private static void AddEvents(EventDatabase events, int count)
    {
        using var connection = events.Open();
        using var transaction = connection.BeginTransaction();
        var cast = events is PostgresEvents ? "::jsonb" : "";
        for (var i = 0; i < count; i++)
            connection.Execute(
                $"INSERT INTO hook_events (event_type, session_id, payload, "
                    + $"chat_history) VALUES ('PreToolUse', 's', @Payload{cast}, @history{cast})",
                new { Payload, history = $$"""["password: {{Secret}}"]""" },
                transaction
            );
        transaction.Commit();
    }
}
