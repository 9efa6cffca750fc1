using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>Calls of hooks that give them no ids.</summary>
public class UnnumberedCallTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void An_end_belongs_to_the_latest_open_start_with_its_input_or_else_to_the_latest(int seed)
    {
        var random = new Random(seed);
        var calls = new UnnumberedCalls();
        var open = new List<(string? Id, int Input)>();
        for (var i = 0; i < 2000; i++)
        {
            var input = random.Next(6);
            if (random.Next(2) == 0)
            {
                open.Add((calls.Number(Event(HookEventType.PreToolUse, i, input)).ToolUseId, input));
                Assert.NotNull(open[^1].Id);
                continue;
            }

            var start = open.FindLastIndex(call => call.Input == input);
            start = start < 0 ? open.Count - 1 : start;

            Assert.Equal(start < 0 ? null : open[start].Id, calls.Number(Event(HookEventType.PostToolUse, i, input)).ToolUseId);

            if (start >= 0)
                open.RemoveAt(start);
        }
    }

    private static ImportedEvent Event(string type, int ticks, int input) =>
        new()
        {
            EventType = type,
            SessionId = "s",
            ToolName = "bash",
            UtcTicks = ticks,
            ToolInput = JsonFields.ObjectOf("command", $"make {input}"),
        };
}
