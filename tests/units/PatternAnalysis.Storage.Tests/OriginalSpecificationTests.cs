using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>The ten tests that the original specification names, under its names and on its fixture.</summary>
public abstract class OriginalSpecificationTests : IDisposable
{
    private readonly EventDatabase _events;

    protected OriginalSpecificationTests(EventDatabase events) => _events = events.AddOriginalFixture();

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void Extract_tool_sequences()
    {
        var sequences = Read().Sequences().OrderBy(sequence => sequence.SessionId).ToArray();

        Assert.Equal(8, sequences.Length);
        Assert.All(sequences[..5], sequence => Assert.Equal("Read→Edit→Write", sequence.Text));
        Assert.All(sequences[5..], sequence => Assert.Equal("Test→Fix→Test", sequence.Text));
        Assert.All(sequences, sequence => Assert.Equal(3, sequence.EventCount));
        Assert.All(sequences, sequence => Assert.Equal(TimeSpan.FromSeconds(2), sequence.LastSeen - sequence.FirstSeen));
    }

    [StoreTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_repeated_patterns(bool wholeSequence)
    {
        var patterns = PatternMiner.Mine(Read(), new MiningOptions { WholeSequence = wholeSequence });

        Assert.Equal(
            [("Read→Edit→Write", 5, 5), ("Test→Fix→Test", 3, 3)],
            patterns.Select(pattern => (pattern.ToolSequence, pattern.SessionCount, pattern.OccurrenceCount))
        );
        Assert.Equal(["test-session-5", "test-session-6", "test-session-7"], patterns[1].ExampleSessions);
    }

    [StoreTheory]
    [InlineData(100, 1000, 0.12)]
    [InlineData(99, 1000, 0.1089)]
    [InlineData(50, 1000, 0.055)]
    [InlineData(49, 1000, 0.049)]
    [InlineData(1000, 1000, 0.99)]
    [InlineData(60, 60, 0.95)]
    [InlineData(9, 9, 1.0)]
    [InlineData(1, 3, 0.3333)]
    [InlineData(1, 32, 0.0312)]
    [InlineData(3, 20000, 0.0001)]
    public void Calculate_confidence(int occurrences, int totalSessions, double expected) =>
        Assert.Equal(expected, FrequencyConfidence.Calculate(occurrences, totalSessions));

    [StoreTheory]
    [InlineData(3, 5, 12.50)]
    [InlineData(3, 1, 2.50)]
    [InlineData(2, 200, 333.33)]
    [InlineData(30, 200, 5000.00)]
    public void Estimate_savings(int steps, int occurrences, decimal expected) =>
        Assert.Equal(expected, Savings.Estimate(steps, occurrences, new MetricOptions()));

    [StoreFact]
    public void Auto_classify_approved()
    {
        var decision = Decide(["Read", "Edit", "Write"], 0.995, 250, 6000);

        Assert.Equal(PatternStatus.AutoApproved, decision.Status);
        Assert.Equal(3, decision.Reasons.Count);
    }

    [StoreFact]
    public void Auto_classify_rejected()
    {
        var decision = Decide(["Read", "Edit", "Write"], 0.94, 500, 10000);

        Assert.Equal(PatternStatus.AutoRejected, decision.Status);
        Assert.Equal("confidence 94 % is below 95 %: too likely a coincidence", Assert.Single(decision.Reasons));
    }

    [StoreTheory]
    [InlineData("Delete")]
    [InlineData("mcp__files__delete_file")]
    [InlineData("ForceDelete")]
    [InlineData("dropTable")]
    [InlineData("HTTPDelete")]
    public void Auto_classify_destructive(string tool)
    {
        var decision = Decide(["Read", tool, tool], 0.999999, 500, 10000);

        Assert.Equal(PatternStatus.AutoRejected, decision.Status);
        Assert.True(decision.IsDestructive);
        Assert.Contains(tool, Assert.Single(decision.Reasons), StringComparison.Ordinal);
    }

    [StoreTheory]
    [InlineData("mcp__dropbox__list")]
    [InlineData("Backdrop")]
    [InlineData("Raindrops")]
    public void Auto_classify_spares_names_that_only_contain_a_destructive_word(string tool) =>
        Assert.Equal(PatternStatus.AutoApproved, Decide(["Read", tool], 0.999999, 500, 10000).Status);

    [StoreFact]
    public void Deduplicate_new_pattern()
    {
        var summary = _events.Analyze();

        Assert.Equal((2, 0, 0), (summary.NewPatterns, summary.UpdatedPatterns, summary.UnchangedPatterns));
        var stored = _events.Database.Approvals.Find(new ApprovalQuery());
        Assert.Equal(["Read→Edit→Write", "Test→Fix→Test"], stored.Select(pattern => pattern.ToolSequence));
        Assert.Equal("8c2913c262d6046b", RepeatedPattern.IdOf("Read→Edit→Write"));
        Assert.Equal(RepeatedPattern.IdOf("Read→Edit→Write"), stored[0].PatternId);
        Assert.Equal((5, 12.50m, 5), (stored[0].OccurrenceCount, stored[0].EstimatedSavings, stored[0].ExampleSessions.Length));
    }

    [StoreFact]
    public void Deduplicate_existing_pattern()
    {
        _events.Analyze();
        _events.AddSession("test-session-8", DateTimeOffset.UtcNow.AddMinutes(-5), "Read", "Edit", "Write");

        var summary = _events.Analyze();

        // The second pattern has no new occurrence, but one session more was looked at.
        Assert.Equal((0, 2, 0), (summary.NewPatterns, summary.UpdatedPatterns, summary.UnchangedPatterns));
        var stored = _events.Database.Approvals.Find(new ApprovalQuery());
        Assert.Equal(
            [("Read→Edit→Write", 6, 15.00m), ("Test→Fix→Test", 3, 7.50m)],
            stored.Select(pattern => (pattern.ToolSequence, (int)pattern.OccurrenceCount, pattern.EstimatedSavings))
        );
    }

    [StoreFact]
    public void Full_analysis_workflow()
    {
        var summary = _events.Analyze();

        Assert.Equal((8, 2, 20.00m), (summary.TotalSessions, summary.PatternsFound, summary.TotalSavings));
        Assert.Equal((0, 0, 2), (summary.AutoApproved, summary.Pending, summary.AutoRejected));
        Assert.Equal(
            1,
            _events.Scalar<long>(
                "SELECT count(*) FROM pattern_runs WHERE outcome = 'completed' AND sessions = 8 AND events = 24 AND patterns_found = 2"
            )
        );
        Assert.Equal(8, _events.Scalar<long>("SELECT count(*) FROM pattern_sightings"));
    }

    private SequenceCorpus Read()
    {
        var sequencer = new EventSequencer(new EventQuery { Window = TimeWindow.Last(24, DateTimeOffset.UtcNow) });
        _events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }

    private static PolicyDecision Decide(string[] steps, double confidence, long occurrences, decimal savings) =>
        new PatternClassifier(new ClassificationPolicy()).Decide(steps, confidence, occurrences, savings);
}

/// <summary>On the original's tables of SQLite.</summary>
public sealed class SqliteOriginalSpecificationTests() : OriginalSpecificationTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>On the original's tables of PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOriginalSpecificationTests()
    : OriginalSpecificationTests(new PostgresEvents(PostgresEvents.OriginalSchema + PostgresEvents.OriginalPatternSchema));
