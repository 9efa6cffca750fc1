using System.Text.Json.Nodes;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>What a database keeps of messages and of answers that stand in several files, or in another database.</summary>
public class UsageImportTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";
    private const string Other = "5e550000-1111-4222-8333-000000000002";

    [Fact]
    public void What_messages_took_and_what_is_kept_of_answers_comes_along_from_another_database()
    {
        using var first = new ImportFolder();
        first.Add(
            "a.jsonl",
            MessageParts.Of(Session).Text + new ClaudeRecords(Session).Result("toolu_01A09q90qw90lq917835lq9", "src/a.cs").Text
        );
        first.Import();
        using var second = new ImportFolder();

        second.Import(paths: first.Database);
        second.Import(new ImportOptions { ReadsAll = true }, paths: first.Database);

        Assert.Equal(Messages(first), Messages(second));
        Assert.Equal(Results(first).Select(Told), Results(second).Select(Told));
        Assert.NotEmpty(Results(second));

        static string Told(CallResult result) => $"{result.SessionId} {result.ToolUseId} {string.Join(' ', result.Tokens)}";
    }

    [Fact]
    public void Copies_in_a_fork_and_records_that_stand_twice_count_once()
    {
        using var folder = new ImportFolder();
        var text = MessageParts.Of(Session).Text;
        folder.Add("a.jsonl", text + text).Add("b.jsonl", text.Replace($"sessionId\":\"{Session}", $"sessionId\":\"{Other}"));

        folder.Import();

        var message = Assert.Single(Messages(folder));
        Assert.Equal((Session, 100L, 2), (message.SessionId, message.OutputTokens, message.CallCount));
    }

    private static MessageUsage[] Messages(ImportFolder folder) =>
        [.. PatternDatabase.Open(folder.Database).Usage.ReadMessages(TimeWindow.Always)];

    private static CallResult[] Results(ImportFolder folder) =>
        [.. PatternDatabase.Open(folder.Database).Usage.ReadResults(TimeWindow.Always)];
}
