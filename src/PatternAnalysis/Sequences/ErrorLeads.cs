using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatternAnalysis.Activities;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Sequences;

/// <summary>
/// What the errors of calls begin with, each once: the first words of the first line that says something, masked, with a mark for what
/// differs from call to call (paths, numbers, quoted names). Numbered from 1; safe for any number of threads; bounded.
/// </summary>
internal sealed partial class ErrorLeads
{
    private const int MaximumCount = 10_000;
    private const int LongestText = 2000;
    private const int LongestLine = 300;
    private const int LongestLead = 80;
    private const int WordCount = 8;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _leads = [];

    /// <summary>The words of a number; null for 0.</summary>
    public string? this[int number] => number == 0 ? null : _leads[number - 1];

    /// <summary>The number of an error.</summary>
    /// <param name="escaped">Its text as JSON's bytes, without the quotes; empty for none.</param>
    public int Add(ReadOnlySpan<byte> escaped) => Add(Read(escaped));

    /// <summary>The number of the first words of an error; 0 for none.</summary>
    public int Add(string? lead)
    {
        if (lead is null)
            return 0;
        if (_numbers.TryGetValue(lead, out var known))
            return known;
        lock (_leads)
        {
            if (_numbers.TryGetValue(lead, out known) || _leads.Count >= MaximumCount)
                return known;
            _leads.Add(lead);
            return _numbers[lead] = _leads.Count;
        }
    }

    /// <summary>The first words of an error, as <see cref="Add(ReadOnlySpan{byte})"/> numbers them; null for none.</summary>
    /// <param name="escaped">Its text as JSON's bytes, without the quotes; empty for none.</param>
    public static string? Read(ReadOnlySpan<byte> escaped) => escaped.IsEmpty ? null : Of(Unescape(escaped));

    /// <summary>The first words of an error; null when it says nothing.</summary>
    public static string? Of(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var text = error.Length > LongestText ? error[..LongestText] : error;
        string? status = null;
        foreach (var line in Markup().Replace(text, "").Split(['\n', '\r'], StringSplitOptions.TrimEntries))
        {
            // A line that only gives the exit code is taken when there is no other.
            if (ExitCode().IsMatch(line))
                status ??= line;
            else if (line.AsSpan().ContainsAnyInRange('A', 'z'))
                return Shorten(line);
        }

        return status;
    }

    private static string Shorten(string line)
    {
        var words = SecretMasker
            .Mask(line, LongestLine)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Take(WordCount)
            .Select(Plain);
        var lead = InvisibleText.Replace(string.Join(' ', words));
        return FactsMasker.Storable(lead.Length <= LongestLead ? lead : lead[..CutOf(lead)]);

        // Half of a surrogate pair is no character.
        static int CutOf(string lead) => char.IsHighSurrogate(lead[LongestLead - 1]) ? LongestLead - 1 : LongestLead;
    }

    private static string Plain(string word) =>
        word == SecretMasker.Mark ? word
        : word.AsSpan().ContainsAny('/', '\\') ? "<path>"
        : Number().Replace(word, "<number>");

    private static string Unescape(ReadOnlySpan<byte> escaped)
    {
        if (!escaped.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(escaped);
        var reader = new Utf8JsonReader([(byte)'"', .. escaped, (byte)'"']);
        try
        {
            reader.Read();
            return reader.GetString() ?? "";
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ""; // half a pair of characters
        }
    }

    // Tags that agents put around errors, and the terminal's colours.
    [GeneratedRegex(@"</?[a-z_]+>|\x1B\[[0-9;]*[A-Za-z]")]
    private static partial Regex Markup();

    [GeneratedRegex("^(Error: )?[Ee]xit code:? -?[0-9]+$")]
    private static partial Regex ExitCode();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
