using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace PatternAnalysis.Panel.Tests;

/// <summary>The API has the paths and the fields of the original's.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private Support.Panel _panel = null!;

    public async Task InitializeAsync() => _panel = await Support.Panel.StartAsync();

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task Statistics_count_every_state()
    {
        var statistics = await GetAsync("/api/statistics");

        Assert.Equal(
            ["pending", "approved", "rejected", "auto_approved", "auto_rejected", "total"],
            statistics.EnumerateObject().Select(field => field.Name)
        );
        Assert.Equal(6, statistics.GetProperty("total").GetInt32());
        Assert.Equal(1, statistics.GetProperty("auto_rejected").GetInt32());
    }

    [Fact]
    public async Task Pending_patterns_come_by_impact()
    {
        var pending = await GetAsync("/api/pending");

        Assert.Equal(5, pending.GetArrayLength());
        Assert.Equal(1, (await GetAsync("/api/pending?limit=1")).GetArrayLength());
        var impacts = pending.EnumerateArray().Select(pattern => pattern.GetProperty("impact_score").GetDouble()).ToArray();
        Assert.Equal(impacts.OrderDescending(), impacts);
        string[] original =
        [
            "pattern_id",
            "tool_sequence",
            "status",
            "confidence_score",
            "occurrence_count",
            "estimated_savings_usd",
            "impact_score",
            "pattern_context",
            "example_sessions",
            "reviewed_by",
            "reviewed_at",
            "approval_notes",
            "created_at",
        ];
        Assert.Subset(pending[0].EnumerateObject().Select(field => field.Name).ToHashSet(), original.ToHashSet());
    }

    [Fact]
    public async Task A_pattern_is_approved_and_rejected()
    {
        var (first, second) = (_panel.Find("Read", "Edit", "Write").PatternId, _panel.Find("Plan", "delete_branch").PatternId);

        var approved = await PostAsync($"/api/{first}/approve", new { reviewer = "bob", notes = "a script" });
        var rejected = await PostAsync($"/api/{second}/reject", new { reviewer = "bob", reason = "no use" });

        Assert.Equal(
            (HttpStatusCode.OK, "approved", "bob", "a script"),
            (approved.Status, Text(approved, "status"), Text(approved, "reviewed_by"), Text(approved, "approval_notes"))
        );
        Assert.Equal(
            (HttpStatusCode.OK, "rejected", "no use"),
            (rejected.Status, Text(rejected, "status"), Text(rejected, "approval_notes"))
        );
        Assert.Equal("approved", (await GetAsync($"/api/{first}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_second_decision_is_a_conflict_until_it_names_the_first()
    {
        var id = _panel.Find("Read", "Edit", "Write").PatternId;
        var first = await PostAsync($"/api/{id}/approve", new { reviewer = "ada" });

        var second = await PostAsync($"/api/{id}/reject", new { reviewer = "bob", reason = "mine" });
        var third = await PostAsync(
            $"/api/{id}/reject",
            new
            {
                reviewer = "bob",
                reason = "mine",
                status = "approved",
                updated_at = Text(first, "updated_at"),
            }
        );

        Assert.Equal((HttpStatusCode.Conflict, "PatternDecidedMeanwhile"), (second.Status, Text(second, "error_id")));
        Assert.Equal((HttpStatusCode.OK, "rejected"), (third.Status, Text(third, "status")));
    }

    [Theory]
    [InlineData("reject", "{}", HttpStatusCode.BadRequest)]
    [InlineData("reject", "{\"reason\": \"  \"}", HttpStatusCode.BadRequest)]
    [InlineData("approve", "not json", HttpStatusCode.BadRequest)]
    [InlineData("approve", "{\"reviewer\": 7}", HttpStatusCode.BadRequest)]
    [InlineData("maybe", "{}", HttpStatusCode.NotFound)]
    public async Task What_is_no_decision_is_refused(string verb, string body, HttpStatusCode expected)
    {
        var id = _panel.Find("Read", "Edit", "Write").PatternId;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await _panel.Program.PostAsync(new Uri($"/api/{id}/{verb}", UriKind.Relative), content);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.NotEqual("", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error_id").GetString());
        Assert.Equal("pending", _panel.Find("Read", "Edit", "Write").Status);
    }

    [Fact]
    public async Task A_decision_that_is_no_JSON_is_told_to_be_JSON()
    {
        using var response = await _panel.Program.PostAsync(
            new Uri($"/api/{_panel.Find("Read", "Edit", "Write").PatternId}/approve", UriKind.Relative),
            null
        );

        Assert.Contains(
            "application/json",
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_limit_that_is_no_number_is_explained()
    {
        using var response = await _panel.Program.GetAsync(new Uri("/api/pending?limit=x", UriKind.Relative));

        Assert.Equal("InvalidRequest", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error_id").GetString());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("%27%20OR%201%3D1--")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task Ids_that_do_not_exist_are_not_found(string id)
    {
        using var response = await _panel.Program.GetAsync(new Uri($"/api/{id}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private static string? Text((HttpStatusCode Status, JsonElement Body) answer, string field) =>
        answer.Body.GetProperty(field).GetString();

    private async Task<JsonElement> GetAsync(string path) =>
        await _panel.Program.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var response = await _panel.Program.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
