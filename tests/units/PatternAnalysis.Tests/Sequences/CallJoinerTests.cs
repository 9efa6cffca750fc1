using System.Text;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Which events are of one call, where starts and ends are both steps.</summary>
public class CallJoinerTests
{
    [Theory]
    [InlineData(true, "PreToolUse", "PostToolUse")]
    [InlineData(true, "tool_use", "tool_result")]
    [InlineData(true, "PermissionRequest", "PostToolUseFailure")]
    [InlineData(true, "PermissionDenied", "PreToolUse")]
    [InlineData(true, "PreToolUse", "ToolUseCancelled")]
    [InlineData(false, "PreToolUse", "tool_use", "PermissionRequest")]
    [InlineData(false, "PostToolUse", "tool_result", "PostToolUseFailure")]
    [InlineData(false, "Notification", "Stop")]
    public void They_must_be_joined_where_starts_and_ends_are_asked_for(bool isNeeded, params string[] types) =>
        Assert.Equal(isNeeded, CallJoiner.Needed(types));

    // Each event: what it is, its source, the hash of its call, and when. The answer: what it is to which step.
    [Theory]
    [InlineData("PreToolUse 1 7 10", "NewStep 0")]
    [InlineData("PreToolUse 1 0 10|PreToolUse 1 0 11|PostToolUse 1 0 12", "NewStep 0|NewStep 1|EndWithoutId 2")]
    [InlineData("PreToolUse 1 7 10|PostToolUse 1 7 12", "NewStep 0|SameCall 0")]
    [InlineData("PermissionRequest 1 7 9|PreToolUse 1 7 10|PostToolUse 1 7 12", "NewStep 0|SameCall 0|SameCall 0")]
    [InlineData("PostToolUse 1 7 12|PreToolUse 1 7 10|PermissionRequest 1 7 9", "NewStep 0|StepStartsHere 0|SameCall 0")]
    [InlineData("PostToolUse 1 7 12|PreToolUse 1 7 12", "NewStep 0|StepStartsHere 0")]
    [InlineData("PreToolUse 1 7 10|PostToolUse 2 7 12", "NewStep 0|NewStep 1")]
    [InlineData("PreToolUse 1 7 10|PostToolUse 1 8 12", "NewStep 0|NewStep 1")]
    [InlineData("PreToolUse 1 7 10|PostToolUse 1 7 12|PreToolUse 1 7 12", "NewStep 0|SameCall 0|SameCall 0")]
    [InlineData(
        "PreToolUse 1 7 10|PostToolUse 1 7 12|PreToolUse 1 7 13|PostToolUse 1 7 14|PreToolUse 1 7 15",
        "NewStep 0|SameCall 0|NewStep 2|SameCall 2|NewStep 4"
    )]
    [InlineData("PostToolUse 1 7 12|PreToolUse 1 7 13|PostToolUse 1 7 14", "NewStep 0|NewStep 1|SameCall 1")]
    public void An_id_that_comes_again_after_its_calls_end_is_another_calls(string events, string expected)
    {
        var joiner = new CallJoiner();
        var answers = events
            .Split('|')
            .Select(
                (text, number) =>
                {
                    var words = text.Split(' ');
                    var outcome = joiner.Join(
                        words[1][0] - '0',
                        Encoding.UTF8.GetBytes(words[0]),
                        (ulong)(words[2][0] - '0'),
                        long.Parse(words[3], System.Globalization.CultureInfo.InvariantCulture),
                        number,
                        out var step
                    );
                    return $"{outcome} {step}";
                }
            );

        Assert.Equal(expected.Split('|'), answers);
    }
}
