using System.Diagnostics;
using System.Text.Json.Nodes;
using PatternAnalysis.Application;
using PatternAnalysis.Cost;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>What the real transcripts cost, beside an independent reader and beside ccusage.</summary>
public class RealCostTests
{
    [RealTranscriptsFact]
    public void Costs_equal_those_of_an_independent_reader_to_the_token_over_copies_and_resumed_sessions()
    {
        using var folder = new ImportFolder();
        folder.Import(paths: RealTranscripts.Path!);
        var copies = CopiesAndResumed();
        folder.Import(paths: copies);
        Directory.Delete(copies, recursive: true);

        var sessions = RealTranscripts.Read().Values.Select(session => session.Tokens()).ToArray();
        var total = Assert.Single(Cost(folder, CostGrouping.Total));

        Assert.Equal(
            (
                sessions.Sum(session => (long)session.Messages),
                sessions.Sum(session => session.Input),
                sessions.Sum(session => session.Output),
                sessions.Sum(session => session.CacheWrite),
                sessions.Sum(session => session.CacheRead)
            ),
            (total.Turns, total.InputTokens, total.OutputTokens, total.CacheWriteTokens, total.CacheReadTokens)
        );
        Assert.Equal(0, total.UnpricedTurns);
        Assert.Equal(total.Usd, Cost(folder, CostGrouping.Activity).Sum(cost => cost.Usd));
    }

    [CcusageFact]
    public void Costs_equal_those_of_ccusage_but_for_what_is_said_in_the_documents()
    {
        using var folder = new ImportFolder();
        folder.Import(paths: RealTranscripts.Path!);
        var ours = Cost(folder, CostGrouping.Day).ToDictionary(day => day.Name);

        var theirs = Ccusage().GroupBy(day => (string)day!["date"]!).ToDictionary(day => day.Key, day => day.Single()!);

        Assert.Equal(ours.Keys.Order(), theirs.Keys.Order());
        Assert.All(
            ours,
            day =>
            {
                var other = theirs[day.Key];
                Assert.Equal((long)other["inputTokens"]!, day.Value.InputTokens);
                Assert.Equal((long)other["cacheCreationTokens"]!, day.Value.CacheWriteTokens);
                Assert.Equal((long)other["cacheReadTokens"]!, day.Value.CacheReadTokens);
                // It takes what the stream had reported when it ended, which is often a remnant.
                Assert.True(day.Value.OutputTokens >= (long)other["outputTokens"]!);
            }
        );
    }

    private static IReadOnlyList<AgentCost> Cost(ImportFolder folder, CostGrouping grouping) =>
        CostQuery.Run(PatternDatabase.Open(folder.Database), new CostOptions { GroupBy = grouping }, CancellationToken.None);

    // What a fork or a resumed session leaves: the records of another one under its own name.
    private static string CopiesAndResumed()
    {
        var copies = Directory.CreateTempSubdirectory("pattern-analysis-copies-").FullName;
        foreach (var file in Directory.EnumerateFiles(RealTranscripts.Path!).Take(5))
        {
            var session = Path.GetFileNameWithoutExtension(file);
            File.Copy(file, Path.Combine(copies, $"copy-of-{session}.jsonl"));
            File.WriteAllText(
                Path.Combine(copies, $"resumed-{session}.jsonl"),
                File.ReadAllText(file).Replace(session, $"resumed-{session}")
            );
        }

        return copies;
    }

    // It looks for lines without spaces.
    private static JsonArray Ccusage()
    {
        var home = Directory.CreateTempSubdirectory("pattern-analysis-ccusage-").FullName;
        var project = Directory.CreateDirectory(Path.Combine(home, "projects", "p")).FullName;
        foreach (var file in Directory.EnumerateFiles(RealTranscripts.Path!, "*.jsonl"))
            File.WriteAllLines(
                Path.Combine(project, Path.GetFileName(file)),
                File.ReadLines(file).Select(line => JsonNode.Parse(line)!.ToJsonString())
            );
        var start = new ProcessStartInfo(CcusageFactAttribute.Program!, ["claude", "daily", "--json", "--offline", "--timezone", "UTC"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["CLAUDE_CONFIG_DIR"] = home;
        using var process = Process.Start(start)!;
        var daily = JsonNode.Parse(process.StandardOutput.ReadToEnd())!["daily"]!.AsArray();
        Directory.Delete(home, recursive: true);
        return daily;
    }
}

/// <summary>A test beside ccusage, for whoever has it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CcusageFactAttribute : FactAttribute
{
    public CcusageFactAttribute()
    {
        if (Program is null || RealTranscripts.Path is null)
            Skip = "PATTERN_ANALYSIS_CCUSAGE does not name the program of npm's @ccusage/ccusage-linux-x64, or there are no transcripts.";
    }

    public static string? Program => Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_CCUSAGE");
}
