using PatternAnalysis.Classification;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Reporting;

/// <summary>
/// A run in which something of every kind was planted: a hook, a message, loops, a step that fails, and what needs a model.
/// </summary>
internal static class PlantedRoutines
{
    public static AnalysisSummary Analyse()
    {
        var (calls, random, number) = (new RecordedCalls(), new Random(20260302), 0);
        for (var i = 0; i < 24; i++)
        {
            var (session, isRed) = ($"s{i:00}", i % 4 == 0);
            Action[] blocks =
            [
                () => Lint(isRed),
                () => Lint(isRed: false),
                Commit,
                Commit,
                () => Call("Bash", "command", "tool sync", "unknown command sync"),
                Look,
                Look,
                Look,
            ];
            random.Shuffle(blocks);
            foreach (var block in blocks)
                block();

            void Lint(bool isRed)
            {
                Call("Edit", "file_path", $"src/{random.Next(99)}.cs");
                Call("Bash", "command", "make lint", isRed ? "lint: 3 problems" : null);
                if (isRed)
                    Lint(isRed: false);
            }

            void Commit()
            {
                Call("Bash", "command", $"git add src/{random.Next(99)}.cs");
                Call("Bash", "command", $"git commit -m 'Change number {number}'");
            }

            void Look()
            {
                Call("Grep", "path", $"src/{random.Next(99)}");
                Call("Read", "file_path", $"src/{random.Next(99)}.cs");
            }

            void Call(string tool, string field, string value, string? error = null)
            {
                var id = $"call{number++}";
                calls.Call(session, tool, field, value, call: id).End(session, tool, id, failed: error is not null, error);
            }
        }

        var classifier = new PatternClassifier(new ClassificationPolicy());
        return AnalysisSummary.Of([.. Appraisals.Of(calls).Select(classifier.Classify)]);
    }
}
