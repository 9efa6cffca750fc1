using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Support;

/// <summary>
/// 11,426 real hook events of 74 sessions. They are not part of the project; the tests that need them run where the environment variable
/// <c>PATTERN_ANALYSIS_REFERENCE_EVENTS</c> names the file.
/// </summary>
internal static class ReferenceEvents
{
    public static string? Path => Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_REFERENCE_EVENTS");

    public static SequenceCorpus Read()
    {
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Tool });
        long line = 0;
        foreach (var text in File.ReadLines(Path!))
        {
            using var json = JsonDocument.Parse(text);
            byte[] Field(string name) => Encoding.UTF8.GetBytes(json.RootElement.GetProperty(name).GetString() ?? "");
            if (Field("event_type").AsSpan().SequenceEqual("PreToolUse"u8))
            {
                sequencer.Add(
                    new HookEventRow
                    {
                        SessionId = Field("session_id"),
                        EventType = "PreToolUse"u8,
                        ToolName = Field("tool_name"),
                        UtcTicks = TimestampParser.TryParse(Field("timestamp"), out var ticks) ? ticks : null,
                        InsertionId = line++,
                    }
                );
            }
        }

        return sequencer.Build();
    }
}

/// <summary>A test on the reference events.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceEventsFactAttribute : FactAttribute
{
    public ReferenceEventsFactAttribute()
    {
        if (!File.Exists(ReferenceEvents.Path))
            Skip = "The reference events are not here: PATTERN_ANALYSIS_REFERENCE_EVENTS names no file.";
    }
}
