using System.Net;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Panel.Tests.Support;

/// <summary>A panel on a free port, over a real database with the patterns of a real run: ordinary ones and hostile ones.</summary>
internal sealed class Panel : IAsyncDisposable
{
    public const string Script = "<script>document.title='broken'</script>";
    public const string Quotes = "\"double\" 'single' & <b onclick=\"x\">";
    public const string RightToLeft = "\u05D0\u05D1\u05D2\u05D3 \u0627\u0644\u0639\u0631\u0628\u064A\u0629";
    public const string Override = "invoice\u202Efdp.exe";

    private static readonly string[][] s_routines =
    [
        ["Read", "Edit", "Write"], [Script, "Read"], [Quotes, "Write"], [new string('x', 10_000), "Grep"], [RightToLeft, Override], ["Plan", "delete_branch"],
    ];

    private readonly string _folder;

    private Panel(PanelServer server, IPatternApprovalStore store, string folder)
    {
        (Server, Store, _folder) = (server, store, folder);
        Browser = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        Program = new HttpClient { BaseAddress = new Uri(server.Address) };
        Program.DefaultRequestHeaders.Authorization = new("Bearer", server.Token);
    }

    public PanelServer Server { get; }

    public IPatternApprovalStore Store { get; }

    /// <summary>A client that keeps cookies, like a browser, and has none yet.</summary>
    public HttpClient Browser { get; }

    /// <summary>A client that sends the token, like a script.</summary>
    public HttpClient Program { get; }

    public CookieContainer Cookies { get; } = new();

    public static async Task<Panel> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-panel-").FullName;
        var file = Path.Combine(folder, "events.db");
        Fill(file);
        var database = PatternDatabase.Open(file);
        new DailyAnalysis(database.Events, database.Approvals).Run(new AnalysisOptions
        {
            Query = new EventQuery { Window = TimeWindow.Last(24 * 30, DateTimeOffset.UtcNow) },
        });
        var server = await PanelServer.StartAsync(new PanelOptions
        {
            Store = database.Approvals, DatabaseName = "events.db", Reviewer = "ada", Port = 0,
        });
        return new Panel(server, database.Approvals, folder);
    }

    /// <summary>Opens the printed link, as a browser does.</summary>
    public async Task SignInAsync() => Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync(new Uri(Server.Link))).StatusCode);

    public PatternApproval Find(params string[] steps) => Store.Describe(RepeatedPattern.IdOf(Sequences.StepText.Join(steps))).Approval;

    /// <summary>The value of the hidden field that a page's forms carry.</summary>
    public async Task<Dictionary<string, string>> ReadFormAsync(string page)
    {
        var html = await Browser.GetStringAsync(new Uri(page, UriKind.Relative));
        var fields = System.Text.RegularExpressions.Regex.Matches(html, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
        return fields.DistinctBy(field => field.Groups[1].Value).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Program.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Fill(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        Execute("CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)");
        var now = DateTime.UtcNow;
        foreach (var (routine, number) in s_routines.Select((routine, number) => (routine, number)))
        {
            for (var session = 0; session < 16; session++)
            {
                var time = now.AddDays(-session % 8).AddHours(-2).AddMinutes(-number);
                foreach (var tool in routine)
                    Execute("INSERT INTO hook_events VALUES ($session, 'tool_use', $tool, $time)", $"session-{number}-{session}", tool, time = time.AddSeconds(1));
            }
        }

        transaction.Commit();

        void Execute(string sql, string? session = null, string? tool = null, DateTime? time = null)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.Parameters.AddWithValue("$session", session ?? "");
            command.Parameters.AddWithValue("$tool", tool ?? "");
            command.Parameters.AddWithValue("$time", time?.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) ?? "");
            command.ExecuteNonQuery();
        }
    }
}
