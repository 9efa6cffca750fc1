using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Metrics;
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

    /// <summary>What can be made of it: as the run that appraised it found; else by what its steps are.</summary>
    public WorthKind Kind { get; init; }

    /// <summary>
    /// Its approved parts that can be done instead of the whole, each by a name that a script takes.
    /// </summary>
    public IReadOnlyList<WorkflowPart> Parts { get; init; } = [];

    /// <summary>Where most of its occurrences stand, so that a hook could run it.</summary>
    public HookCondition Condition { get; init; }

    /// <summary>The format that its kind asks for.</summary>
    public WorkflowFormat Format =>
        Kind switch
        {
            WorthKind.Hook when HookWriter.Refusal(this) is null => WorkflowFormat.Hook,
            WorthKind.Hook or WorthKind.Script or WorthKind.Command => WorkflowFormat.Script,
            WorthKind.Message => WorkflowFormat.SlashCommand,
            _ => WorkflowFormat.Skill,
        };

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

/// <summary>A part of a routine.</summary>
/// <param name="Name">What it is called in a script: <c>part1</c>.</param>
/// <param name="ToolSequence">The pattern's steps.</param>
/// <param name="Steps">The steps, with parameters of their own.</param>
public sealed record WorkflowPart(string Name, string ToolSequence, IReadOnlyList<WorkflowStep> Steps);

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
    /// <summary>What kind of work it is.</summary>
    public StepHint Hint { get; init; }

    /// <summary>Whether it only shows something, to be read.</summary>
    public bool OnlyShows { get; init; }

    /// <summary>Whether it was the same command nearly every time.</summary>
    public bool IsConstant => IsGiven && Template!.Parameters.Count == 0;

    /// <summary>Whether it was the same command nearly every time, but for the files that were edited just before.</summary>
    public bool IsGiven =>
        Template is { } form
        && form.MatchCount >= CommandTemplate.MostOften * InputCount
        && form.Parameters.All(parameter => parameter.Edited is not null);

    /// <summary>How many different inputs there were.</summary>
    public int DistinctInputs { get; init; }

    /// <summary>In how many of the occurrences the input is known.</summary>
    public int InputCount { get; init; }
}

/// <summary>An input and how often it was given.</summary>
public sealed record InputCount(string Text, int Count);
