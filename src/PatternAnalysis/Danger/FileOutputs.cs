using System.Collections.Frozen;
using System.Text.Json;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>The files that programs write because an option or an operand names them: the data of <c>outputs.json</c>.</summary>
internal static class FileOutputs
{
    private static readonly Lazy<FrozenDictionary<string, Entry>> s_entries = new(Load);

    /// <summary>Whether an option or an operand that is known of the program itself names a file to write.</summary>
    public static bool IsOfProgram(ShellSegment segment) =>
        EntryOf(segment) is { } entry
        && entry.Operands is not ["none"]
        && (entry.Operands.Length > 0 || segment.Arguments.Any(word => Value(word.Value, entry.Options) is not null));

    /// <summary>The options that make a segment's program write the file that they name.</summary>
    public static IEnumerable<string> OptionsOf(ShellSegment segment) =>
        EntryOf(segment) is not { } entry ? s_entries.Value["*"].Options
        : entry.Operands is ["none"] ? []
        : entry.Options.Concat(s_entries.Value["*"].Options);

    /// <summary>What a command writes beside its redirections, as it is spelled.</summary>
    public static IEnumerable<ShellWord> Of(ShellSegment segment, IReadOnlyList<ShellWord> operands)
    {
        var entry = EntryOf(segment);
        if (entry?.Operands is ["none"])
            yield break;
        var options = entry?.Options ?? [];
        var hasOption = false;
        for (var index = 0; index < segment.Arguments.Count; index++)
        {
            var word = segment.Arguments[index];
            var own = Value(word.Value, options);
            hasOption |= own is not null;
            if ((own ?? Value(word.Value, s_entries.Value["*"].Options)) is not { } value)
                continue;
            if (value.Length > 0)
                yield return word with
                {
                    Value = value,
                };
            else if (index + 1 < segment.Arguments.Count)
                yield return segment.Arguments[index + 1];
        }

        // cp -t folder a b: the last operand is read like the others.
        if (entry is null || (hasOption && entry.Operands is ["last"]))
            yield break;
        foreach (var operand in entry.Pick(operands))
            yield return operand;
    }

    // A sub-command of its own before the program: "git archive" writes what "-o" names, "git status" nothing.
    private static Entry? EntryOf(ShellSegment segment) =>
        segment.Program is { } program
            ? s_entries.Value.GetValueOrDefault($"{program} {ProgramCatalog.SubCommand(segment)}")
                ?? s_entries.Value.GetValueOrDefault(program)
            : null;

    // The value that an output option has in its own word, "" when it is the next one, null when it is no such option.
    private static string? Value(string word, IReadOnlyList<string> options)
    {
        foreach (var option in options)
        {
            if (option.EndsWith('=') ? word.StartsWith(option, StringComparison.Ordinal) && word.Length > option.Length : word == option)
                return option.EndsWith('=') ? word[option.Length..] : "";
            if (option.Length == 2 && word.Length > 2 && word[0] == '-' && word[1] != '-')
            {
                if (word[1] == option[1])
                    return word[2] == '=' ? word[3..] : word[2..];
                if (word[^1] == option[1])
                    return "";
            }
            else if (
                word.StartsWith(option + "=", StringComparison.OrdinalIgnoreCase)
                || word.StartsWith(option + ":", StringComparison.OrdinalIgnoreCase)
            )
            {
                return word[(option.Length + 1)..];
            }
        }

        return null;
    }

    private static FrozenDictionary<string, Entry> Load()
    {
        using var stream = typeof(FileOutputs).Assembly.GetManifestResourceStream("PatternAnalysis.Danger.outputs.json")!;
        using var document = JsonDocument.Parse(stream);
        return document
            .RootElement.EnumerateArray()
            .SelectMany(
                element => Texts(element, "programs"),
                (element, program) => (program, Entry: new Entry(Texts(element, "options"), Texts(element, "operands")))
            )
            .GroupBy(pair => pair.program, pair => pair.Entry, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
    }

    private static string[] Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var array) ? [.. array.EnumerateArray().Select(item => item.GetString()!)] : [];

    private sealed record Entry(string[] Options, string[] Operands)
    {
        public IEnumerable<ShellWord> Pick(IReadOnlyList<ShellWord> operands) =>
            operands.Count == 0 ? []
            : Operands is ["all"] ? operands
            : Operands is ["last"] ? [operands[^1]]
            : Operands is ["first"] ? [operands[0]]
            : Operands is ["second"] && operands.Count > 1 ? [operands[1]]
            : [];
    }
}
