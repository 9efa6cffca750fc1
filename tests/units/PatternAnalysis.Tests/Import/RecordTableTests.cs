using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>
/// Records of every format, written after its description, and all that is read of them: a file of <c>Records</c> for each format, in it a
/// sentence for each case, its file's name where that matters, its records and what is told.
/// </summary>
/// <remarks>With <c>PATTERN_ANALYSIS_UPDATE=1</c> what is told is written anew; what changed has to be looked at.</remarks>
public class RecordTableTests
{
    private const string Sentence = "## ";
    private const string File = "@ ";
    private const string Expected = "-> ";

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var table in Tables())
            {
                foreach (var line in System.IO.File.ReadLines(table).Where(line => line.StartsWith(Sentence, StringComparison.Ordinal)))
                    cases.Add(Path.GetFileNameWithoutExtension(table), line[Sentence.Length..]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_record_is_read_as_it_was_meant(string format, string sentence)
    {
        var lines = LinesOf(format, sentence);
        var expected = lines.Where(line => line.StartsWith(Expected, StringComparison.Ordinal)).Select(line => line[Expected.Length..]);
        var told = Told(format, lines);

        Assert.True(expected.SequenceEqual(told), $"Expected\n{string.Join('\n', expected)}\n\nTold\n{string.Join('\n', told)}");
    }

    [Fact]
    public void Every_format_has_a_table() =>
        Assert.Equal(
            EventFormats.All.Select(format => format.Name).Order(StringComparer.Ordinal),
            Tables().Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_field_that_is_null_is_as_one_that_is_not_there(string format, string sentence)
    {
        // The first rollouts of Codex are known by instructions that may be null.
        var lines = LinesOf(format, sentence).Where(line => line.StartsWith('{')).ToArray();
        foreach (var (number, line) in lines.Index())
        {
            using var document = JsonDocument.Parse(line);
            foreach (var field in document.RootElement.EnumerateObject().Select(field => field.Name).Except(["instructions"]).ToArray())
            {
                string With(string? json) =>
                    JsonSerializer.Serialize(
                        document
                            .RootElement.EnumerateObject()
                            .Where(one => one.Name != field || json is not null)
                            .GroupBy(one => one.Name)
                            .ToDictionary(
                                one => one.Key,
                                one => one.Key == field ? JsonDocument.Parse(json!).RootElement : one.Last().Value
                            )
                    );
                string[] Replaced(string? json) => [.. lines[..number], With(json), .. lines[(number + 1)..]];
                string[] TellEvents(string? json) =>
                    [
                        .. Told(format, Replaced(json))
                            .Where(row => !row.StartsWith("skip", StringComparison.Ordinal) && row != "recognized"),
                    ];

                Assert.Equal(TellEvents(null), TellEvents("null"));
                _ = TellEvents("""[{"x":1},2,null]""");
                _ = TellEvents("17");
            }
        }
    }

    private static string[] Tables([CallerFilePath] string here = "") =>
        Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Records"), "*.txt");

    private static string[] LinesOf(string format, string sentence)
    {
        var table = Tables().Single(table => Path.GetFileNameWithoutExtension(table) == format);
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_UPDATE") == "1")
            Update(format, table);
        return
        [
            .. System
                .IO.File.ReadLines(table)
                .SkipWhile(line => line != Sentence + sentence)
                .Skip(1)
                .TakeWhile(line => !line.StartsWith(Sentence, StringComparison.Ordinal)),
        ];
    }

    private static void Update(string format, string table)
    {
        var text = new StringBuilder();
        foreach (var part in System.IO.File.ReadAllText(table).Split(Sentence)[1..])
        {
            string[] lines = [.. part.Split('\n').Where(line => line.Length > 0 && !line.StartsWith(Expected, StringComparison.Ordinal))];
            text.Append(Sentence).AppendJoin('\n', [.. lines, .. Told(format, lines[1..]).Select(line => Expected + line)]).Append("\n\n");
        }

        System.IO.File.WriteAllText(table, text.ToString().TrimEnd('\n') + "\n");
    }

    private static List<string> Told(string format, string[] lines)
    {
        var path = lines.FirstOrDefault(line => line.StartsWith(File, StringComparison.Ordinal))?[File.Length..] ?? "/logs/session.jsonl";
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(line => line.StartsWith('{'))));
        var (known, guessed) = (new Rows(), new Rows());
        Read(EventFormats.Named(format), known);
        if (Read(null, guessed) == format && guessed.Told.SequenceEqual(known.Told))
            known.Told.Add("recognized");
        return known.Told;

        string? Read(IEventFormat? named, Rows rows) =>
            new JsonEventSource(path, bytes.Length, TextFile.Written, () => new MemoryStream(bytes), named)
                .Read(rows, null, _ => { }, CancellationToken.None)
                .Format;
    }

    /// <summary>Puts into words all that is handed over.</summary>
    private sealed class Rows : IEventReceiver
    {
        public List<string> Told { get; } = [];

        public void Add(ImportedEvent row, long place = 0) =>
            Tell(
                $"{row.EventType} {row.ToolName ?? "-"} of {row.SessionId}",
                ("agent", row.AgentId),
                ("call", row.ToolUseId),
                ("message", row.MessageId),
                ("prompt", row.PromptId),
                ("event", row.EventId),
                ("from", row.SourceApp),
                ("in", row.WorkingDirectory),
                ("at", row.UtcTicks is { } ticks ? Time(new DateTime(ticks)) : null),
                ("given", row.ToolInput.Kind == JsonValueKind.Object ? row.ToolInput.Json() : null),
                ("saying", row.Text),
                ("taking", row.DurationMs?.ToString(CultureInfo.InvariantCulture)),
                ("invented", row.HasInventedId ? "id" : null)
            );

        public void Add(MessageUsage usage) =>
            Tell(
                $"usage of {usage.SessionId}",
                ("agent", usage.AgentId),
                ("message", usage.MessageId),
                ("prompt", usage.PromptId),
                ("from", usage.SourceApp),
                ("by", usage.Model),
                ("at", Time(usage.Timestamp)),
                ("read", $"{usage.InputTokens}"),
                ("written", $"{usage.OutputTokens}"),
                ("cached", $"{usage.CacheWriteTokens}+{usage.CacheReadTokens}"),
                ("calls", $"{usage.CallCount}")
            );

        public void Add(CallResult result)
        {
            if (result.Tokens.Count > 0)
                Tell(
                    $"answer to {result.SessionId}",
                    ("call", result.ToolUseId),
                    ("at", Time(result.Timestamp)),
                    ("naming", string.Join(' ', result.Tokens))
                );
        }

        public void Skip(string reason, long place = 0, string? detail = null) =>
            Tell($"skip {reason}", ("line", $"{place}"), ("as", detail));

        private static string Time(DateTime time) =>
            time == default ? "no time" : time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);

        private void Tell(string what, params (string Name, string? Value)[] fields) =>
            Told.Add(
                string.Join(' ', [what, .. fields.Where(field => field.Value is not null).Select(field => $"{field.Name} {field.Value}")])
                    .ReplaceLineEndings("\\n")
            );
    }
}
