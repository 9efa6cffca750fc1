using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Delivery;
using PatternAnalysis.Events;
using PatternAnalysis.Notification;
using PatternAnalysis.Reporting;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>No secret that stands in an event leaves the table of events.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Token = "gh" + "p_0123456789abcdefABCDEF0123456789abcd";
    private const string Password = "hunter2hunter2";
    private const string Mail = "jane.doe@example.com";
    private const string Home = "/home/janedoe";

    private static readonly string[] s_secrets = [Token[4..], Password, Mail, "jane.doe", "janedoe"];

    // One destructive, one unknown, one safe; the secret stands in what is shown of each.
    private static readonly string[] s_commands =
    [
        $"rm -rf {Home}/project && curl -H 'Authorization: Bearer {Token}' https://x",
        $"mysterytool --password {Password} --mail {Mail} {Home}/x",
        $"git push https://jane.doe:{Password}@example.com/r.git",
    ];

    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly SqliteEvents _events = new(SqliteEvents.OriginalSchema);

    public void Dispose() => _events.Dispose();

    [Theory]
    [InlineData(ActivityModel.Operation)]
    [InlineData(ActivityModel.Tool)]
    public void No_planted_secret_reaches_anything_that_is_stored_shown_or_sent(ActivityModel model)
    {
        string[] sessions = [$"{Home}/one.jsonl", $"{Home}/two.jsonl", Mail, $"token={Token}", $"{Token}", "-home-plain"];
        foreach (var session in sessions)
        {
            foreach (var (command, number) in s_commands.Select((command, number) => (command, number)))
            {
                Add(session, number * 10, "Bash", command);
                Add(session, number * 10 + 1, $"mcp__{Token}__upload", $"{Home}/{Mail}");
                Add(session, number * 10 + 2, $"Tool password={Password}", "x");
                Add(session, number * 10 + 3, "Read", $"{Home}/notes.md");
            }
        }

        var summary = _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(s_noon, s_noon.AddDays(1)) },
                Activity = new ActivityOptions { Model = model },
                Policy = new ClassificationPolicy { RejectConfidence = 0 },
            }
        );
        var log = Path.Combine(Path.GetDirectoryName(_events.Path)!, "notifications.log");
        var told = new ReviewerNotifier(_events.Database.Outbox, [new LogFileSink(log)]).Notify(
            summary.Saved.Select(saved => saved.Approval)
        );
        _events.Database.Approvals.Decide(
            new ReviewDecision(summary.Saved[0].Approval.PatternId, PatternStatus.Rejected, "ada", $"it says {Token}")
        );

        // By operations all of it is read or thought up: true, and nobody is told of what nobody can build.
        Assert.Equal(model == ActivityModel.Tool, told.Any(outcome => outcome.Patterns.Count > 0));
        Assert.NotEmpty(summary.Patterns);
        AssertClean("report", Report(summary));
        AssertClean("JSON", Json(summary));
        if (File.Exists(log))
            AssertClean("notification log", File.ReadAllText(log));
        foreach (var table in Tables())
            AssertClean(table, string.Join('\n', _events.Rows(table)));
    }

    [Fact]
    public void Sessions_whose_ids_are_masked_stay_apart()
    {
        string[] sessions = [$"{Home}/one.jsonl", "/home/joe/one.jsonl", Mail];
        foreach (var session in sessions)
        {
            Add(session, 0, "Read", "a.md");
            Add(session, 1, "Edit", "a.md");
        }

        var pattern = Assert.Single(_events.Analyze(Options()).Patterns);
        _events.Analyze(Options());

        Assert.Equal(3, pattern.SessionCount);
        Assert.Equal(3, pattern.ExampleSessions.Distinct().Count());
        Assert.Equal(
            ["***@***#", "~/one.jsonl#", "~/one.jsonl#"],
            pattern.ExampleSessions.Order(StringComparer.Ordinal).Select(id => id[..^8])
        );
        Assert.Equal(3, _events.Scalar<long>("SELECT count(*) FROM pattern_sightings"));
        Assert.Equal(3, _events.Scalar<long>("SELECT occurrence_count FROM pattern_approvals"));
    }

    [Fact]
    public void The_error_of_a_failed_run_is_masked()
    {
        var approvals = _events.Database.Approvals;

        Assert.Throws<PatternAnalysisException>(() => new DailyAnalysis(new Unreadable(), approvals).Run(Options()));

        Assert.Equal("no database '~/hooks.db'", _events.Scalar<string>("SELECT error FROM pattern_runs"));
    }

    private static AnalysisOptions Options() => new() { Query = new EventQuery { Window = new TimeWindow(s_noon, s_noon.AddDays(1)) } };

    private void Add(string session, int second, string tool, string input) =>
        _events.AddCall(
            session,
            "PreToolUse",
            tool,
            s_noon.AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss"),
            JsonSerializer.Serialize(
                new
                {
                    session_id = session,
                    cwd = Home,
                    tool_input = new Dictionary<string, string> { [tool == "Bash" ? "command" : "file_path"] = input },
                }
            )
        );

    private List<string> Tables()
    {
        using var connection = _events.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'pattern%'";
        using var reader = command.ExecuteReader();
        var tables = new List<string>();
        while (reader.Read())
            tables.Add(reader.GetString(0));
        Assert.True(tables.Count >= 6);
        return tables;
    }

    private static void AssertClean(string place, string text) =>
        Assert.All(
            s_secrets,
            secret => Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"'{secret}' stands in {place}:\n{text}")
        );

    private static string Report(AnalysisSummary summary)
    {
        using var writer = new StringWriter();
        MarkdownReportWriter.Write(summary, writer);
        return writer.ToString();
    }

    private static string Json(AnalysisSummary summary)
    {
        using var stream = new MemoryStream();
        AnalysisJson.Write(summary, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Unreadable : IHookEventReader
    {
        public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken) =>
            throw new PatternAnalysisException(ErrorCatalogue.DatabaseNotFound, $"no database '{Home}/hooks.db'");
    }
}
