using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// Makes a folder of transcripts as Claude Code keeps them: a few hundred files of very different sizes, in which nearly all bytes are what
/// tools answered, each answer twice, and what was shown while they ran. The same seed makes the same files on every machine.
/// </summary>
internal sealed class TranscriptGenerator(string folder, int seed)
{
    private const int Files = 500;
    private const int BytesForACall = 33_000;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTime s_start = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);

    private static readonly string[] s_lines =
    [
        "        var result = await client.SendAsync(request, cancellationToken);",
        "\tif err != nil { return fmt.Errorf(\"open %s: %w\", path, err) }",
        "    const label = t('settings.title', { count: items.length }) // → shown",
        "src/Storage/Import/EventFiles.cs:42: else if (entry is DirectoryInfo inner)",
        "",
        "Passed!  - Failed: 0, Passed: 431, Skipped: 2, Total: 433, Duration: 12 s",
        "def test_reads_what_it_wrote(tmp_path): assert read(tmp_path / \"a.json\") == {\"a\": [1, 2]}",
        "-rw-r--r-- 1 dev dev  18213 Jan  5 08:12 report-2026-01-05.html",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Makes the files, unless they are there.</summary>
    /// <returns>The folder that holds <c>projects</c>, as <c>CLAUDE_CONFIG_DIR</c> names it.</returns>
    public string Make(long bytes)
    {
        var target = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"transcripts-{bytes / 1_000_000}-{seed}"));
        if (Directory.Exists(target))
            return target;

        var draft = target + ".making";
        var shares = Enumerable.Range(0, Files).Select(_ => Math.Exp(1.6 * Normal())).ToArray();
        for (var file = 0; file < Files; file++)
            MakeFile(draft, file, (int)(bytes * shares[file] / shares.Sum() / BytesForACall) + 1);
        Directory.Move(draft, target);
        return target;
    }

    private void MakeFile(string root, int number, int calls)
    {
        var session = Id("ses");
        var project = Path.Combine(root, "projects", string.Create(CultureInfo.InvariantCulture, $"-repo-{number % 12}"));
        Directory.CreateDirectory(project);
        var start = s_start.AddMinutes(number * 37);
        var path = Path.Combine(project, session + ".jsonl");
        using (var file = new FileStream(path, FileMode.CreateNew))
        using (var buffer = new BufferedStream(file, 1 << 20))
        {
            var writer = new RecordWriter(this, buffer, session, start);
            for (var call = 0; call < calls; call++)
            {
                if (call % 11 == 0)
                    writer.Prompt();
                writer.Call();
            }
        }

        File.SetLastWriteTimeUtc(path, start.AddHours(2));
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private string Id(string prefix) => $"{prefix}_{_random.NextInt64():x16}{_random.NextInt64():x16}";

    private string Text(double medianLength)
    {
        var text = new StringBuilder();
        for (var left = medianLength * Math.Exp(Normal()); left > 0; left -= 60)
            text.Append(s_lines[_random.Next(s_lines.Length)]).Append('\n');
        return text.ToString();
    }

    /// <summary>Writes the records of one session, one a line.</summary>
    private sealed class RecordWriter(TranscriptGenerator generator, Stream target, string session, DateTime start)
    {
        private DateTime _now = start;
        private string? _parent;

        public void Prompt() =>
            Write(
                "user",
                json =>
                {
                    json.WriteStartObject("message");
                    json.WriteString("role", "user");
                    json.WriteString("content", generator.Text(200));
                    json.WriteEndObject();
                }
            );

        public void Call()
        {
            var (id, message) = (generator.Id("toolu"), generator.Id("msg"));
            var tool = generator._random.Next(3);
            Write("assistant", json => Message(json, message, "thinking", id, tool));
            Write("assistant", json => Message(json, message, "tool_use", id, tool));
            for (var shown = generator._random.Next(6); shown > 0; shown--)
                Write("progress", json => Progress(json, id));
            Write("user", json => Result(json, id));
        }

        private void Message(Utf8JsonWriter json, string message, string kind, string id, int tool)
        {
            json.WriteString("requestId", "req_" + message);
            json.WriteStartObject("message");
            json.WriteString("model", "claude-opus-4-5-20251101");
            json.WriteString("id", message);
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("type", kind);
            if (kind == "thinking")
            {
                json.WriteString("thinking", generator.Text(600));
                json.WriteString("signature", Convert.ToBase64String(new byte[400]));
            }
            else
            {
                json.WriteString("id", id);
                json.WriteString(
                    "name",
                    tool == 0 ? "Bash"
                        : tool == 1 ? "Read"
                        : "Edit"
                );
                json.WriteStartObject("input");
                if (tool == 0)
                    json.WriteString("command", "dotnet test --filter " + generator._random.Next(40));
                else
                    json.WriteString("file_path", $"/repo/src/File{generator._random.Next(90)}.cs");
                if (tool == 2)
                    json.WriteString("new_string", generator.Text(1500));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("usage");
            json.WriteNumber("input_tokens", 4);
            json.WriteNumber("cache_creation_input_tokens", 900);
            json.WriteNumber("cache_read_input_tokens", 40_000);
            json.WriteNumber("output_tokens", 200);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private void Progress(Utf8JsonWriter json, string id)
        {
            json.WriteString("toolUseID", id);
            json.WriteStartObject("data");
            json.WriteString("type", "bash_progress");
            json.WriteString("output", generator.Text(400));
            json.WriteString("fullOutput", generator.Text(2000));
            json.WriteEndObject();
        }

        private void Result(Utf8JsonWriter json, string id)
        {
            var answer = generator.Text(5000);
            json.WriteStartObject("message");
            json.WriteString("role", "user");
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("tool_use_id", id);
            json.WriteString("type", "tool_result");
            json.WriteString("content", answer);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartObject("toolUseResult");
            json.WriteString("stdout", answer);
            json.WriteBoolean("interrupted", false);
            json.WriteEndObject();
        }

        private void Write(string type, Action<Utf8JsonWriter> body)
        {
            _now = _now.AddMilliseconds(generator._random.Next(200, 9000));
            var id = generator.Id("rec");
            using (var json = new Utf8JsonWriter(target, s_options))
            {
                json.WriteStartObject();
                json.WriteString("parentUuid", _parent);
                json.WriteBoolean("isSidechain", false);
                json.WriteString("userType", "external");
                json.WriteString("cwd", "/repo");
                json.WriteString("sessionId", session);
                json.WriteString("version", "2.1.22");
                json.WriteString("gitBranch", "main");
                json.WriteString("type", type);
                body(json);
                json.WriteString("uuid", id);
                json.WriteString("timestamp", _now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            target.WriteByte((byte)'\n');
            _parent = id;
        }
    }
}
