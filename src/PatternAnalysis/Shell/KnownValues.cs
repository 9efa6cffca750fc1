using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>
/// What variables may stand for: the words of loops and plain assignments (<c>for f in .env*; do cat "$f"; done</c>), wherever they stand:
/// a loop comes round, and a function is called later than it is read. It only adds to what a command may touch; nothing becomes known by
/// it.
/// </summary>
internal sealed class KnownValues(int textLength, ReadingWork work)
{
    // No system opens a file of a longer name.
    private const int LongestValue = 4096;

    // One value for each variable on the way: F=$D/credentials.
    private const int MostVariables = 16;

    // Where it is not followed which variable has which value, as in PowerShell, each may be what any command has listed:
    // foreach ($f in gci .env*) { gc $f }, gci .env* | % { gc $_ }.
    private const string Listed = "";

    private static readonly FrozenSet<string> s_listing = "Get-ChildItem gci dir ls Get-Item gi Resolve-Path rvpa Join-Path"
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, List<string>> _valuesByName = new(StringComparer.Ordinal);

    // Many commands, each with many values of its variables, are quadratic in the text. This bounds how much.
    private long _remainingCharacters = (8L * textLength) + 131_072;

    /// <summary>Remembers that a variable may have a value.</summary>
    public void Add(string name, string value)
    {
        if (value.Length > LongestValue)
            return;
        if (!_valuesByName.TryGetValue(name, out var values))
            _valuesByName[name] = values = [];
        values.Add(value);
    }

    /// <summary>Remembers what a command gives to variables.</summary>
    public void AddAssignments(ShellSegment segment)
    {
        if (segment.Dialect == ShellDialect.PowerShell)
        {
            if (segment.Program is { } program && s_listing.Contains(program))
            {
                foreach (var word in segment.Arguments)
                    Add(Listed, word.Value);
            }
        }
        else
        {
            foreach (var word in segment.Assignments)
                AddAssignment(word);
            if (segment.Program is not ("export" or "declare" or "typeset" or "local" or "readonly"))
                return;
            foreach (var word in segment.Arguments)
                AddAssignment(word);
        }
    }

    /// <summary>
    /// Says of every segment what its words may be, once all values are known. Where there are too many, that is a reason to doubt it.
    /// </summary>
    public void Apply(List<ShellSegment> segments)
    {
        if (_valuesByName.Count == 0)
            return;
        foreach (var segment in segments)
        {
            var found = new List<string>();
            if (!TryFind(segment, found))
                segment.UnknownReason ??= "its variables may have more values than are looked at";
            segment.Alternatives = found;
        }
    }

    private void AddAssignment(ShellWord word)
    {
        var end = word.Value.IndexOf('=', StringComparison.Ordinal);
        if (end > 0)
            Add(word.Value[..end].TrimEnd('+'), word.Value[(end + 1)..]);
    }

    private bool TryFind(ShellSegment segment, List<string> found)
    {
        var words = segment
            .Arguments.Concat(segment.Redirections.Select(redirection => redirection.Target))
            .Where(word => word.HasExpansion);
        if (segment.Dialect != ShellDialect.PowerShell)
            return words.All(word => TryExpand(word.Value, 0, [], found));
        return !words.Any() || _valuesByName.GetValueOrDefault(Listed, []).TrueForAll(value => TryAdd(value, found));
    }

    // Replaces the first known variable by each of its values, and then the next one in each result.
    private bool TryExpand(string word, int from, List<string> names, List<string> found)
    {
        for (var start = word.IndexOf('$', from); start >= 0; start = word.IndexOf('$', start + 1))
        {
            var isBraced = start + 1 < word.Length && word[start + 1] == '{';
            var nameStart = start + (isBraced ? 2 : 1);
            var end = nameStart;
            while (end < word.Length && PosixSyntax.IsNamePart(word[end]))
                end++;
            var name = word[nameStart..end];
            // x=$x:more: what it was before is among its values.
            if (names.Contains(name) || !_valuesByName.TryGetValue(name, out var values))
                continue;
            if (names.Count == MostVariables)
                return false;
            var rest = word[(isBraced && end < word.Length ? end + 1 : end)..];
            names.Add(name);
            foreach (var value in values)
            {
                var expanded = word[..start] + value + rest;
                if (!TryAdd(expanded, found) || (expanded.Length <= LongestValue && !TryExpand(expanded, start, names, found)))
                    return false;
            }

            names.RemoveAt(names.Count - 1);
            return true;
        }

        return true;
    }

    private bool TryAdd(string word, List<string> found)
    {
        work.Add(word.Length + 1);
        _remainingCharacters -= word.Length + 1;
        if (_remainingCharacters < 0)
            return false;
        found.Add(word);
        return true;
    }
}
