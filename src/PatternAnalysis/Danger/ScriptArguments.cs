using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>A language whose programs stand in arguments, and can be read here.</summary>
internal enum ScriptLanguage
{
    /// <summary>sed.</summary>
    Sed,

    /// <summary>awk.</summary>
    Awk,
}

/// <summary>Finds the programs in the arguments of sed and awk.</summary>
internal static class ScriptArguments
{
    private static readonly string[] s_scriptOptions = ["-e", "--expression", "--source"];

    private static readonly OptionSet s_optionsOfSed = new(
        "nEersuzl:",
        [
            "--quiet",
            "--silent",
            "--expression",
            "--regexp-extended",
            "--separate",
            "--unbuffered",
            "--null-data",
            "--posix",
            "--debug",
            "--sandbox",
            "--line-length",
            "--zero-terminated",
        ]
    );

    private static readonly OptionSet s_optionsOfAwk = new(
        "F:v:bcCPrstS",
        ["--field-separator", "--assign", "--posix", "--traditional", "--re-interval", "--sandbox", "--csv", "--characters-as-bytes"]
    );

    /// <summary>Whether all that the program is told to do only edits or prints text.</summary>
    public static bool ArePlain(SegmentFacts facts, ScriptLanguage language)
    {
        var isSed = language == ScriptLanguage.Sed;
        var options = isSed ? s_optionsOfSed : s_optionsOfAwk;
        var scripts = new List<ShellWord>();
        var arguments = facts.Segment.Arguments;
        ShellWord? first = null;
        for (var index = 0; index < arguments.Count; index++)
        {
            var word = arguments[index];
            if (word.Value is not ['-', _, ..])
            {
                first ??= word;
            }
            else if (!options.Contains(word.Value))
            {
                if (word.Value != "--")
                    return false;
            }
            else if (isSed && (s_scriptOptions.Contains(word.Value) || (word.Value[1] != '-' && word.Value.EndsWith('e'))))
            {
                if (++index < arguments.Count)
                    scripts.Add(arguments[index]);
            }
            else if (
                isSed && s_scriptOptions.FirstOrDefault(option => word.Value.StartsWith(option, StringComparison.Ordinal)) is { } option
            )
            {
                scripts.Add(word with { Value = word.Value[option.Length..].TrimStart('=') });
            }
            else if (word.Value is "-F" or "-v" or "-l" or "--assign" or "--field-separator")
            {
                index++;
            }
        }

        if (scripts.Count == 0 && first is { } script)
            scripts.Add(script);

        // Several scripts are the lines of one.
        var text = string.Join('\n', scripts.Select(word => word.Value));
        return isSed
            ? SedScript.IsPlain(text, scripts.Exists(word => word.HasExpansion))
            : scripts.Count == 1 && IsReadable(scripts[0]) && AwkProgram.IsPlain(text);
    }

    // A program that is nothing but a variable is not there to be read.
    private static bool IsReadable(ShellWord word) => !word.HasExpansion || word.Value is not ['$', ..];
}
