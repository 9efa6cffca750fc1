using System.Net;
using PatternAnalysis.Approvals;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Panel.Tests;

/// <summary>The same hostile texts as everywhere else, on every page and in every answer of the panel.</summary>
public sealed class HostileTextTests : IAsyncLifetime
{
    private Support.Panel _panel = null!;

    public async Task InitializeAsync()
    {
        _panel = await Support.Panel.StartWithHostileTextsAsync();
        await _panel.SignInAsync();
    }

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    // The server itself refuses an address with a NUL.
    private static IEnumerable<string> Together =>
        HostileTexts.All.Where(text => !text.Contains('\0')).Chunk(8).Select(texts => string.Join(' ', texts));

    [Fact]
    public async Task Every_page_shows_them_as_text()
    {
        var patterns = _panel.Store.Find(new ApprovalQuery());
        Assert.True(patterns.Count >= 60, $"{patterns.Count} patterns");
        string[] pages =
        [
            "/?status=any&first=1000",
            "/statistics",
            "/effects",
            "/none",
            .. patterns.Select(pattern => $"/pattern/{pattern.PatternId}"),
            .. Together.Select(text => $"/pattern/{Uri.EscapeDataString(text)}"),
        ];

        foreach (var page in pages)
        {
            using var response = await _panel.Browser.GetAsync(new Uri(page, UriKind.Relative));
            var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
            HostileTexts.AssertVisible(html);
            HostileTexts.AssertOnlyOwnMarkup(await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task What_is_searched_for_is_text_too()
    {
        foreach (var text in Together)
        {
            using var response = await _panel.Browser.GetAsync(new Uri($"/?status=any&q={Uri.EscapeDataString(text)}", UriKind.Relative));
            var html = await response.Content.ReadAsStringAsync();
            HostileTexts.AssertVisible(html);
            HostileTexts.AssertOnlyOwnMarkup(html);
        }
    }

    [Fact]
    public async Task No_answer_to_a_program_holds_what_nobody_sees()
    {
        var patterns = _panel.Store.Find(new ApprovalQuery());
        string[] paths =
        [
            "/api/statistics",
            "/api/pending?limit=1000",
            .. patterns.Take(20).Select(pattern => $"/api/{pattern.PatternId}"),
            .. Together.Select(text => $"/api/{Uri.EscapeDataString(text)}"),
        ];

        foreach (var path in paths)
        {
            using var response = await _panel.Program.GetAsync(new Uri(path, UriKind.Relative));
            HostileTexts.AssertVisible(await response.Content.ReadAsStringAsync());
            Assert.EndsWith("json", response.Content.Headers.ContentType?.MediaType, StringComparison.Ordinal);
        }
    }
}
