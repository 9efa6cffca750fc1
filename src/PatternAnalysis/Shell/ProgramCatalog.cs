using System.Collections.Frozen;
using System.Text.Json;

namespace PatternAnalysis.Shell;

/// <summary>Which programs have sub-commands, and where they stand in a command: the data of <c>programs.json</c>.</summary>
public static class ProgramCatalog
{
    private const int MaximumWordLength = 40;

    private static readonly Lazy<FrozenDictionary<string, Entry>> s_entries = new(Load);

    /// <summary>
    /// The sub-command of a segment, its groups included: <c>commit</c>, <c>stash drop</c>, <c>pr create</c>.
    /// Empty when the program has none or it cannot be read from the text.
    /// </summary>
    public static string SubCommand(ShellSegment segment)
    {
        ArgumentNullException.ThrowIfNull(segment);
        if (Find(segment) is not { } entry)
            return "";

        var found = "";
        var levels = entry.Levels;
        for (var index = 0; index < segment.Arguments.Count && levels > 0; index++)
        {
            var word = segment.Arguments[index];
            if (word.Value is ['-', _, ..])
            {
                if (entry.Options.Contains(word.Value))
                    index++;
                continue;
            }

            if (!IsPlainName(word))
                break;
            found = found.Length == 0 ? word.Value : found + " " + word.Value;
            levels += entry.Groups.Contains(found) ? 0 : -1;
        }

        return found;
    }

    /// <summary>Whether it is known of a segment's program which sub-commands it has.</summary>
    internal static bool Knows(ShellSegment segment) => Find(segment) is not null;

    /// <summary>The options of a segment's sub-command whose next word is data, a commit message for one, whatever it looks like.</summary>
    internal static FrozenSet<string> DataOptions(ShellSegment segment, string subCommand) =>
        Find(segment)?.DataOptions.GetValueOrDefault(subCommand) ?? FrozenSet<string>.Empty;

    /// <summary>The options of a segment's program that take the next word.</summary>
    internal static FrozenSet<string> ValueOptions(ShellSegment segment) => Find(segment)?.Options ?? FrozenSet<string>.Empty;

    /// <summary>
    /// The short options of a segment's sub-command whose value may follow in the same word: the <c>u</c> of <c>-uno</c>.
    /// </summary>
    internal static string ValueLetters(ShellSegment segment, string subCommand) =>
        Find(segment)?.ValueLetters is { } letters ? letters.GetValueOrDefault(subCommand) ?? letters.GetValueOrDefault("") ?? "" : "";

    /// <summary>Whether a word can be a sub-command: a short plain name, not a path, a value or a variable.</summary>
    internal static bool IsPlainName(ShellWord word)
    {
        if (word.HasExpansion || word.Value.Length is 0 or > MaximumWordLength || !char.IsAsciiLetter(word.Value[0]))
            return false;
        foreach (var character in word.Value)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or ':' or '.'))
                return false;
        }

        return true;
    }

    private static Entry? Find(ShellSegment segment) =>
        segment.Program is { } program ? s_entries.Value.GetValueOrDefault(ProgramName.WithoutVersion(program)) : null;

    private static FrozenDictionary<string, Entry> Load()
    {
        using var stream = typeof(ProgramCatalog).Assembly.GetManifestResourceStream("PatternAnalysis.Shell.programs.json")!;
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.EnumerateObject()
            .ToFrozenDictionary(property => property.Name, property => new Entry(property.Value), StringComparer.OrdinalIgnoreCase);
    }

    private sealed class Entry(JsonElement element)
    {
        /// <summary>How many words the sub-command has when none of them is a group.</summary>
        public int Levels { get; } = element.TryGetProperty("levels", out var levels) ? levels.GetInt32() : 1;

        /// <summary>The program's own options that take the next word.</summary>
        public FrozenSet<string> Options { get; } = Strings(element, "options");

        /// <summary>Sub-commands that have sub-commands.</summary>
        public FrozenSet<string> Groups { get; } = Strings(element, "groups");

        /// <summary>By sub-command, its options that take the next word as data.</summary>
        public Dictionary<string, FrozenSet<string>> DataOptions { get; } =
            element.TryGetProperty("dataOptions", out var bySubCommand)
                ? bySubCommand
                    .EnumerateObject()
                    .ToDictionary(property => property.Name, property => Texts(property.Value), StringComparer.Ordinal)
                : [];

        /// <summary>
        /// By sub-command, its short options that may have a value in the same word; under the empty name those of the rest.
        /// </summary>
        public Dictionary<string, string> ValueLetters { get; } =
            element.TryGetProperty("valueLetters", out var letters)
                ? letters
                    .EnumerateObject()
                    .ToDictionary(property => property.Name, property => property.Value.GetString()!, StringComparer.Ordinal)
                : [];

        private static FrozenSet<string> Strings(JsonElement element, string name) =>
            element.TryGetProperty(name, out var array) ? Texts(array) : FrozenSet<string>.Empty;

        private static FrozenSet<string> Texts(JsonElement array) =>
            array.EnumerateArray().Select(item => item.GetString()!).ToFrozenSet(StringComparer.Ordinal);
    }
}
