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
    public async Task The_names_that_the_caller_says_are_answered_besides_and_no_other()
    {
        await using var server = await PanelServer.StartAsync(
            new PanelOptions
            {
                Store = _panel.Store,
                DatabaseName = "x",
                Reviewer = "ada",
                Urls = ["http://127.0.0.1:0", "http://review.example:0"],
            }
        );
        using var client = new HttpClient();
        foreach (var (host, status) in new[] { ("review.example", HttpStatusCode.OK), ("example", HttpStatusCode.MisdirectedRequest) })
        {
            // With a proxy in front, say, the link is opened under its name.
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                new Uri($"http://127.0.0.1:{new Uri(server.Address).Port}/?token={server.Token}")
            );
            request.Headers.Host = host;

            Assert.Equal(status, (await client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task Who_is_not_let_in_yet_sees_a_page_with_its_style()
    {
        using var response = await _panel.Browser.GetAsync(new Uri("/assets/panel.css", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("body", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_may_load_nothing_from_elsewhere_and_are_shown_in_no_frame()
    {
        using var response = await _panel.Program.GetAsync(new Uri("/", UriKind.Relative));

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'",
            policy
        );
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
        {
            Assert.Equal(HttpStatusCode.MisdirectedRequest, response.StatusCode);
            Assert.Equal("The panel does not answer under this name.", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Only_a_header_of_its_own_kind_is_a_token()
    {
        _panel.Program.DefaultRequestHeaders.Authorization = null;
        _panel.Program.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", _panel.Server.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _panel.Program.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);

        _panel.Program.DefaultRequestHeaders.Authorization = new("Bearer", _panel.Server.Token);
        Assert.Equal(HttpStatusCode.OK, (await _panel.Program.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Who_only_asks_for_the_head_is_not_taken_for_somebody_who_changes_something()
    {
        await _panel.SignInAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri("/statistics", UriKind.Relative));

        using var response = await _panel.Browser.SendAsync(request);

        // Pages have no heads of their own; what is forbidden is refused before that is found.
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_form_from_before_a_start_says_what_to_do()
    {
        await _panel.SignInAsync();

        using var response = await _panel.Browser.PostAsync(new Uri("/decisions", UriKind.Relative), new FormUrlEncodedContent([]));
        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Nothing was changed", page, StringComparison.Ordinal);
        Assert.Contains("Go back to the queue and try once more.", page, StringComparison.Ordinal);
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
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains("Nothing was changed", page, StringComparison.Ordinal);
        Assert.Contains("select fewer", page, StringComparison.Ordinal);
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
        {
            var error = await Assert.ThrowsAsync<PatternAnalysisException>(() => PanelServer.StartAsync(options with { Urls = [url] }));
            Assert.Equal("InvalidUrl", error.ErrorId);
            Assert.Equal(
                $"The panel can't listen on '{url}'. Write http://HOST:PORT. For TLS put a proxy in front, or use a tunnel (ssh -L).",
                error.Message
            );
        }
    }
}
