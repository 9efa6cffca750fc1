using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Workflows;

/// <summary>A pattern, read back from the events as a routine that can be automated.</summary>
/// <param name="Pattern">The pattern as it is stored.</param>
/// <param name="Steps">Its steps.</param>
/// <param name="OccurrenceCount">How many occurrences were read back.</param>
/// <param name="SessionCount">From how many of the pattern's example sessions.</param>
public sealed record WorkflowDraft(PatternApproval Pattern, IReadOnlyList<WorkflowStep> Steps, int OccurrenceCount, int SessionCount)
{
    private const int LongestWord = 24;

    /// <summary>A name for files: the programs of the steps and the pattern's id.</summary>
    public string Name
    {
        get
        {
            var words = AsciiWords(string.Join(' ', Steps.Select(step => step.Activity)))
                .Where(word => word is not ("bash" or "mcp"))
                .Take(6)
                .Select(word => word[..Math.Min(word.Length, LongestWord)]);
            return string.Join('-', words.Concat(AsciiWords(Pattern.PatternId[..Math.Min(8, Pattern.PatternId.Length)])));
        }
    }

    private static string[] AsciiWords(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A step of a routine.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Activity">What it does.</param>
/// <param name="Dialect">The language of its commands; null when it runs none.</param>
/// <param name="Inputs">What it was most often given (commands or files), masked, most often first.</param>
/// <param name="Template">The commands' common form, or null when they have none.</param>
/// <param name="Danger">The verdict on the worst of its occurrences.</param>
public sealed record WorkflowStep(
    int Number,
    string Activity,
    ShellDialect? Dialect,
    IReadOnlyList<InputCount> Inputs,
    CommandTemplate? Template,
    DangerVerdict Danger
)
{
    /// <summary>How many different inputs there were.</summary>
    public int DistinctInputs { get; init; }

    /// <summary>In how many of the occurrences the input is known.</summary>
    public int InputCount { get; init; }
}

/// <summary>An input and how often it was given.</summary>
public sealed record InputCount(string Text, int Count);
