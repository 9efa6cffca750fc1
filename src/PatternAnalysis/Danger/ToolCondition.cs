using System.Collections.Frozen;

namespace PatternAnalysis.Danger;

/// <summary>What a tool must be like for a rule to match.</summary>
internal sealed class ToolCondition
{
    /// <summary>Tools by their whole names.</summary>
    public FrozenSet<string> Names { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Words, with their inflections, one of which the name must contain.</summary>
    public FrozenSet<string> Words { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Words, with their inflections, any of which exempts the tool.</summary>
    public FrozenSet<string> UnlessWords { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Exempts a tool whose name it matches.</summary>
    public BoundedRegex? UnlessName { get; init; }

    /// <summary>Matches the path of the file that the tool is used on.</summary>
    public BoundedRegex? Paths { get; init; }

    /// <summary>Exempts a file whose path it matches.</summary>
    public BoundedRegex? UnlessPaths { get; init; }

    public bool MatchesName(string toolName) =>
        (Names.Contains(toolName) || HasWord(toolName, Words)) && !HasWord(toolName, UnlessWords) && UnlessName?.IsMatch(toolName) != true;

    public bool MatchesPath(string path) => Paths?.IsMatch(path) == true && UnlessPaths?.IsMatch(path) != true;

    private static bool HasWord(string toolName, FrozenSet<string> words) =>
        words.Count > 0 && ToolNameWords.Split(toolName).Any(words.Contains);
}
