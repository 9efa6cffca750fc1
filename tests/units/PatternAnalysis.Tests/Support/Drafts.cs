using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Options;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Tests.Support;

/// <summary>Drafts of what was recorded.</summary>
internal static class Drafts
{
    public static PatternApproval Approved(string sequence, params string[] examples) =>
        new()
        {
            PatternId = RepeatedPattern.IdOf(sequence),
            Status = PatternStatus.Approved,
            ToolSequence = sequence,
            ConfidenceScore = 0.9997,
            OccurrenceCount = 12,
            EstimatedSavings = 50,
            ExampleSessions = examples.Length > 0 ? examples : ["s"],
        };

    public static WorkflowDraft Of(RecordedCalls calls, string sequence, params string[] examples) =>
        Of(calls, new ActivityOptions(), sequence, examples);

    /// <summary>The draft of a pattern that was found with these options.</summary>
    public static WorkflowDraft Of(RecordedCalls calls, ActivityOptions options, string sequence, params string[] examples) =>
        new WorkflowDrafter(calls, new OneRun(options)).Draft(Approved(sequence, examples));

    /// <summary>A store that remembers one run, which every pattern comes from.</summary>
    internal sealed class OneRun(params object[] options) : IRunHistory
    {
        public IReadOnlyList<PastRun> Find(RunQuery query) => Last(query.First);

        public void Record(FinishedRun run) => throw new NotSupportedException();

        public PastRun? FindRunOf(string patternId) => Last(1).Single();

        public IReadOnlyList<PastRun> Last(int count) =>
            [
                new PastRun
                {
                    RunId = 1,
                    StartedAt = DateTimeOffset.UnixEpoch,
                    Window = TimeWindow.Always,
                    Options = StoredOptions.Write(options),
                },
            ];

        public IReadOnlyList<PatternApproval> SeenIn(TimeWindow window) => [];
    }
}
