using System.Net;
using System.Net.Http.Json;

namespace PatternAnalysis.Panel.Tests;

/// <summary>Who may read and who may decide.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    private Support.Panel _panel = null!;

    public async Task InitializeAsync() => _panel = await Support.Panel.StartAsync();

    public async Task DisposeAsync() => await _panel.DisposeAsync();

    [Theory]
    [InlineData("/")]
    [InlineData("/statistics")]
    [InlineData("/pattern/x")]
    [InlineData("/none")]
    [InlineData("/?token=wrong")]
    [InlineData("/?token=")]
    [InlineData("/api/statistics")]
    [InlineData("/api/pending")]
    public async Task Nobody_reads_without_the_token(string path)
    {
        using var response = await _panel.Browser.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(_panel.Cookies.GetAllCookies());
        Assert.DoesNotContain("events.db", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_in_the_header_is_no_token()
    {
        _panel.Program.DefaultRequestHeaders.Authorization = new("Bearer", _panel.Server.Token[..^1] + "x");

        Assert.Equal(HttpStatusCode.Unauthorized, (await _panel.Program.GetAsync(new Uri("/api/statistics", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_link_gives_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        using var response = await _panel.Browser.GetAsync(new Uri(_panel.Server.Link));

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(_panel.Server.Token, cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Each_start_has_a_token_of_its_own()
    {
        await using var other = await Support.Panel.StartAsync();

        Assert.NotEqual(_panel.Server.Token, other.Server.Token);
        Assert.Equal(64, _panel.Server.Token.Length);
    }

    [Fact]
    public async Task The_cookie_alone_changes_nothing()
    {
        await _panel.SignInAsync();
        var pattern = _panel.Find("Read", "Edit", "Write");
        var form = await _panel.ReadFormAsync($"/pattern/{pattern.PatternId}");
        form["decision"] = "approved";
        form["reviewer"] = "mallory";
        form.Remove("__RequestVerificationToken");

        using var page = await _panel.Browser.PostAsync(
            new Uri($"/pattern/{pattern.PatternId}", UriKind.Relative),
            new FormUrlEncodedContent(form)
        );
        using var several = await _panel.Browser.PostAsync(new Uri("/decisions", UriKind.Relative), new FormUrlEncodedContent(form));
        using var api = await _panel.Browser.PostAsJsonAsync(
            new Uri($"/api/{pattern.PatternId}/approve", UriKind.Relative),
            new { reviewer = "mallory" }
        );

        Assert.Equal(
            [HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden],
            [page.StatusCode, several.StatusCode, api.StatusCode]
        );
        Assert.Equal("pending", _panel.Find("Read", "Edit", "Write").Status);
    }

    [Fact]
    public async Task A_form_of_another_origin_changes_nothing_even_with_its_token()
    {
        await _panel.SignInAsync();
        var pattern = _panel.Find("Read", "Edit", "Write");
        var form = await _panel.ReadFormAsync($"/pattern/{pattern.PatternId}");
        form["decision"] = "approved";
        form["reviewer"] = "mallory";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/pattern/{pattern.PatternId}", UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Add("Origin", "http://evil.example");

        using var response = await _panel.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("pending", _panel.Find("Read", "Edit", "Write").Status);
    }

    [Theory]
    [InlineData("evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    public async Task Names_that_others_can_point_here_are_refused(string host, bool isAnswered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/statistics", UriKind.Relative));
        request.Headers.Host = host;

        using var response = await _panel.Program.SendAsync(request);

        Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, response.StatusCode);
    }

    [Fact]
    public async Task Pages_may_load_nothing_from_elsewhere_and_are_shown_in_no_frame()
    {
        using var response = await _panel.Program.GetAsync(new Uri("/", UriKind.Relative));

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Server"));
        var html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(
            "<script(?! src=)|style=|<style| on[a-z]+=",
            System.Text.RegularExpressions.Regex.Replace(html, "<bdi>.*?</bdi>", "")
        );
    }

    [Fact]
    public async Task What_can_not_be_listened_on_is_told()
    {
        var options = new PanelOptions
        {
            Store = _panel.Store,
            DatabaseName = "x",
            Reviewer = "ada",
            Port = new Uri(_panel.Server.Address).Port,
        };

        Assert.Equal("PortInUse", (await Assert.ThrowsAsync<PatternAnalysisException>(() => PanelServer.StartAsync(options))).ErrorId);
        foreach (var url in new[] { "https://localhost:1", "localhost:80", "http://localhost/path", "" })
            Assert.Equal(
                "InvalidUrl",
                (await Assert.ThrowsAsync<PatternAnalysisException>(() => PanelServer.StartAsync(options with { Urls = [url] }))).ErrorId
            );
    }
}
