using PatternAnalysis.Analysis;
using PatternAnalysis.Panel.Tests.Support;

namespace PatternAnalysis.Panel.Tests;

/// <summary>What a reviewer does and sees, in a real Chromium.</summary>
public sealed class BrowserTests : IAsyncLifetime
{
    private Support.Panel _panel = null!;
    private Chromium? _chromium;

    private Chromium Browser => _chromium!;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
            return;

        _panel = await Support.Panel.StartAsync();
        _chromium = await Chromium.StartAsync();
        await Browser.ResizeAsync(1200, 900);
        await Browser.OpenAsync(_panel.Server.Link);
        await Browser.WaitAsync("document.querySelector('.queue')");
    }

    public async Task DisposeAsync()
    {
        if (_chromium is null)
            return;

        await _chromium.DisposeAsync();
        await _panel.DisposeAsync();
    }

    [ChromiumFact]
    public async Task The_printed_link_leads_to_the_queue_and_leaves_no_token_in_the_address()
    {
        Assert.Equal("/", await Browser.EvaluateAsync<string>("location.pathname + location.search"));
        Assert.Equal(5, await Browser.EvaluateAsync<int>("document.querySelectorAll('.queue tbody tr').length"));
        Assert.Equal("", await Browser.EvaluateAsync<string>("document.cookie"));
        Assert.Empty(Browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_pattern_is_approved_with_the_mouse()
    {
        var pattern = _panel.Find("Read", "Edit", "Write");
        await Browser.ClickAsync($"a.open[href='/pattern/{pattern.PatternId}']");
        await Browser.WaitAsync($"location.pathname === '/pattern/{pattern.PatternId}' && document.querySelector('#approve')");
        await Browser.KeepPictureAsync("pattern");

        await Browser.ClickAsync("#approve");
        await Browser.TypeAsync("a <b>script</b>");
        await Browser.ClickAsync("button[value=approved]");
        await Browser.WaitAsync($"document.querySelector('[role=status]')?.textContent.includes('{pattern.PatternId} is approved by ada')");

        var stored = _panel.Find("Read", "Edit", "Write");
        Assert.Equal(("approved", "ada", "a <b>script</b>"), (stored.Status, stored.ReviewedBy, stored.ApprovalNotes));
        Assert.Empty(Browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_pattern_is_rejected_with_the_keyboard_alone()
    {
        await Browser.PressAsync("j");
        Assert.True(await Browser.EvaluateAsync<bool>(Readability.FocusIsVisible));
        await Browser.PressAsync("j");
        await Browser.PressAsync("k");
        var address = await Browser.EvaluateAsync<string>("document.activeElement.getAttribute('href')");
        await Browser.PressAsync("Enter");
        await Browser.WaitAsync($"location.pathname === '{address}' && document.querySelector('#reject')");

        await Browser.PressAsync("r");
        Assert.True(await Browser.EvaluateAsync<bool>(Readability.FocusIsVisible));
        await Browser.PressAsync("j"); // in a field a key is a letter
        await Browser.TypeAsync("ust a habit");
        await Browser.PressAsync("Enter");
        await Browser.WaitAsync("document.querySelector('[role=status]')?.textContent.includes('is rejected by ada')");

        var stored = _panel.Store.Describe(address["/pattern/".Length..]).Approval;
        Assert.Equal(("rejected", "just a habit"), (stored.Status, stored.ApprovalNotes));
        await Browser.PressAsync("u");
        await Browser.WaitAsync("document.querySelector('.queue')");
        Assert.Equal(4, await Browser.EvaluateAsync<int>("document.querySelectorAll('.queue tbody tr').length"));
        Assert.Empty(Browser.Complaints);
    }

    [ChromiumFact]
    public async Task Several_are_selected_with_keys_and_rejected_together()
    {
        await Browser.PressAsync("j");
        await Browser.PressAsync("x");
        await Browser.PressAsync("j");
        await Browser.PressAsync("j");
        Assert.Equal(1, await Browser.EvaluateAsync<int>("document.querySelectorAll('[name=selected]:checked').length"));
        await Browser.PressAsync("x");
        await Browser.ClickAsync(".bulk input[name=notes]");
        await Browser.TypeAsync("no use");
        await Browser.ClickAsync(".bulk button[value=rejected]");
        await Browser.WaitAsync("document.querySelector('[role=status]')?.textContent.includes('2 patterns rejected.')");

        Assert.Equal(2, _panel.Store.Find(new Approvals.ApprovalQuery { Status = ["rejected"] }).Count);
        Assert.Empty(Browser.Complaints);
    }

    [ChromiumFact]
    public async Task The_keys_are_explained_and_the_search_is_a_key_away()
    {
        await Browser.PressAsync("?");
        Assert.True(await Browser.EvaluateAsync<bool>("document.querySelector('#keys').open"));
        await Browser.PressAsync("/");
        await Browser.TypeAsync("edit");
        await Browser.PressAsync("Enter");
        await Browser.WaitAsync("location.search.includes('q=edit') && document.querySelector('.queue')");
        Assert.Equal(1, await Browser.EvaluateAsync<int>("document.querySelectorAll('.queue tbody tr').length"));
    }

    [ChromiumFact]
    public async Task Hostile_names_are_shown_and_do_nothing()
    {
        foreach (
            var (steps, shown) in new (string[], string)[]
            {
                ([Support.Panel.Script, "Read"], Support.Panel.Script),
                ([Support.Panel.Quotes, "Write"], Support.Panel.Quotes),
                ([new string('x', 10_000), "Grep"], new string('x', 10_000)),
                ([Support.Panel.RightToLeft, Support.Panel.Override], Support.Panel.RightToLeft),
            }
        )
        {
            await Browser.OpenAsync($"{_panel.Server.Origin}/pattern/{_panel.Find(steps).PatternId}");
            await Browser.WaitAsync("document.querySelector('.steps li')");
            Assert.Equal(shown, await Browser.EvaluateAsync<string>("document.querySelector('.steps li').textContent"));
            Assert.StartsWith("Pattern ", await Browser.EvaluateAsync<string>("document.title"), StringComparison.Ordinal);
            Assert.True(await Browser.EvaluateAsync<bool>(Readability.Fits(1200)));
        }

        Assert.Equal(@"invoice\u202Efdp.exe", await Browser.EvaluateAsync<string>("document.querySelectorAll('.steps li')[1].textContent"));
        await Browser.KeepPictureAsync("right-to-left");
        Assert.Empty(Browser.Complaints);
    }

    [ChromiumFact]
    public async Task Every_page_reads_well_wide_and_narrow_light_and_dark()
    {
        // With a decision of each kind and a run that had something to price, all that the pages can show is there.
        _panel.Spend();
        _panel.Analyze();
        _panel.Store.Decide(new Approvals.ReviewDecision(_panel.Find("Read", "Edit", "Write").PatternId, "rejected", "bob", "mine"));
        var pages = new Dictionary<string, string>
        {
            ["queue"] = "/?status=any",
            ["decided"] =
                $"/pattern/{_panel.Find("Read", "Edit", "Write").PatternId}?rejected={_panel.Find("Read", "Edit", "Write").PatternId}",
            ["destructive"] = $"/pattern/{_panel.Find("Plan", "delete_branch").PatternId}",
            ["long"] = $"/pattern/{_panel.Find(new string('x', 10_000), "Grep").PatternId}",
            ["statistics"] = "/statistics",
            ["none"] = "/?q=none",
        };
        foreach (var dark in new[] { false, true })
        {
            foreach (var width in new[] { 1200, 400, 320 })
            {
                await Browser.SetDarkAsync(dark);
                await Browser.ResizeAsync(width, 900);
                foreach (var (name, address) in pages)
                {
                    await Browser.OpenAsync(_panel.Server.Origin + address);
                    await Browser.EvaluateAsync<object>("document.querySelectorAll('details').forEach((details) => details.open = true)");
                    var where = $"{name} {width} {(dark ? "dark" : "light")}";
                    Assert.True(await Browser.EvaluateAsync<int>(Readability.TextCount) > 10, where);
                    Assert.True(await Browser.EvaluateAsync<bool>(Readability.Fits(width)), $"{where} is wider than the window.");
                    Assert.Empty((await Browser.EvaluateAsync<string[]>(Readability.LowContrasts)).Select(text => $"{where}: {text}"));
                    Assert.Empty(await Browser.EvaluateAsync<string[]>(Readability.Nameless));
                    await Browser.KeepPictureAsync(where.Replace(' ', '-'));
                }
            }
        }

        Assert.Empty(Browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_page_of_another_origin_can_not_decide_for_who_is_signed_in()
    {
        var pattern = _panel.Find("Read", "Edit", "Write");

        // The same machine under another name is another site for the browser.
        await Browser.OpenAsync("data:text/html,<title>elsewhere</title>");
        await Browser.EvaluateAsync<object>(
            $$"""
            (() => {
                const form = document.createElement('form');
                form.method = 'post';
                form.action = '{{_panel.Server.Origin}}/pattern/{{pattern.PatternId}}';
                form.innerHTML = '<input name=decision value=approved><input name=reviewer value=mallory>';
                document.body.append(form);
                form.submit();
            })()
            """
        );
        await Browser.WaitAsync("document.title.includes('Open the link')");

        Assert.Equal("pending", _panel.Find("Read", "Edit", "Write").Status);
    }
}
