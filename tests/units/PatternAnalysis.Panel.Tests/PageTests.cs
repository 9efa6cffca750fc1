using System.Net;
using PatternAnalysis.Analysis;
using PatternAnalysis.Application;

namespace PatternAnalysis.Panel.Tests;

/// <summary>What the pages say and do, without a browser.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private Support.Panel _panel = null!;

    public async Task InitializeAsync()
    {
        _panel = await Support.Panel.StartAsync();
        await _panel.SignInAsync();
    }

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("/", "5 of 5")]
    [InlineData("/?status=any", "6 of 6")]
    [InlineData("/?status=any&danger=Destructive", "1 of 1")]
    [InlineData("/?status=maybe&danger=x&least=y&first=-3", "5 of 5")]
    [InlineData("/?q=eDiT", "1 of 1")]
    [InlineData("/?first=2", "2 of 5")]
    [InlineData("/?least=17", "Nothing to show")]
    [InlineData("/?q=%3Cscript%3E", "1 of 1")]
    [InlineData("/?first=99999999999999999999", "5 of 5")]
    public async Task The_queue_is_filtered(string path, string expected) =>
        Assert.Contains(expected, await GetAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task A_pattern_is_shown_with_all_that_is_known_of_it()
    {
        var html = await GetAsync($"/pattern/{_panel.Find("Plan", "delete_branch").PatternId}");

        foreach (
            var expected in new[]
            {
                "Destructive",
                "delete_branch",
                "By policy auto-rejected",
                "occurrences destructive, 0 unknown, 0 safe.",
                "session-5-",
                "Expected by chance",
                "Occurrences by day",
                "Nothing was decided yet",
            }
        )
            Assert.Contains(expected, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_disabled_rule_would_have_said_stands_beside_the_verdict()
    {
        var id = _panel.Find("Read", "Edit", "Write").PatternId;
        Assert.Contains("no rule speaks against it", await GetAsync($"/pattern/{id}"), StringComparison.Ordinal);
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_panel.Database.Name};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE pattern_evidence SET danger_reason = 'the rule ''own.rule'' is disabled' WHERE pattern_id = @id";
            command.Parameters.AddWithValue("@id", id);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        var html = WebUtility.HtmlDecode(await GetAsync($"/pattern/{id}"));

        Assert.Contains("the rule 'own.rule' is disabled.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("no rule speaks against it", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_text_and_never_markup()
    {
        foreach (
            var path in new[]
            {
                "/",
                $"/pattern/{_panel.Find(Support.Panel.Script, "Read").PatternId}",
                $"/pattern/{_panel.Find(Support.Panel.Quotes, "Write").PatternId}",
            }
        )
        {
            var html = await GetAsync(path);
            Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<b ", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_decision_goes_on_with_the_next_pattern_and_says_what_it_did()
    {
        var pattern = _panel.Find("Read", "Edit", "Write");

        using var response = await PostAsync(
            $"/pattern/{pattern.PatternId}",
            ("decision", "approved"),
            ("reviewer", "bob"),
            ("notes", " a script ")
        );

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Contains(
            $"Pattern {pattern.PatternId} is approved by bob.",
            await GetAsync(response.Headers.Location!.OriginalString),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ("approved", "bob", "a script"),
            (
                _panel.Find("Read", "Edit", "Write").Status,
                _panel.Find("Read", "Edit", "Write").ReviewedBy,
                _panel.Find("Read", "Edit", "Write").ApprovalNotes
            )
        );
    }

    [Fact]
    public async Task Who_was_too_late_sees_who_decided_and_nothing_is_overwritten()
    {
        var pattern = _panel.Find("Read", "Edit", "Write");
        var form = await _panel.ReadFormAsync($"/pattern/{pattern.PatternId}");
        _panel.Store.Decide(new Approvals.ReviewDecision(pattern.PatternId, "rejected", "bob", "mine"));

        using var response = await PostAsync($"/pattern/{pattern.PatternId}", form, ("decision", "approved"), ("reviewer", "ada"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("is rejected by bob", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("bob", _panel.Find("Read", "Edit", "Write").ReviewedBy);
    }

    [Fact]
    public async Task A_rejection_without_a_reason_is_asked_again()
    {
        using var response = await PostAsync(
            $"/pattern/{_panel.Find("Read", "Edit", "Write").PatternId}",
            ("decision", "rejected"),
            ("reviewer", "ada"),
            ("notes", " ")
        );

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("needs a reason", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_are_decided_on_at_once_and_those_that_changed_are_told()
    {
        var (first, second) = (_panel.Find("Read", "Edit", "Write"), _panel.Find(Support.Panel.Script, "Read"));
        var html = WebUtility.HtmlDecode(await GetAsync("/"));
        string Selected(string id) =>
            System.Text.RegularExpressions.Regex.Match(html, $"name=\"selected\" value=\"([^\"]*{id})\"").Groups[1].Value;
        _panel.Store.Decide(new Approvals.ReviewDecision(second.PatternId, "approved", "bob", null));

        using var response = await PostAsync(
            "/decisions",
            ("selected", Selected(first.PatternId)),
            ("selected", Selected(second.PatternId)),
            ("selected", "rubbish"),
            ("decision", "rejected"),
            ("reviewer", "ada"),
            ("notes", "no use")
        );

        var answer = await response.Content.ReadAsStringAsync();
        Assert.Contains("1 pattern rejected.", answer, StringComparison.Ordinal);
        Assert.Contains("is approved by bob", WebUtility.HtmlDecode(answer), StringComparison.Ordinal);
        Assert.Equal(
            ("rejected", "approved"),
            (_panel.Find("Read", "Edit", "Write").Status, _panel.Find(Support.Panel.Script, "Read").Status)
        );
    }

    [Fact]
    public async Task The_statistics_show_the_last_decisions()
    {
        _panel.Store.Decide(new Approvals.ReviewDecision(_panel.Find("Read", "Edit", "Write").PatternId, "rejected", "bob", "<i>mine</i>"));

        var html = await GetAsync("/statistics");

        Assert.Contains("&lt;i&gt;mine&lt;/i&gt;", html, StringComparison.Ordinal);
        Assert.Contains("auto-rejected", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_statistics_show_what_runs_found_to_be_spent()
    {
        Assert.DoesNotContain("What was spent", await GetAsync("/statistics"), StringComparison.Ordinal);
        _panel.Spend();
        _panel.Analyze();

        var html = await GetAsync("/statistics");

        Assert.Contains("What was spent, and what could go", html, StringComparison.Ordinal);
        Assert.Contains("$1,235.00", html, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"whole\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_statistics_draw_the_queue_over_time_and_where_the_turns_went()
    {
        _panel.Analyze();

        var html = await GetAsync("/statistics");

        Assert.Contains("Patterns by run, oldest first; from below: waiting, approved by policy", html, StringComparison.Ordinal);
        Assert.Contains("<rect class=\"part0\"", html, StringComparison.Ordinal);
        Assert.Equal(
            _panel.Database.Runs.Last(1)[0].SpentByClass.Length > 0,
            html.Contains("Share of the turns of models by run", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_became_of_approved_patterns_has_a_page()
    {
        Assert.Contains("Nothing is measured yet", await GetAsync("/effects"), StringComparison.Ordinal);
        _panel.Store.Decide(
            new Approvals.ReviewDecision(_panel.Find("Read", "Edit", "Write").PatternId, "approved", "bob", null)
            {
                AdoptedAs = ["<b>Skill</b>"],
            }
        );
        EffectSweep.Run(_panel.Database, _ => { }, CancellationToken.None);

        var html = await GetAsync("/effects");

        Assert.Contains("&lt;b&gt;Skill&lt;/b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("too early: 0 sessions after", html, StringComparison.Ordinal);
        Assert.Contains("control: ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Skill", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_exist_is_said()
    {
        foreach (var path in new[] { "/pattern/none", "/none" })
        {
            using var response = await _panel.Browser.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private Task<string> GetAsync(string path) => _panel.Browser.GetStringAsync(new Uri(path, UriKind.Relative));

    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        await PostAsync(path, await _panel.ReadFormAsync(path == "/decisions" ? "/" : path), fields);

    private async Task<HttpResponseMessage> PostAsync(
        string path,
        Dictionary<string, string> form,
        params (string Name, string Value)[] fields
    )
    {
        using var content = new FormUrlEncodedContent(form.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
        return await _panel.Browser.PostAsync(new Uri(path, UriKind.Relative), content);
    }
}
