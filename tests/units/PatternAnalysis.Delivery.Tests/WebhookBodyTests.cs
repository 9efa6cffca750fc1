using System.Text.Json;
using PatternAnalysis.Approvals;
using PatternAnalysis.Delivery.Tests.Support;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>What a webhook is sent, to the letter: others' programs read it.</summary>
public class WebhookBodyTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly PatternApproval s_routine = Patterns.Pending("Read→Edit", impact: 1234.5) with
    {
        OccurrenceCount = 1200,
        Worth = new StoredWorth
        {
            Kind = WorthKind.Script,
            Rank = 1,
            SavedTurns = 42,
            WorthUsd = 3,
            WorthUsdPer30Days = 6.5,
            SavedWait = TimeSpan.FromMinutes(7),
            IsAssumed = true,
        },
    };

    private static readonly PatternApproval s_part = Patterns.Pending("Read→Edit→Read") with
    {
        Worth = new StoredWorth
        {
            Kind = WorthKind.Script,
            Rank = 2,
            PartOf = s_routine.PatternId,
        },
    };

    private static readonly PatternApproval s_other = Patterns.Pending("Build→Test") with { ConfidenceScore = 0.5 };

    [Fact]
    public async Task A_program_gets_every_number_of_a_pattern_and_null_for_what_nobody_knows()
    {
        var json = await SendAsync(WebhookFormat.Json);

        Assert.Equal(
            $$"""
            {
              "event": "patterns_pending_review",
              "notification_id": "0123456789abcdef",
              "pattern_count": 3,
              "rest_count": 0,
              "patterns": [
                {
                  "pattern_id": "{{s_routine.PatternId}}",
                  "tool_sequence": "Read\u2192Edit",
                  "status": "pending",
                  "confidence_score": 0.9997,
                  "occurrence_count": 1200,
                  "estimated_savings_usd": 1234.5,
                  "kind": "Script",
                  "saved_turns": 42,
                  "worth_usd_30d": 6.5,
                  "worth_is_assumed": true,
                  "part_count": 1
                },
                {
                  "pattern_id": "{{s_other.PatternId}}",
                  "tool_sequence": "Build\u2192Test",
                  "status": "pending",
                  "confidence_score": 0.5,
                  "occurrence_count": 12,
                  "estimated_savings_usd": 1,
                  "kind": "NotAssessed",
                  "saved_turns": null,
                  "worth_usd_30d": null,
                  "worth_is_assumed": false,
                  "part_count": 0
                }
              ],
              "how_to_review": [
                "{{ReviewNotification.HowToReview[0]}}",
                "{{ReviewNotification.HowToReview[1]}}"
              ]
            }
            """.ReplaceLineEndings("\n"),
            json
        );
    }

    [Fact]
    public async Task A_chat_gets_a_head_a_block_for_each_pattern_and_how_to_review()
    {
        using var json = JsonDocument.Parse(await SendAsync(WebhookFormat.Slack));

        Assert.Equal("3 new patterns discovered that require manual approval.", json.RootElement.GetProperty("text").GetString());
        var blocks = json.RootElement.GetProperty("blocks").EnumerateArray().ToArray();
        Assert.Equal(["header", "section", "section", "section", "section"], blocks.Select(block => block.GetProperty("type").GetString()));
        Assert.Equal(
            [
                "New patterns requiring review",
                "3 new patterns discovered that require manual approval.",
                "Script: a script can run it in one call. 42 turns of a model could go, worth $6.50 in 30 days at an assumed cost, and "
                    + "7 min of waiting. 1 more pattern is part of it.\nRead→Edit\n"
                    + $"99.9% confidence, 1,200 occurrences, $1,234.50\n{s_routine.PatternId}",
                "NotAssessed: nothing tells what its tools were given.\nBuild→Test\n"
                    + $"50.0% confidence, 12 occurrences, $1.00\n{s_other.PatternId}",
                string.Join('\n', ReviewNotification.HowToReview),
            ],
            blocks.Select(block => block.GetProperty("text").GetProperty("text").GetString())
        );
        Assert.All(
            blocks,
            block =>
            {
                Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString());
                Assert.False(block.GetProperty("text").GetProperty("emoji").GetBoolean()); // a name may be written like one
            }
        );
    }

    private static async Task<string> SendAsync(WebhookFormat format)
    {
        await using var server = new HttpServer();
        new WebhookSink(new WebhookSettings { Url = server.Address, Format = format }).Send(
            new ReviewNotification([s_part, s_other, s_routine], "0123456789abcdef"),
            default
        );
        var request = server.Requests.Single();
        Assert.Equal("application/json; charset=utf-8", request.Headers["Content-Type"]);
        Assert.Matches(@"^PatternAnalysis/\d+\.\d+\.\d+$", request.Headers["User-Agent"]);
        using var json = JsonDocument.Parse(request.Body);
        return JsonSerializer.Serialize(json, s_indented);
    }
}
