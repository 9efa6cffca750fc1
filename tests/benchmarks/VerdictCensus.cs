using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// How the danger rules judge: the distinct commands of real events, a file of commands, or a great many that are put together by chance.
/// </summary>
internal sealed class VerdictCensus(TextWriter output)
{
    private readonly DangerAssessor _assessor = new(DangerRuleSet.BuiltIn);

    /// <summary>
    /// Prints the verdict on each line of a file: the first column is a command (<c>\n</c> for a new line), the second its language. Of a
    /// line whose language is <c>mask</c> it prints what is masked.
    /// </summary>
    public void Judge(string file)
    {
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var columns = line.Split('\t');
            var command = columns[0].Replace(@"\n", "\n", StringComparison.Ordinal).Replace(@"\t", "\t", StringComparison.Ordinal);
            if (columns is [_, "mask", ..])
            {
                output.WriteLine($"{SecretMasker.Mask(command)}\tmask\t{line}");
                continue;
            }

            var verdict = (columns.Length > 1 ? columns[1] : "posix") switch
            {
                "tool" => _assessor.AssessToolUse(command, "{\"tool_input\":{\"x\":1}}"u8),
                "powershell" => _assessor.AssessCommand(command, ShellDialect.PowerShell),
                _ => _assessor.AssessCommand(command, ShellDialect.Posix),
            };
            output.WriteLine($"{verdict.Level}\t{verdict.RuleId}\t{line}");
        }
    }

    /// <summary>Prints how the distinct commands of files of events or transcripts (JSON lines) are judged, and writes each one's verdict.</summary>
    /// <param name="folder">Where the files are, at any depth.</param>
    /// <param name="listing">A file to write the verdicts to, or null; two of them tell what a change of the rules did.</param>
    public void Distribution(string folder, string? listing)
    {
        var commands = Directory
            .EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .SelectMany(CommandsOf)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        var verdicts = Array.ConvertAll(commands, command => _assessor.AssessCommand(command, ShellDialect.Posix));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{commands.Length} distinct commands"));
        foreach (var level in verdicts.GroupBy(verdict => verdict.Level).OrderBy(group => group.Key))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level.Key, -12} {level.Count(), 6}"));
        foreach (var rule in verdicts.GroupBy(verdict => verdict.RuleId ?? "-").OrderByDescending(group => group.Count()))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {rule.Count(), 6} {rule.Key}"));
        if (listing is not null)
            File.WriteAllLines(
                listing,
                commands.Zip(verdicts, (command, verdict) => $"{verdict.Level}\t{verdict.RuleId}\t{JsonSerializer.Serialize(command)}")
            );
    }

    /// <summary>Judges commands that are put together of pieces by chance, and prints what it cost; a failure ends it with the command.</summary>
    public void Fuzz(int count, int seed)
    {
        var random = new Random(seed);
        var counts = new long[3];
        var (slowest, slowestText) = (TimeSpan.Zero, "");
        var watch = Stopwatch.StartNew();
        for (var number = 0; number < count; number++)
        {
            var text = CommandFuzz.Next(random);
            var started = watch.Elapsed;
            try
            {
                counts[(int)_assessor.AssessCommand(text, number % 3 == 0 ? ShellDialect.PowerShell : ShellDialect.Posix).Level]++;
            }
            catch (Exception error)
            {
                output.WriteLine($"{error.GetType().Name} at {JsonSerializer.Serialize(text)}");
                throw;
            }

            if (watch.Elapsed - started > slowest)
                (slowest, slowestText) = (watch.Elapsed - started, text);
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{count} commands in {watch.Elapsed.TotalSeconds:0.0} s: {counts[0]} safe, {counts[1]} unknown, {counts[2]} destructive; the slowest took {slowest.TotalMilliseconds:0.0} ms"
            )
        );
        output.WriteLine(JsonSerializer.Serialize(slowestText));
    }

    /// <summary>Judges 60 KB of each piece again and again, and prints those that take the longest.</summary>
    public void Repeat()
    {
        const int Length = 60_000;
        var took = new List<(double Milliseconds, string Piece, ShellDialect Dialect)>();
        foreach (var piece in CommandFuzz.Repeated())
        {
            foreach (var dialect in Enum.GetValues<ShellDialect>())
            {
                var text = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
                _assessor.AssessCommand(text, dialect);
                var watch = Stopwatch.StartNew();
                _assessor.AssessCommand(text, dialect);
                took.Add((watch.Elapsed.TotalMilliseconds, piece, dialect));
            }
        }

        foreach (var (milliseconds, piece, dialect) in took.OrderByDescending(entry => entry.Milliseconds).Take(20))
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{milliseconds, 8:0.0} ms {dialect, -10} {JsonSerializer.Serialize(piece)}")
            );
    }

    private static IEnumerable<string> CommandsOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return [.. CommandsOf(json.RootElement)];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    // Wherever an event or a transcript keeps it: {"command": "..."}.
    private static IEnumerable<string> CommandsOf(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(field =>
                    field is { Name: "command", Value.ValueKind: JsonValueKind.String }
                        ? [field.Value.GetString()!]
                        : CommandsOf(field.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(CommandsOf),
            _ => [],
        };
}
