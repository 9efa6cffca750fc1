using System.Collections.Frozen;

namespace PatternAnalysis.Shell;

/// <summary>
/// What variables may stand for: the words of loops and plain assignments (<c>for f in .env*; do cat "$f"; done</c>). It only adds to what
/// a command may touch; nothing becomes known by it.
/// </summary>
internal sealed class KnownValues
{
    private const int MostValues = 16;
    private const int LongestValue = 256;

    // In PowerShell whatever a variable is, it may be what was listed: foreach ($f in gci .env*) { gc $f }, gci .env* | % { gc $_ }.
    private const string Listed = "";

    private static readonly FrozenSet<string> s_listing = "Get-ChildItem gci dir ls Get-Item gi Resolve-Path rvpa Join-Path"
        .Split(' ')
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, List<string>> _valuesByName = new(StringComparer.Ordinal);

    /// <summary>Remembers that a variable may have a value.</summary>
    public void Add(string name, string value)
    {
        if (value.Length > LongestValue)
            return;
        if (!_valuesByName.TryGetValue(name, out var values))
            _valuesByName[name] = values = [];
        if (values.Count < MostValues)
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
        else if (segment.Program is null)
        {
            foreach (var word in segment.Assignments)
                AddAssignment(word);
        }
        else if (segment.Program is "export" or "declare" or "typeset" or "local" or "readonly")
        {
            foreach (var word in segment.Arguments)
                AddAssignment(word);
        }
    }

    private void AddAssignment(ShellWord word)
    {
        var end = word.Value.IndexOf('=', StringComparison.Ordinal);
        if (end > 0)
            Add(word.Value[..end].TrimEnd('+'), word.Value[(end + 1)..]);
    }

    /// <summary>What the words may be when the first known variable in each has one of its values.</summary>
    public IReadOnlyList<string> Alternatives(IEnumerable<ShellWord> words, ShellDialect dialect)
    {
        if (_valuesByName.Count == 0)
            return [];
        if (dialect == ShellDialect.PowerShell)
            return words.Any(word => word.HasExpansion) ? _valuesByName.GetValueOrDefault(Listed, []) : [];
        var found = new List<string>();
        foreach (var word in words)
        {
            if (word.HasExpansion)
                AddAlternatives(word.Value, found);
        }

        return found;
    }

    private void AddAlternatives(string word, List<string> found)
    {
        for (var start = word.IndexOf('$', StringComparison.Ordinal); start >= 0; start = word.IndexOf('$', start + 1))
        {
            var isBraced = start + 1 < word.Length && word[start + 1] == '{';
            var nameStart = start + (isBraced ? 2 : 1);
            var end = nameStart;
            while (end < word.Length && PosixSyntax.IsNamePart(word[end]))
                end++;
            if (!_valuesByName.TryGetValue(word[nameStart..end], out var values))
                continue;
            var rest = word[(isBraced && end < word.Length ? end + 1 : end)..];
            foreach (var value in values)
                found.Add(word[..start] + value + rest);
            return;
        }
    }
}
