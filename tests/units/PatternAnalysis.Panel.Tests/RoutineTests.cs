using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Panel.Tests;

/// <summary>The panel over routines with parts: what they are worth, and one decision for both.</summary>
public sealed class RoutineTests : IAsyncLifetime
{
    private static readonly string[] s_release = ["Bash(npm ci)", "Bash(npm run build)", "Bash(npm test)", "Bash(git tag <name>)"];
    private static readonly string[] s_part = ["Bash(npm ci)", "Bash(npm run build)"];

    private Support.Panel _panel = null!;

    public async Task InitializeAsync()
    {
        _panel = await Support.Panel.StartWithRoutineAsync();
        await _panel.SignInAsync();
    }

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Fact]
    public async Task The_queue_begins_with_what_is_worth_the_most_and_folds_its_parts()
    {
        var (release, part) = (_panel.Find(s_release), _panel.Find(s_part));
        Assert.Equal(release.PatternId, part.PartOf);

        var html = WebUtility.HtmlDecode(await GetAsync("/"));

        Assert.Contains("those that are worth the most first", html, StringComparison.Ordinal);
        Assert.StartsWith(
            "/pattern/" + release.PatternId,
            html[html.IndexOf("/pattern/", StringComparison.Ordinal)..],
            StringComparison.Ordinal
        );
        Assert.Contains("1 part, decided with it", html, StringComparison.Ordinal);
        Assert.Contains("<td data-label=\"Kind\">Script</td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain($"aria-label=\"Select {part.PatternId}\"", html, StringComparison.Ordinal);
        Assert.Contains("by impact", WebUtility.HtmlDecode(await GetAsync("/?sort=Impact")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_routine_says_what_it_is_worth_what_varies_and_what_is_part_of_it()
    {
        var (release, part) = (_panel.Find(s_release), _panel.Find(s_part));

        var html = WebUtility.HtmlDecode(await GetAsync("/pattern/" + release.PatternId));

        Assert.Contains(WorthText.Describe(release), html, StringComparison.Ordinal);
        Assert.Contains("with a value that the caller gives in 100", html, StringComparison.Ordinal);
        Assert.Contains("git tag v1", html, StringComparison.Ordinal);
        Assert.Contains("/pattern/" + part.PatternId, html, StringComparison.Ordinal);
        Assert.Contains(
            "Part of <a href=\"/pattern/" + release.PatternId,
            await GetAsync("/pattern/" + part.PatternId),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_decision_in_the_panel_is_one_on_the_parts()
    {
        var release = _panel.Find(s_release);
        var form = await _panel.ReadFormAsync("/pattern/" + release.PatternId);
        form["decision"] = "approved";
        form["reviewer"] = "bob";
        using var content = new FormUrlEncodedContent(form);

        using var response = await _panel.Browser.PostAsync(new Uri("/pattern/" + release.PatternId, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal(("approved", "bob"), (_panel.Find(s_part).Status, _panel.Find(s_part).ReviewedBy));
    }

    [Fact]
    public async Task The_api_tells_worth_and_decides_on_the_pattern_alone_when_asked()
    {
        var id = _panel.Find(s_release).PatternId;

        using var approved = await _panel.Program.PostAsJsonAsync(
            new Uri($"/api/{id}/approve", UriKind.Relative),
            new { reviewer = "bob", with_parts = false }
        );

        var json = (await approved.Content.ReadFromJsonAsync<JsonElement>())!;
        Assert.Equal(("Script", 1), (json.GetProperty("kind").GetString(), json.GetProperty("rank").GetInt32()));
        Assert.Equal(48, json.GetProperty("saved_turns").GetDouble());
        Assert.True(json.GetProperty("worth_usd_30d").GetDouble() > 0);
        Assert.Equal("pending", _panel.Find(s_part).Status);
    }

    private Task<string> GetAsync(string path) => _panel.Browser.GetStringAsync(new Uri(path, UriKind.Relative));
}
