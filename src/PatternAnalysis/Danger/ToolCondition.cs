using System.Collections.Frozen;

namespace PatternAnalysis.Danger;

/// <summary>What a tool must be like for a rule to match.</summary>
internal sealed class ToolCondition
{
    /// <summary>Tools by their whole names.</summary>
    public FrozenSet<string> Names { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Words, with their inflections, one of which the name must contain.</summary>
    public FrozenSet<string> Words { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Verbs, one of which the tool's own name must begin with, or end with one of those that never stand for a thing.</summary>
    public FrozenSet<string> Verbs { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Matches the tool's whole name.</summary>
    public BoundedRegex? Name { get; init; }

    /// <summary>Words, with their inflections, any of which exempts the tool.</summary>
    public FrozenSet<string> UnlessWords { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Exempts a tool whose name it matches.</summary>
    public BoundedRegex? UnlessName { get; init; }

    /// <summary>Matches the path of the file that the tool is used on.</summary>
    public BoundedRegex? Paths { get; init; }

    /// <summary>Exempts a file whose path it matches.</summary>
    public BoundedRegex? UnlessPaths { get; init; }

    public bool MatchesName(string toolName) => Paths is null && IsAbout(toolName);

    public bool MatchesPath(string toolName, string path) =>
        Paths?.IsMatch(path) == true && UnlessPaths?.IsMatch(path) != true && (HasNoName || IsAbout(toolName));

    private bool HasNoName => Names.Count == 0 && Words.Count == 0 && Verbs.Count == 0 && Name is null;

    private bool IsAbout(string toolName) =>
        (Names.Contains(toolName) || HasWord(toolName, Words) || HasVerb(toolName) || Name?.IsMatch(toolName) == true)
        && !HasWord(toolName, UnlessWords)
        && UnlessName?.IsMatch(toolName) != true;

    // mcp__github__list_issues and mcp__github__github_list_issues begin with "list"; issue_read ends with "read".
    private bool HasVerb(string toolName)
    {
        if (Verbs.Count == 0)
            return false;
        var own = toolName.LastIndexOf("__", StringComparison.Ordinal);
        string[] words = [.. ToolNameWords.Split(own < 0 ? toolName : toolName[(own + 2)..])];
        string[] server = own < 0 ? [] : [.. ToolNameWords.Split(toolName[..own])];
        var first = words.SkipWhile(server.Contains).FirstOrDefault();
        return (first is not null && Verbs.Contains(first)) || words is [.., "read" or "get" or "search" or "lookup"];
    }

    private static bool HasWord(string toolName, FrozenSet<string> words) =>
        words.Count > 0 && ToolNameWords.Split(toolName).Any(words.Contains);
}
