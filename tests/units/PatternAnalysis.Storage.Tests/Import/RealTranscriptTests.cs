using System.Text.Json.Nodes;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>
/// Real transcripts of 90 sessions, scrubbed, against a reader of its own that knows nothing of the importer. They are no part of the
/// project; where they are not beside it the tests are skipped.
/// </summary>
public class RealTranscriptTests
{
    [RealTranscriptsFact]
    public void Calls_and_outcomes_of_each_session_equal_those_of_an_independent_reader()
    {
        using var folder = new ImportFolder();
        folder.Import(paths: RealTranscripts.Path!);

        var stored = folder
            .Stored()
            .Where(row => row.Type != "UserPromptSubmit")
            .GroupBy(row => row.Session)
            .ToDictionary(
                session => session.Key,
                session =>
                    string.Join(
                        ' ',
                        session
                            .GroupBy(row => row.Field("tool_use_id"))
                            .Select(call => $"{call.Key}={string.Join('+', call.Select(row => row.Type).Order())}")
                            .Order()
                    )
            );

        var expected = RealTranscripts.Read();
        Assert.Equal(expected.Keys.Order(), stored.Keys.Order());
        Assert.All(expected, session => Assert.Equal(session.Value.Calls(), stored[session.Key]));
    }

    [RealTranscriptsFact]
    public void Messages_and_tokens_of_each_session_equal_those_of_an_independent_reader()
    {
        using var folder = new ImportFolder();
        folder.Import(paths: RealTranscripts.Path!);
        folder.Import(paths: RealTranscripts.Path!);

        var stored = PatternDatabase
            .Open(folder.Database)
            .Usage.ReadMessages(TimeWindow.Always)
            .GroupBy(message => message.SessionId)
            .ToDictionary(
                session => session.Key,
                session =>
                    (
                        session.Count(),
                        session.Sum(message => message.CallCount),
                        session.Sum(message => message.InputTokens),
                        session.Sum(message => message.OutputTokens),
                        session.Sum(message => message.CacheWriteTokens),
                        session.Sum(message => message.CacheReadTokens)
                    )
            );

        var expected = RealTranscripts.Read().Where(session => session.Value.Messages.Count > 0).ToDictionary();
        Assert.Equal(expected.Keys.Order(), stored.Keys.Order());
        Assert.All(expected, session => Assert.Equal(session.Value.Tokens(), stored[session.Key]));
    }

    [RealTranscriptsFact]
    public void Every_call_finds_its_message()
    {
        using var folder = new ImportFolder();
        folder.Import(paths: RealTranscripts.Path!);

        var messages = PatternDatabase
            .Open(folder.Database)
            .Usage.ReadMessages(TimeWindow.Always)
            .ToDictionary(message => (message.SessionId, message.MessageId), message => message.CallCount);
        var calls = folder.Stored().Where(row => row.Type == "PreToolUse").GroupBy(row => (row.Session, row.Field("message_id")!));

        Assert.All(calls, call => Assert.Equal(call.Count(), messages[call.Key]));
    }
}

/// <summary>Reads the transcripts line by line into what each session did, with nothing but a JSON parser.</summary>
internal sealed class RealTranscripts
{
    private readonly Dictionary<string, List<string>> _events = [];

    public static string? Path { get; } = Find();

    /// <summary>
    /// The largest reported numbers (input, output, cache write, cache read), the characters, and the calls of each message.
    /// </summary>
    public Dictionary<string, (long[] Reported, long Characters, int Calls)> Messages { get; } = [];

    public static Dictionary<string, RealTranscripts> Read()
    {
        var sessions = new Dictionary<string, RealTranscripts>();
        foreach (var line in Directory.GetFiles(Path!).Order().SelectMany(File.ReadLines))
        {
            var record = JsonNode.Parse(line)!;
            if (record["message"] is not { } message)
                continue;
            var session = (string)record["sessionId"]!;
            if (!sessions.TryGetValue(session, out var work))
                sessions.Add(session, work = new RealTranscripts());
            work.Take(message);
        }

        return sessions.Where(session => session.Value._events.Count + session.Value.Messages.Count > 0).ToDictionary();
    }

    public string Calls() => string.Join(' ', _events.Select(call => $"{call.Key}={string.Join('+', call.Value.Order())}").Order());

    public (int Messages, int Calls, long Input, long Output, long CacheWrite, long CacheRead) Tokens() =>
        (
            Messages.Count,
            Messages.Values.Sum(message => message.Calls),
            Messages.Values.Sum(message => message.Reported[0]),
            Messages.Values.Sum(message => Math.Max(message.Reported[1], message.Characters / 4)),
            Messages.Values.Sum(message => message.Reported[2]),
            Messages.Values.Sum(message => message.Reported[3])
        );

    private void Take(JsonNode message)
    {
        var blocks = (message["content"] as JsonArray ?? []).Select(block => block!.AsObject()).ToArray();
        foreach (var block in blocks)
        {
            if ((string?)block["type"] == "tool_use")
                Add((string)block["id"]!, "PreToolUse");
            else if ((string?)block["type"] == "tool_result")
                Add((string)block["tool_use_id"]!, End(block));
        }

        if ((string?)message["role"] != "assistant" || (string?)message["model"] == "<synthetic>")
            return;
        var id = (string)message["id"]!;
        var usage = message["usage"]!;
        long[] numbers =
        [
            (long)usage["input_tokens"]!,
            (long)usage["output_tokens"]!,
            (long)usage["cache_creation_input_tokens"]!,
            (long)usage["cache_read_input_tokens"]!,
        ];
        var (reported, characters, calls) = Messages.GetValueOrDefault(id, (new long[4], 0, 0));
        characters += blocks.Sum(block =>
            (long)(
                block["input"] is { } input ? input.ToJsonString(s_compact).Length
                : (block["text"] ?? block["thinking"]) is { } text ? ((string)text!).Length
                : 0
            )
        );
        Messages[id] = (
            [.. numbers.Zip(reported, Math.Max)],
            characters,
            calls + blocks.Count(block => (string?)block["type"] == "tool_use")
        );
    }

    private static readonly System.Text.Json.JsonSerializerOptions s_compact = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private void Add(string call, string type)
    {
        if (!_events.TryGetValue(call, out var types))
            _events.Add(call, types = []);
        types.Add(type);
    }

    private static string End(JsonObject result)
    {
        var text = result["content"] is JsonArray parts ? (string?)parts[0]!["text"] : (string?)result["content"];
        return (bool?)result["is_error"] != true ? "PostToolUse"
            : s_refusals.Any(refusal => text!.Contains(refusal)) ? "PermissionDenied"
            : "PostToolUseFailure";
    }

    private static readonly string[] s_refusals = ["doesn't want to proceed", "Permission to use", "interrupted by user for tool use"];

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "shared", "data", "transcripts");
            if (Directory.Exists(path))
                return path;
        }

        return null;
    }
}

/// <summary>A test on the real transcripts.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealTranscriptsFactAttribute : FactAttribute
{
    public RealTranscriptsFactAttribute()
    {
        if (RealTranscripts.Path is null)
            Skip = "The real transcripts are not here: there is no shared/data/transcripts beside the project.";
    }
}
