using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Tests.Support;
using PatternAnalysis.Tests.Support;

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
        ["Read", "Edit", "Write"],
        [Script, "Read"],
        [Quotes, "Write"],
        [new string('x', 10_000), "Grep"],
        [RightToLeft, Override],
        ["Plan", "delete_branch"],
    ];

    private readonly string _folder;

    private Panel(PanelServer server, PatternDatabase database, string folder)
    {
        (Server, Database, _folder) = (server, database, folder);
        Browser = new HttpClient(
            new SocketsHttpHandler
            {
                CookieContainer = Cookies,
                AllowAutoRedirect = false,
                ConnectCallback = ConnectAsync,
            }
        )
        {
            BaseAddress = new Uri(server.Origin),
        };
        Program = new HttpClient { BaseAddress = new Uri(server.Address) };
        Program.DefaultRequestHeaders.Authorization = new("Bearer", server.Token);
    }

    public PanelServer Server { get; }

    public PatternDatabase Database { get; }

    public IPatternApprovalStore Store => Database.Approvals;

    /// <summary>A client that keeps cookies, like a browser, and has none yet.</summary>
    public HttpClient Browser { get; }

    /// <summary>A client that sends the token, like a script.</summary>
    public HttpClient Program { get; }

    public CookieContainer Cookies { get; } = new();

    /// <summary>What the panel logged.</summary>
    public ConcurrentQueue<string> Log { get; private init; } = new();

    /// <summary>The panel's clock.</summary>
    public MovableTime Time { get; private init; } = new();

    public static Task<Panel> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-panel-").FullName;
        var file = Path.Combine(folder, "events.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return StartAsync(connection, file, folder);
    }

    /// <summary>The same over sessions with a routine of commands, a part of it, and work that needs a model.</summary>
    public static Task<Panel> StartWithRoutineAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-panel-").FullName;
        var file = Path.Combine(folder, "events.db");
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        return StartAsync(connection, file, folder, FillRoutine);
    }

    /// <summary>The same over sessions that call tools of hostile names, and over decisions that were written by somebody else.</summary>
    public static async Task<Panel> StartWithHostileTextsAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-panel-").FullName;
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "events.db")};Pooling=False");
        var panel = await StartAsync(connection, Path.Combine(folder, "events.db"), folder, FillHostile);
        var all = string.Join(' ', HostileTexts.All);
        Execute(
            connection,
            "UPDATE pattern_approvals SET reviewed_by = @all, approval_notes = @all, pattern_context = pattern_context || @all",
            ("@all", all)
        );
        Execute(
            connection,
            "INSERT INTO pattern_review_history (pattern_id, action, reviewer, notes) "
                + "SELECT pattern_id, 'commented', @all, @all FROM pattern_approvals",
            ("@all", all)
        );
        return panel;
    }

    /// <summary>The same over a database of its own on the tests' PostgreSQL server.</summary>
    public static Task<Panel> StartOnPostgresAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pattern-analysis-panel-").FullName;
        var server = PostgresServer.Shared.Address;
        var name = $"panel_{Guid.NewGuid():N}";
        using var first = new NpgsqlConnection(server);
        Execute(first, $"CREATE DATABASE {name}");
        var address = server.Replace("Database=postgres", $"Database={name}", StringComparison.Ordinal);
        using var connection = new NpgsqlConnection(address);
        return StartAsync(connection, address, folder);
    }

    private static async Task<Panel> StartAsync(DbConnection connection, string address, string folder, Action<DbConnection>? fill = null)
    {
        (fill ?? Fill)(connection);
        var database = PatternDatabase.Open(address);
        new DailyAnalysis(database.Events, database.Approvals).Run(
            new AnalysisOptions { Query = new EventQuery { Window = TimeWindow.Last(24 * 30, DateTimeOffset.UtcNow) } }
        );
        var (log, time) = (new ConcurrentQueue<string>(), new MovableTime());
        var server = await PanelServer.StartAsync(
            new PanelOptions
            {
                Store = database.Approvals,
                Runs = database.Runs,
                Effects = database.Effects,
                DatabaseName = "events.db",
                Reviewer = "ada",
                Port = 0,
                Log = log.Enqueue,
                Time = time,
            }
        );
        return new Panel(server, database, folder) { Log = log, Time = time };
    }

    /// <summary>Stores what a message of an hour ago used.</summary>
    public void Spend() =>
        Database.UsageWriter.Write(
            [
                new()
                {
                    SessionId = "s",
                    MessageId = "m",
                    Model = "claude-opus-4-5",
                    Timestamp = DateTime.UtcNow.AddHours(-1),
                    InputTokens = 247_000_000,
                },
            ],
            [],
            CancellationToken.None
        );

    /// <summary>A saving run by the default options.</summary>
    public void Analyze() => new DailyAnalysis(Database.Events, Store, usage: Database.Usage).Run(new AnalysisOptions());

    /// <summary>Opens the printed link, as a browser does.</summary>
    public async Task SignInAsync() => Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync(new Uri(Server.Link))).StatusCode);

    public PatternApproval Find(params string[] steps) => Store.Describe(RepeatedPattern.IdOf(Sequences.StepText.Join(steps))).Approval;

    /// <summary>The value of the hidden field that a page's forms carry.</summary>
    public async Task<Dictionary<string, string>> ReadFormAsync(string page)
    {
        var html = await Browser.GetStringAsync(new Uri(page, UriKind.Relative));
        var fields = System.Text.RegularExpressions.Regex.Matches(html, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
        return fields
            .DistinctBy(field => field.Groups[1].Value)
            .ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        Program.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // Browsers know by themselves that names below localhost are this machine; this client asks the system, which may not.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static void Fill(DbConnection connection)
    {
        Execute(connection, "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)");
        using var transaction = connection.BeginTransaction();
        var now = DateTime.UtcNow;
        foreach (var (routine, number) in s_routines.Select((routine, number) => (routine, number)))
        {
            for (var session = 0; session < 16; session++)
            {
                var time = now.AddDays(-session % 8).AddHours(-2).AddMinutes(-number);
                foreach (var tool in routine)
                {
                    time = time.AddSeconds(1);
                    Execute(
                        connection,
                        "INSERT INTO hook_events VALUES (@session, 'tool_use', @tool, @time)",
                        ("@session", $"session-{number}-{session}"),
                        ("@tool", tool),
                        ("@time", time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
                    );
                }
            }
        }

        transaction.Commit();
    }

    private static void FillHostile(DbConnection connection)
    {
        Execute(connection, "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)");
        using var transaction = connection.BeginTransaction();
        for (var number = 0; number < HostileTexts.All.Count; number++)
        {
            for (var session = 0; session < 4; session++)
            {
                var time = DateTime.UtcNow.AddDays(-session - 1).AddMinutes(number);
                foreach (var tool in new[] { "Read", HostileTexts.All[number], "Edit" })
                {
                    Execute(
                        connection,
                        "INSERT INTO hook_events VALUES (@session, 'tool_use', @tool, @time)",
                        ("@session", $"{HostileTexts.All[number]}/{number}/{session}"),
                        ("@tool", tool),
                        ("@time", (time = time.AddSeconds(1)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
                    );
                }
            }
        }

        transaction.Commit();
    }

    private static void FillRoutine(DbConnection connection)
    {
        Execute(connection, "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)");
        using var transaction = connection.BeginTransaction();
        for (var i = 0; i < 16; i++)
        {
            AddCalls(
                connection,
                $"release-{i}",
                i,
                ("npm ci", "Bash"),
                ("npm run build", "Bash"),
                ("npm test", "Bash"),
                ($"git tag v{i}", "Bash")
            );
            AddCalls(connection, $"fix-{i}", i, ($"a{i}.cs", "Read"), ($"a{i}.cs", "Edit"), ($"x{i}", "Grep"));
            AddCalls(connection, $"own-{i}", i, ($"one{i} a", "Bash"), ($"two{i} b", "Bash"));
            if (i % 2 == 0)
                AddCalls(connection, $"short-{i}", i, ("npm ci", "Bash"), ("npm run build", "Bash"), ($"three{i} b", "Bash"));
        }

        transaction.Commit();
    }

    private static void AddCalls(DbConnection connection, string session, int day, params (string Text, string Tool)[] calls)
    {
        var time = DateTime.UtcNow.AddDays(-day).AddHours(-2);
        foreach (var (text, tool) in calls)
        {
            time = time.AddSeconds(1);
            var name = tool switch
            {
                "Bash" => "command",
                "Grep" => "pattern",
                _ => "file_path",
            };
            var payload = new System.Text.Json.Nodes.JsonObject
            {
                ["tool_input"] = new System.Text.Json.Nodes.JsonObject { [name] = text },
            };
            Execute(
                connection,
                "INSERT INTO hook_events VALUES (@session, 'PreToolUse', @tool, @time, @payload)",
                ("@session", session),
                ("@tool", tool),
                ("@time", time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                ("@payload", payload.ToJsonString())
            );
        }
    }

    private static void Execute(DbConnection connection, string sql, params (string Name, string Value)[] parameters)
    {
        if (connection.State != ConnectionState.Open)
            connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        command.ExecuteNonQuery();
    }
}
