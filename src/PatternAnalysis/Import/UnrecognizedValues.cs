using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>
/// The values of a file that stand before the first that tells its format. They are kept, up to a bound, because they may be parts of that
/// format too; of those beyond the bound only the places.
/// </summary>
internal sealed class UnrecognizedValues
{
    private const int MostBytes = 4 << 20;
    private const int MostPlaces = 100_000;
    private const int MostFields = 8;

    private readonly List<(long Line, string? Problem, ReadOnlyMemory<byte> Value)> _values = [];
    private int _bytes;

    /// <summary>Keeps a value.</summary>
    public void Add(long line, string? problem, ReadOnlyMemory<byte> value)
    {
        if (_values.Count == MostPlaces)
            return;

        var isKept = problem is null && _bytes + value.Length <= MostBytes;
        _bytes += isKept ? value.Length : 0;
        _values.Add((line, problem ?? (isKept ? null : SkipReason.NotAnEvent), isKept ? value.ToArray() : default));
    }

    /// <summary>All values with what is wrong with them, if something is; they are forgotten.</summary>
    public IReadOnlyList<(long Line, string? Problem, ReadOnlyMemory<byte> Value)> Take()
    {
        var values = _values.ToArray();
        _values.Clear();
        return values;
    }

    /// <summary>What the first value looks like, by the names of its fields.</summary>
    public string Describe()
    {
        var first = _values.FirstOrDefault(value => value.Problem is null).Value;
        if (first.IsEmpty)
            return "no JSON object";

        var index = new JsonIndex();
        if (index.Read(first) is not null)
            return "broken JSON";

        try
        {
            if (KnownNotImported.NameOf(index.Root) is { } name)
                return name;

            var fields = index.Root.Fields().Select(field => field.Name).Take(MostFields + 1).ToArray();
            return $"JSON objects with the fields "
                + $"{string.Join(", ", fields.Take(MostFields))}{(fields.Length > MostFields ? ", ..." : "")}";
        }
        catch (InvalidOperationException)
        {
            return "broken JSON"; // a string with half of a surrogate pair
        }
    }
}
