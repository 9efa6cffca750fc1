using System.Collections.Frozen;
using System.Text.Json;

namespace PatternAnalysis.Shell;

/// <summary>The programs that something is known about: the data of <c>known-programs.json</c>.</summary>
internal static class KnownPrograms
{
    // What programs that run others call it: "rtk proxy git push", "tool run -- git push".
    private static readonly FrozenSet<string> s_verbs = new[]
    {
        "proxy",
        "run",
        "exec",
        "x",
        "do",
        "with",
        "wrap",
        "test",
        "err",
        "summary",
    }.ToFrozenSet();

    private static readonly Lazy<(FrozenSet<string> Programs, FrozenSet<string> Words)> s_lists = new(Load);

    /// <summary>
    /// The place of a known program behind a first word that nobody knows, -1 when there is none: options and one verb may stand between.
    /// Names that are words too (<c>find</c>, <c>task</c>) are not taken for programs there: they may be the sub-command of the first.
    /// </summary>
    public static int FindBehind(IReadOnlyList<ShellWord> words)
    {
        var first = ProgramName.FromPath(words[0].Value);
        if (IsKnown(first) && KnownFolder.Holds(first, words[0].Value[..ProgramName.FolderLength(words[0].Value)]))
            return -1;
        var verbs = 1;
        for (var index = 1; index < words.Count; index++)
        {
            var word = words[index];
            if (word.Value is ['-', ..])
                continue;
            var name = ProgramName.FromPath(word.Value);
            if (
                !word.HasExpansion
                && KnownFolder.Holds(name, word.Value[..ProgramName.FolderLength(word.Value)])
                && Contains(s_lists.Value.Programs, name)
            )
                return index;
            if (!s_verbs.Contains(word.Value) || verbs-- == 0)
                return -1;
        }

        return -1;
    }

    /// <summary>Whether something is known about a program of this name.</summary>
    public static bool IsKnown(string program) => Contains(s_lists.Value.Programs, program) || Contains(s_lists.Value.Words, program);

    private static bool Contains(FrozenSet<string> names, string program) =>
        names.Contains(program) || names.Contains(ProgramName.WithoutVersion(program));

    private static (FrozenSet<string> Programs, FrozenSet<string> Words) Load()
    {
        using var stream = typeof(KnownPrograms).Assembly.GetManifestResourceStream("PatternAnalysis.Shell.known-programs.json")!;
        using var document = JsonDocument.Parse(stream);
        return (Names(document, "programs"), Names(document, "words"));
    }

    private static FrozenSet<string> Names(JsonDocument document, string list) =>
        document
            .RootElement.GetProperty(list)
            .EnumerateArray()
            .Select(name => name.GetString()!)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
