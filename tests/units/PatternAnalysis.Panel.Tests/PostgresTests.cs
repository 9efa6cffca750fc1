using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Panel.Tests;

/// <summary>A team's panel: the database is a real PostgreSQL server, and two people decide at once.</summary>
public sealed class PostgresTests
{
    [PostgresFact]
    public async Task Patterns_are_listed_and_decided_on_in_the_browser_and_by_the_api()
    {
        await using var panel = await Support.Panel.StartOnPostgresAsync();
        await panel.SignInAsync();
        var (first, second) = (panel.Find("Read", "Edit", "Write"), panel.Find(Support.Panel.Script, "Read"));
        Assert.Contains("5 of 5", await panel.Browser.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(first.PatternId, (await GetAsync(panel, "/api/pending?limit=1"))[0].GetProperty("pattern_id").GetString());

        var form = await panel.ReadFormAsync($"/pattern/{first.PatternId}");
        using var fields = new FormUrlEncodedContent([
            .. form,
            new("decision", "approved"),
            new("reviewer", "ada"),
            new("notes", "a script"),
        ]);
        using var approved = await panel.Browser.PostAsync(new Uri($"/pattern/{first.PatternId}", UriKind.Relative), fields);
        using var rejected = await DecideAsync(panel, second, "reject", new { reviewer = "bob", reason = "no use" });

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.OK), (approved.StatusCode, rejected.StatusCode));
        Assert.Equal(("approved", "ada", "a script"), Decision(panel.Find("Read", "Edit", "Write")));
        Assert.Equal(("rejected", "bob", "no use"), Decision(panel.Find(Support.Panel.Script, "Read")));
        var statistics = await GetAsync(panel, "/api/statistics");
        Assert.Equal(
            (3, 1, 1),
            (
                statistics.GetProperty("pending").GetInt32(),
                statistics.GetProperty("approved").GetInt32(),
                statistics.GetProperty("rejected").GetInt32()
            )
        );
        Assert.Contains("approved", await panel.Browser.GetStringAsync(new Uri("/statistics", UriKind.Relative)), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Of_two_who_decide_at_once_the_second_is_told_and_nothing_is_overwritten()
    {
        await using var panel = await Support.Panel.StartOnPostgresAsync();
        var pattern = panel.Find("Read", "Edit", "Write");

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(number =>
                    number % 2 == 0
                        ? DecideAsync(panel, pattern, "approve", new { reviewer = $"reviewer {number}" })
                        : DecideAsync(panel, pattern, "reject", new { reviewer = $"reviewer {number}", reason = "mine" })
                )
        );

        var winner = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer != winner), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        var decided = await winner.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(decided.GetProperty("reviewed_by").GetString(), panel.Find("Read", "Edit", "Write").ReviewedBy);
        Assert.Single(panel.Store.Describe(pattern.PatternId).History);
        Assert.All(answers, answer => answer.Dispose());
    }

    private static (string, string?, string?) Decision(PatternApproval pattern) =>
        (pattern.Status, pattern.ReviewedBy, pattern.ApprovalNotes);

    private static async Task<JsonElement> GetAsync(Support.Panel panel, string path) =>
        await panel.Program.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private static Task<HttpResponseMessage> DecideAsync(Support.Panel panel, PatternApproval pattern, string verb, object body) =>
        panel.Program.PostAsJsonAsync(new Uri($"/api/{pattern.PatternId}/{verb}", UriKind.Relative), body);
}

/// <summary>A test that needs PostgreSQL's programs; where they are missing it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
