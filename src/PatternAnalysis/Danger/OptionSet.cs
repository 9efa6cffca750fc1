using System.Collections.Frozen;

namespace PatternAnalysis.Danger;

/// <summary>Options that are known: short letters, which may be joined, and whole ones.</summary>
/// <param name="letters">As for getopt: a letter, with a colon after it when it takes a value.</param>
/// <param name="names">Whole options, <c>--reverse</c>, <c>-maxdepth</c>; any may be followed by <c>=value</c>.</param>
internal sealed class OptionSet(string letters, IEnumerable<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether all of an option word is known.</summary>
    public bool Contains(string option)
    {
        var equals = option.IndexOf('=', StringComparison.Ordinal);
        if (IsName(equals < 0 ? option : option[..equals]))
            return true;
        if (option.StartsWith("--", StringComparison.Ordinal))
            return false;
        for (var index = 1; index < option.Length; index++)
        {
            var letter = option[index] == ':' ? -1 : letters.IndexOf(option[index], StringComparison.Ordinal);
            if (letter < 0)
                return index > 1 && char.IsAsciiDigit(option[index]) && letters.Contains(option[index - 1], StringComparison.Ordinal);
            if (letter + 1 < letters.Length && letters[letter + 1] == ':')
                return true;
        }

        return true;
    }

    // PowerShell's are compared in any case, and "-Name:value" is one of them; the others as they are written.
    private bool IsName(string option) =>
        _names.TryGetValue(option, out var name) && (name == option || !option.StartsWith("--", StringComparison.Ordinal));
}
