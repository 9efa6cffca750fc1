using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What OpenCode keeps below <c>~/.local/share/opencode/storage</c>, a file for each session, message and part; what <c>opencode export</c>
/// writes, all in one object; and what <c>opencode run --format json</c> prints, a line for each part.
/// </summary>
internal sealed class OpenCodeFormat : IEventFormat
{
    public string Name => "OpenCode";

    public bool Recognizes(JsonSlice value) =>
        IsPart(value)
        || IsPart(value.Field("part"))
        || IsMessage(value)
        || IsSession(value)
        || (IsSession(value.Field("info")) && value.Field("messages").Kind == JsonValueKind.Array);

    public bool MayHold(JsonSlice value) => Recognizes(value) || value.Text("sessionID") is not null;

    public IEventDecoder StartFile(string path) => StartFile(path, SessionParents.None);

    public IEventDecoder StartFile(string path, SessionParents parents) => new Decoder(parents);

    private static bool IsSession(JsonSlice value) =>
        value.Text("id") is { } id
        && id.StartsWith("ses_", StringComparison.Ordinal)
        && value.Text("directory") is not null
        && value.Field("time").Kind == JsonValueKind.Object;

    private static bool IsMessage(JsonSlice value) =>
        value.Text("sessionID") is not null && value.Text("role") is not null && value.Field("time").Kind == JsonValueKind.Object;

    private static bool IsPart(JsonSlice value) =>
        value.Text("sessionID") is not null && value.Text("messageID") is not null && value.Text("type") is not null;

    private sealed class Decoder(SessionParents known) : IEventDecoder
    {
        private const int MostNesting = 16;

        private readonly UsageTally _usage = new();
        private readonly Dictionary<string, string> _parents = [];
        private readonly OpenCodePrompts _prompts = new();

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            AddSession(value);
            AddSession(value.Field("info"));
            if (IsPart(value))
                AddPart(value, receiver);
            else if (IsPart(value.Field("part")))
                AddPart(value.Field("part"), receiver);
            else if (IsMessage(value))
                AddMessage(value, receiver);
            foreach (var message in value.Items("messages"))
            {
                AddMessage(message.Field("info"), receiver);
                foreach (var part in message.Items("parts"))
                    AddPart(part, receiver);
            }
        }

        public void Complete(IEventReceiver receiver)
        {
            _prompts.Complete(receiver);
            _usage.Complete(receiver);
        }

        // A sub-agent has a session of its own, which names the one that it works for. A file of a part doesn't say.
        private void AddSession(JsonSlice session)
        {
            if (IsSession(session) && session.Text("parentID") is { } parent)
                _parents[session.Text("id")!] = parent;
        }

        /// <summary>The session that the user sees, and the sub-agent if it is one.</summary>
        private (string Session, string? Agent) OwnerOf(string session)
        {
            var owner = session;
            for (var nesting = 0; nesting < MostNesting && _parents.TryGetValue(owner, out var parent); nesting++)
                owner = parent;
            owner = known.RootOf(owner);
            return (owner, owner == session ? null : session);
        }

        private void AddMessage(JsonSlice message, IEventReceiver receiver)
        {
            if (message.Text("role") is not ("user" or "assistant"))
                return;
            if (!message.Field("time").Field("created").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var (session, agent) = OwnerOf(message.Text("sessionID") ?? "");
            var record = new ImportedEvent
            {
                EventType = HookEventType.UserPromptSubmit,
                SessionId = session,
                AgentId = agent,
                SourceApp = "opencode",
                UtcTicks = ticks,
                PromptId = message.Text(message.Text("role") == "user" ? "id" : "parentID"),
            };
            if (message.Text("role") == "user")
            {
                // What a sub-agent is told comes from its caller.
                if (agent is null)
                    _prompts.Add(message.Text("id"), record, receiver);
                return;
            }

            var (tokens, cache) = (message.Field("tokens"), message.Field("tokens").Field("cache"));
            if (tokens.Kind == JsonValueKind.Object)
                _usage
                    .Of(record with { MessageId = message.Text("id") }, message.Text("modelID"))
                    ?.Report(
                        tokens.Number("input") ?? 0,
                        (tokens.Number("output") ?? 0) + (tokens.Number("reasoning") ?? 0),
                        cache.Number("write") ?? 0,
                        cache.Number("read") ?? 0
                    );
        }

        private void AddPart(JsonSlice part, IEventReceiver receiver)
        {
            var state = part.Field("state");
            if (part.Text("type") != "tool" || state.Kind != JsonValueKind.Object)
            {
                _prompts.Show(part, receiver);
                if (part.Text("type") is not { } type || !KnownRecords.OpenCodeParts.Contains(type))
                    receiver.Skip(SkipReason.UnknownRecord, 0, part.Text("type"));
                return;
            }

            // A call that waits for its turn has no time yet.
            var time = state.Field("time");
            if (state.Text("status") == "pending")
                return;
            if (!time.Field("start").TryInstant(out var start))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var (session, agent) = OwnerOf(part.Text("sessionID") ?? "");
            var call = new ImportedEvent
            {
                EventType = HookEventType.PreToolUse,
                SessionId = session,
                AgentId = agent,
                SourceApp = "opencode",
                UtcTicks = start,
                MessageId = part.Text("messageID"),
                ToolName = part.Text("tool"),
                ToolUseId = part.Text("callID") ?? part.Text("id"),
                ToolInput = state.Field("input"),
            };
            receiver.Add(call);
            if (state.Text("status") is not ("completed" or "error" or "cancelled" or "aborted") || call.ToolUseId is not { } id)
                return;

            var error = state.Text("error");
            var end = call with
            {
                EventType = state.Text("status") switch
                {
                    "completed" => HookEventType.PostToolUse,
                    "error" => TypeOf(error ?? ""),
                    _ => HookEventType.ToolUseCancelled,
                },
                UtcTicks = time.Field("end").TryInstant(out var ended) && ended >= start ? ended : start,
                MessageId = null,
                ToolInput = default,
                Text = error,
            };
            receiver.Add(end);
            receiver.Add(end.ResultOf(id, state.Text("output") ?? error));
        }

        private static string TypeOf(string error) =>
            error.Contains("rejected permission", StringComparison.OrdinalIgnoreCase)
            || error.StartsWith("The user has specified a rule which prevents", StringComparison.OrdinalIgnoreCase)
                ? HookEventType.PermissionDenied
            : error.Contains("aborted", StringComparison.OrdinalIgnoreCase) ? HookEventType.ToolUseCancelled
            : HookEventType.PostToolUseFailure;
    }
}
