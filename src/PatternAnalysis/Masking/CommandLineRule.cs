using System.Text;

namespace PatternAnalysis.Masking;

/// <summary>Secrets that stand where a known program takes one, as <see cref="ClientForms"/> lists it.</summary>
internal sealed class CommandLineRule : IMaskingRule
{
    private const int LongestProgram = 16;
    private const int MostPrograms = 8;
    private const int MostNesting = 3;

    public IReadOnlyCollection<string> Signs { get; } = [.. ClientForms.ByProgram.Keys.Union(ClientForms.ReaderByProgram.Keys)];

    public bool SignsAreWords => true;

    public string Apply(string text)
    {
        List<ValueSpan>? found = null;
        Search(text, 0, text.Length, 0, ref found);
        if (found is not { Count: > 0 })
            return text;

        found.Sort((one, other) => (one.Start, one.End).CompareTo((other.Start, other.End)));
        var masked = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var span in found)
        {
            if (span.Start < copied)
                continue;
            masked.Append(text, copied, span.Start - copied).Append(SecretValue.Hide(text.AsSpan(span.Start, span.End - span.Start)));
            copied = span.End;
        }

        return masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static void Search(string text, int start, int end, int depth, ref List<ValueSpan>? found)
    {
        var words = new List<CommandWord>();
        var piped = new List<CommandWord>();
        var isPiped = false;
        for (var position = start; position < end; )
        {
            var joint = CommandWordReader.ReadCommand(text, ref position, end, words);
            SearchCommand(text, words, isPiped ? piped : null, ref found);
            foreach (var word in words)
            {
                // A command inside of quotes: bash -c "...", ssh host '...'.
                if (depth < MostNesting && text[word.Start] is '"' or '\'' && text.AsSpan(word.Start, word.End - word.Start).Contains(' '))
                    Search(text, word.Start + 1, word.End - 1, depth + 1, ref found);
            }

            isPiped = joint == CommandWordReader.Joint.Pipe;
            (words, piped) = (piped, words);
        }
    }

    private static void SearchCommand(string text, List<CommandWord> words, List<CommandWord>? piped, ref List<ValueSpan>? found)
    {
        var programs = 0;
        for (var i = 0; i < words.Count && programs < MostPrograms; i++)
        {
            var program = ProgramOf(text, words[i]);
            if (program.IsEmpty || program.Length > LongestProgram)
                continue;

            var name = program.ToString();
            if (ClientForms.ByProgram.TryGetValue(name, out var forms))
            {
                programs++;
                found ??= [];
                foreach (var form in forms)
                    form.Match(text, words, i + 1, found);
            }

            if (ClientForms.ReaderByProgram.TryGetValue(name, out var readers))
            {
                programs++;
                found ??= [];
                var ignored = new List<ValueSpan>();
                foreach (var form in readers)
                {
                    if (form.Match(text, words, i + 1, ignored))
                        AddInput(text, words, piped, found);
                }
            }
        }
    }

    // What echo says into the pipe, or what stands behind "<<<".
    private static void AddInput(string text, List<CommandWord> words, List<CommandWord>? piped, List<ValueSpan> found)
    {
        if (piped is [var first, ..] && ProgramOf(text, first) is "echo" or "printf" or "Write-Output")
        {
            foreach (var word in piped.Skip(1))
                Add(text, word, found);
        }

        for (var i = 1; i < words.Count; i++)
        {
            if (text.AsSpan(words[i - 1].Start, words[i - 1].End - words[i - 1].Start) is "<<<")
                Add(text, words[i], found);
        }
    }

    private static void Add(string text, CommandWord word, List<ValueSpan> found)
    {
        var isQuoted = word.End - word.Start >= 2 && text[word.Start] is '"' or '\'' && text[word.End - 1] == text[word.Start];
        var span = isQuoted ? new ValueSpan(word.Start + 1, word.End - 1, true) : new ValueSpan(word.Start, word.End, false);
        var value = text.AsSpan(span.Start, span.End - span.Start);
        if (!span.IsEmpty && value[0] is not ('-' or '<' or '>') && !SecretValue.IsReference(value))
            found.Add(span);
    }

    // Without its folder and ".exe".
    private static ReadOnlySpan<char> ProgramOf(string text, CommandWord word)
    {
        var program = text.AsSpan(word.Start, word.End - word.Start).Trim("\"'");
        program = program[(program.LastIndexOfAny('/', '\\') + 1)..];
        return program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? program[..^4] : program;
    }
}
