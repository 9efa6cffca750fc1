using System.Buffers;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Workflows;

/// <summary>A value that is the file that was edited just before, or is made of it: a hook after edits is told which it is.</summary>
/// <param name="Part">What of the file's path it is.</param>
/// <param name="Suffix">What stands behind that: <c>/...</c> for a Go package and those below it, or nothing.</param>
/// <param name="Extension">The file's extension with its dot; null where it has none, or several are edited.</param>
public sealed record EditedValue(EditedPart Part, string Suffix, string? Extension)
{
    private const string Below = "/...";

    private static readonly SearchValues<char> s_signs = SearchValues.Create("\"'\\$*?[");

    /// <summary>
    /// What a word is of the edited files; null when it is none of them, or when a shell would read it otherwise than it looks.
    /// </summary>
    internal static EditedValue? Of(string word, IReadOnlyList<string> edited)
    {
        if (word.AsSpan().ContainsAny(s_signs))
            return null;
        var value = ArgumentBinder.Plain(word);
        foreach (var file in value.IsEmpty ? [] : edited)
        {
            var path = ArgumentBinder.Plain(file);
            var name = path[(path.LastIndexOf('/') + 1)..];
            EditedPart? part =
                path.SequenceEqual(value) ? EditedPart.File
                : path[..Math.Max(0, path.Length - name.Length - 1)].SequenceEqual(value) ? EditedPart.Folder
                : name.SequenceEqual(value) ? EditedPart.Name
                : null;
            if (part is not { } found)
                continue;
            var extension = Path.GetExtension(file);
            return new EditedValue(
                found,
                word.EndsWith(Below, StringComparison.Ordinal) ? Below : "",
                extension is { Length: > 1 } && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension : null
            );
        }

        return null;
    }

    /// <summary>Whether two values are made in the same way.</summary>
    internal bool IsLike(EditedValue? other) => other is not null && Part == other.Part && Suffix == other.Suffix;
}

/// <summary>A part of the path of an edited file.</summary>
public enum EditedPart
{
    /// <summary>The whole of it.</summary>
    File,

    /// <summary>The folder that it lies in.</summary>
    Folder,

    /// <summary>The last word.</summary>
    Name,
}

/// <summary>A command as it was given.</summary>
/// <param name="Text">Its text, masked.</param>
/// <param name="Edited">The files that were edited just before.</param>
internal readonly record struct GivenCommand(string Text, IReadOnlyList<string> Edited);
