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

    [Theory]
    [InlineData("/", null)]
    [InlineData("/", "evil.example")]
    [InlineData("/none", null)]
    [InlineData("/api/none", null)]
    [InlineData("/api/statistics", null)]
    [InlineData("/assets/panel.css", null)]
    public async Task Every_answer_has_every_header(string path, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        using var response = await _panel.Program.SendAsync(request);

        (string Name, string Value)[] wanted =
        [
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
            ("X-Content-Type-Options", "nosniff"),
        ];
        Assert.All(wanted, header => Assert.Equal(header.Value, Assert.Single(response.Headers.GetValues(header.Name))));
        Assert.True(response.Headers.Contains("Content-Security-Policy"));
        Assert.True(response.Headers.CacheControl?.NoStore);
        if (host is not null)
            Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
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
        using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(_panel.Server.Address));
        again.Headers.Add("Cookie", cookie);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false });
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(again)).StatusCode);
    }

    [Theory]
    [InlineData(1.9, 1, true)]
    [InlineData(1.9, 5, true)]
    [InlineData(2.1, 1, false)]
    [InlineData(1.9, 7, false)]
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
    public async Task A_refused_login_is_logged_without_what_was_tried()
    {
        await _panel.Browser.GetAsync(new Uri("/?token=tried-this", UriKind.Relative));
        _panel.Program.DefaultRequestHeaders.Authorization = new("Bearer", "tried-that");
        await _panel.Program.GetAsync(new Uri("/api/statistics", UriKind.Relative));

        Assert.Equal(2, _panel.Log.Count);
        Assert.All(_panel.Log, line => Assert.Contains("127.0.0.1 was refused", line, StringComparison.Ordinal));
        Assert.DoesNotContain(_panel.Log, line => line.Contains("tried", StringComparison.Ordinal) || line.Contains('\n'));
    }

    [Theory]
    [InlineData(1, HttpStatusCode.Found)]
    [InlineData(2, HttpStatusCode.Forbidden)]
    public async Task A_request_with_two_origins_is_refused(int origins, HttpStatusCode expected)
    {
        await _panel.SignInAsync();
        var page = $"/pattern/{_panel.Find("Read", "Edit", "Write").PatternId}";
        var form = await _panel.ReadFormAsync(page);
        form["decision"] = "approved";
        form["reviewer"] = "mallory";
        var body = await new FormUrlEncodedContent(form).ReadAsStringAsync();

        // Written out: HttpClient makes one header of two.
        var answer = await SendAsync(
            $"POST {page} HTTP/1.1\r\nHost: {new Uri(_panel.Server.Origin).Authority}\r\nConnection: close\r\n"
                + $"Cookie: {_panel.Cookies.GetCookieHeader(new Uri(_panel.Server.Origin))}\r\nOrigin: {_panel.Server.Origin}\r\n"
                + (origins == 2 ? "Origin: http://evil.example\r\n" : "")
                + $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );

        Assert.StartsWith($"HTTP/1.1 {(int)expected} ", answer, StringComparison.Ordinal);
        Assert.Equal(origins == 1 ? "approved" : "pending", _panel.Find("Read", "Edit", "Write").Status);
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

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_panel.Server.Address));
        request.Headers.Add("Cookie", first);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false });

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _panel.Browser.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
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

    [Fact]
    public async Task A_request_of_more_than_a_megabyte_is_refused()
    {
        using var body = new StringContent($$"""{"notes":"{{new string('x', 1 << 20)}}"}""", null, "application/json");

        using var response = await _panel.Program.PostAsync(
            new Uri($"/api/{_panel.Find("Read", "Edit", "Write").PatternId}/approve", UriKind.Relative),
            body
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("pending", _panel.Find("Read", "Edit", "Write").Status);
    }

    [Fact]
    public async Task More_selections_than_a_form_takes_are_a_message()
    {
        await _panel.SignInAsync();
        var form = await _panel.ReadFormAsync("/");
        var fields = form.Concat(Enumerable.Range(0, 2000).Select(number => KeyValuePair.Create("selected", $"1|pending|{number}")));

        using var response = await _panel.Browser.PostAsync(new Uri("/decisions", UriKind.Relative), new FormUrlEncodedContent(fields));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("select fewer", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> SendAsync(string request)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_panel.Server.Address).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
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
