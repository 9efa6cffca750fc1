using System.Net;

namespace PatternAnalysis.Panel.Tests;

/// <summary>How a browser gets in, how long that holds, and how it ends.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private Support.Panel _panel = null!;

    public async Task InitializeAsync() => _panel = await Support.Panel.StartAsync();

    public async Task DisposeAsync() => await _panel.DisposeAsync();

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
    public async Task The_cookie_is_for_a_name_that_no_other_server_of_this_machine_has()
    {
        await using var other = await Support.Panel.StartAsync();
        await _panel.SignInAsync();

        var cookie = Assert.Single(_panel.Cookies.GetAllCookies().Cast<Cookie>(), cookie => cookie.Name == "pattern-analysis");
        Assert.Matches("^[0-9a-f]{16}\\.localhost$", cookie.Domain);
        Assert.NotEqual(new Uri(other.Server.Origin).Host, new Uri(_panel.Server.Origin).Host);
        Assert.Empty(_panel.Cookies.GetCookies(new Uri("http://127.0.0.1:1/")));
        Assert.Empty(_panel.Cookies.GetCookies(new Uri("http://localhost:1/")));
    }

    [Fact]
    public async Task The_link_lets_nobody_in_under_another_name()
    {
        using var response = await _panel.Browser.GetAsync(
            new Uri(_panel.Server.Link.Replace(_panel.Server.Origin, _panel.Server.Address))
        );

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains("Open the link as it was printed", page, StringComparison.Ordinal);
        Assert.Contains("would send its cookie to whatever else listens there.", page, StringComparison.Ordinal);
        Assert.Contains("start the panel with --urls.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_opens_the_link_gets_a_page_that_goes_on_to_the_queue()
    {
        var page = await _panel.Browser.GetStringAsync(new Uri(_panel.Server.Link));

        Assert.Contains("You are in", page, StringComparison.Ordinal);
        Assert.Contains("The queue opens by itself.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(_panel.Server.Token, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_in_elsewhere_puts_nobody_out()
    {
        await _panel.SignInAsync();
        var first = _panel.Cookies.GetCookieHeader(new Uri(_panel.Server.Origin));
        await _panel.SignInAsync();

        Assert.NotEqual(first, _panel.Cookies.GetCookieHeader(new Uri(_panel.Server.Origin)));
        Assert.Equal(HttpStatusCode.OK, await AskWithAsync(first));
        Assert.Equal(HttpStatusCode.OK, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_post_with_the_link_signs_nobody_in()
    {
        using var response = await _panel.Browser.PostAsync(new Uri(_panel.Server.Link), null);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("/?token=wrong", "The link is out of date", "It is from an earlier start. Open the one that was printed last.")]
    [InlineData("/", "Open the link that was printed", "pattern-analysis serve")]
    [InlineData("/", "Open the link that was printed", "Each start makes a new one, and a session ends after two hours without a request.")]
    [InlineData("/api/statistics", "Open the link that was printed", "two hours")]
    public async Task Who_is_not_let_in_is_told_how_to_get_in(string path, string title, string text)
    {
        using var response = await _panel.Browser.GetAsync(new Uri(path, UriKind.Relative));
        var answer = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());

        Assert.Contains(title, answer, StringComparison.Ordinal);
        Assert.Contains(text, answer, StringComparison.Ordinal);
        Assert.Equal(
            path.StartsWith("/api", StringComparison.Ordinal) ? "application/problem+json" : "text/html",
            response.Content.Headers.ContentType!.MediaType
        );
    }

    [Fact]
    public async Task Why_a_login_was_refused_is_logged_with_its_time()
    {
        await _panel.Browser.GetAsync(new Uri("/?token=wrong", UriKind.Relative));
        await _panel.Browser.GetAsync(new Uri(_panel.Server.Link.Replace(_panel.Server.Origin, _panel.Server.Address)));
        _panel.Program.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");
        var answer = await (await _panel.Program.GetAsync(new Uri("/", UriKind.Relative))).Content.ReadAsStringAsync();

        Assert.Equal(
            ["a wrong token in the link.", "the link under another name.", "a wrong token in the header."],
            _panel.Log.Select(line => line.Split("was refused: ")[1])
        );
        Assert.All(_panel.Log, line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ A login from 127\.0\.0\.1 was refused: ", line));
        Assert.Contains("No such token", answer, StringComparison.Ordinal);
        Assert.Contains("Each start makes a new one.", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_login_is_logged_without_what_was_tried()
    {
        await _panel.Browser.GetAsync(new Uri("/?token=tried-this", UriKind.Relative));
        _panel.Program.DefaultRequestHeaders.Authorization = new("Bearer", "tried-that");
        await _panel.Program.GetAsync(new Uri("/api/statistics", UriKind.Relative));

        Assert.Equal(2, _panel.Log.Count);
        Assert.All(_panel.Log, line => Assert.Contains("127.0.0.1 was refused", line, StringComparison.Ordinal));
        Assert.DoesNotContain(_panel.Log, line => line.Contains("tried", StringComparison.Ordinal) || line.Contains('\n'));
    }

    [Fact]
    public async Task Signing_out_is_a_post_and_says_so()
    {
        await _panel.SignInAsync();

        await _panel.Browser.GetAsync(new Uri("/sign-out", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);

        using var response = await _panel.Browser.PostAsync(new Uri("/sign-out", UriKind.Relative), null);
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("You are out", page, StringComparison.Ordinal);
        Assert.Contains("The printed link lets you in again, as long as the panel runs.", page, StringComparison.Ordinal);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; path=/; samesite=strict; httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        await _panel.SignInAsync();
        var cookie = _panel.Cookies.GetCookieHeader(new Uri(_panel.Server.Origin));

        using var response = await _panel.Browser.PostAsync(new Uri("/sign-out", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        // The cookie itself is worth nothing any more, too.
        Assert.Equal(HttpStatusCode.Unauthorized, await AskWithAsync(cookie));
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_another_origin()
    {
        await _panel.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-out", UriKind.Relative));
        request.Headers.Add("Origin", "http://evil.example");

        using var response = await _panel.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData(1.9, 1, true)]
    [InlineData(1.9, 5, true)]
    [InlineData(2, 1, false)]
    [InlineData(2.1, 1, false)]
    [InlineData(1.5, 7, true)]
    [InlineData(1.5, 8, false)]
    [InlineData(1.9, 7, false)]
    [InlineData(1.9, 6, true)]
    public async Task A_session_ends_when_nobody_uses_it_and_after_half_a_day(double hours, int times, bool isOpen)
    {
        await _panel.SignInAsync();
        var status = HttpStatusCode.OK;
        for (var i = 0; i < times; i++)
        {
            _panel.Time.Move(TimeSpan.FromHours(hours));
            status = (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode;
        }

        Assert.Equal(isOpen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Whoever_signs_in_without_end_ends_the_oldest_session_and_fills_no_memory()
    {
        await _panel.SignInAsync();
        var first = _panel.Cookies.GetCookieHeader(new Uri(_panel.Server.Origin));
        for (var session = 0; session < 100; session++)
        {
            _panel.Time.Move(TimeSpan.FromSeconds(1));
            await _panel.SignInAsync();
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await AskWithAsync(first));
        Assert.Equal(HttpStatusCode.OK, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    private async Task<HttpStatusCode> AskWithAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_panel.Server.Address));
        request.Headers.Add("Cookie", cookie);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
