namespace PatternAnalysis.Activities;

/// <summary>
/// All that naming and worth need to know of a step, without its content: stable for equal payloads, whatever else a log holds.
/// </summary>
/// <remarks>Texts are as they were typed until <see cref="FactsMasker"/> took out what must not be stored.</remarks>
public sealed class StepFacts : IEquatable<StepFacts>
{
    /// <summary>Which rules the facts were made by; facts that were kept are made anew when it is another one.</summary>
    public const int RulesVersion = 4;

    private int? _hash;
    private bool? _onlyShows;

    /// <summary>The tool's name.</summary>
    public required string Tool { get; init; }

    /// <summary>The tool and what it was used for: <c>Bash(git commit)</c>, <c>Edit(.cs)</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The name that says the most where neither text nor template recurs: <c>Skill(review)</c>, <c>Bash(git add &amp;&amp; git
    /// commit)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of work it is.</summary>
    public required StepHint Hint { get; init; }

    /// <summary>Whether the event says what the tool was given. Where it does not, only the tool's name is known.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>
    /// The text that says the same whenever the same is done: a command without leading <c>cd</c> and trailing output filters, the path of
    /// a file that is read. Null when it holds text that is thought up, or is too long to be typed again.
    /// </summary>
    public string? Exact { get; init; }

    /// <summary>The form of a command; null for other tools, and for commands that have too many parts.</summary>
    public StepTemplate? Template { get; init; }

    /// <summary>
    /// What stands in the template's slots, in order, but for a first word that may be a sub-command; of a file tool, the file. What a
    /// later step takes up it can take from here.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether it only shows something: what to do about that is left to whoever reads it.</summary>
    public bool OnlyShows =>
        _onlyShows ??=
            Hint is StepHint.Look or StepHint.Inspect
            || (Hint == StepHint.Command && Template is { } form && form.Parts.All(CommandVocabulary.Shows));

    /// <inheritdoc/>
    public bool Equals(StepFacts? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && Hint == other.Hint
            && IsKnown == other.IsKnown
            && Exact == other.Exact
            && Name == other.Name
            && Operation == other.Operation
            && Tool == other.Tool
            && Template?.Text == other.Template?.Text
            && Arguments.SequenceEqual(other.Arguments)
        );

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StepFacts);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        _hash ??= HashCode.Combine(Tool, Name, Exact, Template?.Text, Arguments.Count > 0 ? Arguments[0] : null);
}
