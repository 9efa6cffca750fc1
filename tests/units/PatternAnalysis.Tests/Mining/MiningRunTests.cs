using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What a run tells of all its sessions.</summary>
public class MiningRunTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_tells_when_its_first_and_its_last_step_happened_whichever_session_has_them()
    {
        var calls = new RecordedCalls().Tool("b", "Read").Tool("a", "Read").Tool("a", "Edit").Tool("b", "Edit").Tool("a", "Bash");

        Assert.Equal((s_start.UtcTicks, s_start.AddSeconds(4).UtcTicks), Run(Appraisals.Corpus(calls)).ObservedTicks);
        Assert.Equal((0, 0), Run(Corpus.Of()).ObservedTicks);
        Assert.Equal((0, 0), Run(Corpus.Of("Read Edit")).ObservedTicks);
    }

    [Theory]
    [InlineData(0, 5, 2, 5)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 3, 1, 2)]
    [InlineData(2, 4, 2, 2)]
    [InlineData(5, 9, 0, 0)]
    public void Steps_inside_of_a_window_are_counted_and_the_sessions_that_have_any(int from, int to, int sessions, long steps)
    {
        var calls = new RecordedCalls().Tool("b", "Read").Tool("a", "Read").Tool("a", "Edit").Tool("b", "Edit").Tool("a", "Bash");

        Assert.Equal(
            (sessions, steps),
            Run(Appraisals.Corpus(calls)).CountIn(new TimeWindow(s_start.AddSeconds(from), s_start.AddSeconds(to)))
        );
    }

    [Theory]
    [InlineData(1, "0 1 0|2|1 1|3", 4)]
    [InlineData(2, "0 1 0|1 1", 4)]
    [InlineData(3, "0 1 0|3", 4)]
    [InlineData(9, "0 1 0", 4)]
    public void A_sample_holds_every_so_many_th_session_whole_from_the_first_on(int every, string sessions, int activities)
    {
        var sample = Run(Corpus.Of("a b a", "c", "b b", "d")).Sample(every, CancellationToken.None)!;

        Assert.Equal(
            sessions.Split('|'),
            sample.Starts.Zip(sample.Starts.Skip(1), (start, end) => string.Join(' ', sample.Steps[start..end]))
        );
        Assert.Equal((sample.Steps.Length, activities), (sample.Starts[^1], sample.ActivityCount));
    }

    private static MiningRun Run(SequenceCorpus corpus) => PatternMiner.Run(corpus, new MiningOptions(), CancellationToken.None);
}
