using System.Buffers;
using PatternAnalysis.Masking;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>What a command text is about in a few words: its main segment's program and sub-command.</summary>
internal static class SegmentLabel
{
    private const int MaximumLength = 60;

    private static readonly SearchValues<char> s_labelCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .-_+@:[]%?~#"
    );

    /// <summary>The label, or <see langword="null"/> when no program can be read from the text.</summary>
    public static string? Of(ShellScript script)
    {
        var main = FindMain(script.Segments, start: 0, depth: 0);
        if (main is null)
            return null;
        var label = Describe(main);

        // A word that is long, strange or a secret is no name of an operation.
        return label.Length > MaximumLength || label.AsSpan().IndexOfAnyExcept(s_labelCharacters) >= 0 || SecretMasker.Mask(label) != label
            ? null
            : label;
    }

    private static ShellSegment? FindMain(IReadOnlyList<ShellSegment> segments, int start, int depth)
    {
        ShellSegment? inside = null;
        ShellSegment? preparation = null;
        for (var index = start; index < segments.Count && segments[index].Depth >= depth; index++)
        {
            var segment = segments[index];
            if (segment.Program is null)
                continue;

            // bash -c "npm test" is about npm test.
            if (
                (segment.RunsFollowingSegments || segment.IsUnknownWrapper)
                && depth <= ShellReader.MaximumDepth
                && FindMain(segments, index + 1, segment.Depth + 1) is { } run
            )
            {
                return run;
            }

            if (CommandVocabulary.Preparations.Contains(segment.Program))
                preparation ??= segment;
            else if (segment.Origin != SegmentOrigin.Substitution)
                return segment;
            else
                inside ??= segment;
        }

        return inside ?? preparation;
    }

    private static string Describe(ShellSegment segment)
    {
        var program = ProgramName.WithoutVersion(segment.Program!);
        if (segment.Wrappers is [.., var wrapper] && wrapper.EndsWith(" -m", StringComparison.Ordinal))
            program = $"{wrapper} {program}";
        var detail = Interpreter.Find(segment.Program!) is { RunsVerbs: false } interpreter
            ? DescribeCode(interpreter, segment.Arguments)
            : ProgramCatalog.SubCommand(segment);
        return detail.Length == 0 ? program : $"{program} {detail}";
    }

    private static string DescribeCode(Interpreter interpreter, IReadOnlyList<ShellWord> arguments)
    {
        if (interpreter.FindCodeOption(arguments) is { } option)
            return option;
        var script = interpreter.FindScript(arguments);
        return script >= 0 && !arguments[script].HasExpansion ? ProgramName.FromPath(arguments[script].Value) : "";
    }
}
