using System.Globalization;
using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>Inputs made after reports of what went wrong elsewhere, and what the analysis makes of them.</summary>
internal static class ImportCase
{
    /// <summary>The files of a case, by their paths below its folder.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Files(string number) => FilesBelow(PathOf(number));

    /// <summary>The files below a folder, in the order of their names.</summary>
    public static IEnumerable<(string Name, byte[] Content)> FilesBelow(string folder) =>
        Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(folder, file), File.ReadAllBytes(file)));

    public static string PathOf(string name) => Path.Combine(Root(), "Cases", name);

    /// <summary>The folder of relatives of the cases.</summary>
    public static string Relatives => Path.Combine(Root(), "Relatives");

    /// <summary>Every case with its steps and how their calls ended, then what was left out.</summary>
    public static string Tell(Action<EventSequencer> read, CaseKind kind = CaseKind.Session, bool starts = false)
    {
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Case = kind, ReadsOutcomes = true });
        read(sequencer);
        var corpus = sequencer.Build();
        string Start(ToolCall call) => starts ? $"@{call.StartedAt?.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}" : "";
        var cases = corpus
            .Sequences()
            .OrderBy(sequence => sequence.SessionId, StringComparer.Ordinal)
            .Select(sequence =>
                $"{sequence.SessionId}: {string.Join(" > ", sequence.Calls.Select(call => $"{call.Activity}={call.Outcome}{Start(call)}"))}"
            );
        var excluded = corpus.Reading.Excluded.OrderBy(left => left.Key, StringComparer.Ordinal).Select(left => $"{left.Key} {left.Value}");
        return string.Join('\n', [.. cases, .. excluded]);
    }

    /// <summary>What was skipped, with the reasons in order.</summary>
    public static string Skips(this ImportResult result) =>
        string.Join(
            ", ",
            result.Skipped.OrderBy(skip => skip.Reason, StringComparer.Ordinal).Select(skip => $"{skip.Reason} {skip.Count}")
        );

    private static string Root([CallerFilePath] string here = "") => Path.GetDirectoryName(Path.GetDirectoryName(here))!;
}
