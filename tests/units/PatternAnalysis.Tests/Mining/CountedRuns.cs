using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>The same events mined in memory, and over the counts of a store that keeps them.</summary>
/// <param name="Read">The run in memory.</param>
/// <param name="Counted">The run over counts.</param>
internal sealed record CountedRuns(MiningRun Read, CountedRun Counted)
{
    private static readonly ActivityOptions s_tools = new() { Model = ActivityModel.Tool };

    // Safe, unknown and destructive by their names alone.
    private static readonly string[] s_names =
    [
        "Read",
        "mcp__mail__dispatch",
        "mcp__db__drop_table",
        "Edit",
        "mcp__files__list",
        "ReadNotes",
    ];

    // Routines among other steps, many of them alone in a session; so that some patterns are beyond chance and others are not.
    private static readonly Gen<int[][]> s_routines = Gen.Select(
            Gen.Int[0, 4].Array[2, 5],
            Gen.Int[2, 9],
            Gen.Int[0, 5].Array[1, 12].Array[2, 12],
            Gen.Int[0, 5].Array[20, 40]
        )
        .Select(
            (routine, copies, others, rest) =>
                (int[][])[.. Enumerable.Repeat(routine, copies), .. others, [.. routine, .. rest, .. routine, .. routine]]
        );

    public static Gen<int[][]> Sessions { get; } = Gen.Frequency((3, s_routines), (2, SequenceGen.Small), (1, SequenceGen.Sessions));

    public static Gen<MiningOptions> Options { get; } =
        Gen.Select(
            Gen.Int[2, 4],
            Gen.Int[1, 3],
            Gen.OneOf(Gen.Int[3, 6], Gen.Const(MiningOptions.LengthGuard)),
            (sessions, shortest, longest) =>
                new MiningOptions
                {
                    MinimumSessions = sessions,
                    MinimumLength = shortest,
                    MaximumLength = longest,
                }
        );

    /// <summary>Mines sessions whose steps are small numbers; they run side by side, and the last begins first.</summary>
    public static CountedRuns Of(int[][] sessions, MiningOptions options)
    {
        var calls = new RecordedCalls();
        for (var step = 0; step < sessions.Max(session => session.Length); step++)
        {
            for (var session = sessions.Length - 1; session >= 0; session--)
            {
                if (step < sessions[session].Length)
                    calls.Tool($"s{session:D2}", s_names[sessions[session][step]]);
            }
        }

        // What is no step: one without a session, two without a tool.
        return Of(calls.Tool("", "Read").Tool("s00", "").Tool("s00", ""), options);
    }

    public static CountedRuns Of(RecordedCalls calls, MiningOptions options)
    {
        var query = new EventQuery();
        var sequencer = new EventSequencer(query, s_tools);
        calls.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        var corpus = sequencer.Build();
        var counted = CountingMiner.Run(new NaiveCounter(corpus), query, s_tools, options, CancellationToken.None);
        return new CountedRuns(PatternMiner.Run(corpus, options, CancellationToken.None), (CountedRun)counted!);
    }

    /// <summary>Each pattern of the one run with that of the other, in the order in which they are shown.</summary>
    public IEnumerable<(RepeatedPattern Read, RepeatedPattern Counted)> Pairs() =>
        PatternMiner.InOrder(Read, CancellationToken.None).Zip(PatternMiner.InOrder(Counted, CancellationToken.None));

    /// <summary>The patterns of the run over counts by their numbers in the store.</summary>
    public Dictionary<int, string> TextsOfCounted() =>
        Counted.Counts.Counts.ToDictionary(count => count.Node, count => string.Join('→', count.Sequence.Select(Counted.Counts.Activity)));
}
