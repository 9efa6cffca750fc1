using System.Diagnostics;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>An import that was ended from outside is completed by running it again, and ends with the rows of an undisturbed one.</summary>
public sealed class ImportInterruptionTests : IDisposable
{
    private const int Files = 40;
    private const int CallsOfAFile = 160; // more events than one transaction takes

    private readonly ImportFolder _folder = new();

    public ImportInterruptionTests()
    {
        for (var file = 0; file < Files; file++)
        {
            var session = $"5e550000-1111-4222-8333-{file:D12}";
            var records = new ClaudeRecords(session).User("go");
            for (var call = 0; call < CallsOfAFile; call++)
                records
                    .Call($"toolu_{file:D4}x{call:D12}", "Read", new { file_path = $"/src/File{call}.cs" })
                    .Result($"toolu_{file:D4}x{call:D12}", $"src/File{call + 1}.cs");
            _folder.Add($"{session}.jsonl", records.Text);
        }
    }

    public void Dispose() => _folder.Dispose();

    [UnixTheory]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public void A_killed_import_goes_on(long bytesOfTheLog)
    {
        using var import = Start();
        while (!import.HasExited && !HasLog(bytesOfTheLog))
            Thread.Sleep(1);
        import.Kill();
        import.WaitForExit();

        _folder.Import();

        AssertUndisturbed();
    }

    [UnixTheory]
    [InlineData(500)]
    [InlineData(4_000)]
    public void A_full_disk_is_one_clear_error_and_loses_nothing(int blocks)
    {
        // A limit on the size of files stands in for it: the write fails, and the program is not ended.
        using var import = Start("sh", "-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"", "sh");
        var error = import.StandardError.ReadToEnd();
        import.WaitForExit();

        Assert.Equal(1, import.ExitCode);
        Assert.StartsWith("error DatabaseInputOutput: ", error, StringComparison.Ordinal);
        Assert.Contains("The disk is full or failing.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);

        _folder.Import();

        AssertUndisturbed();
    }

    private bool HasLog(long bytes) => new FileInfo(_folder.Database + "-wal") is { Exists: true } log && log.Length >= bytes;

    private Process Start(params string[] before)
    {
        string[] words =
        [
            .. before,
            "dotnet",
            "exec",
            Path.Combine(AppContext.BaseDirectory, "pattern-analysis.dll"),
            "import",
            _folder.Input,
            "--database",
            _folder.Database,
        ];
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0"; // the runtime makes large files for it
        return Process.Start(start)!;
    }

    private void AssertUndisturbed()
    {
        using var undisturbed = new ImportFolder();
        undisturbed.Import(paths: _folder.Input);

        foreach (
            var query in new[]
            {
                "SELECT event_id, event_type, source_app, session_id, timestamp, tool_name, payload FROM hook_events ORDER BY event_id",
                "SELECT * FROM pattern_messages ORDER BY message_id, session_id",
                "SELECT * FROM pattern_call_results ORDER BY tool_use_id, session_id, observed_at",
                "SELECT path, length FROM pattern_imported_files ORDER BY path",
            }
        )
            Assert.Equal(Rows(undisturbed, query), Rows(_folder, query));
        Assert.Equal(Files * (2 * CallsOfAFile + 1), _folder.Stored().Count);
    }

    private static IReadOnlyList<string> Rows(ImportFolder folder, string query)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        return [.. connection.Query(query).Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values))];
    }
}
