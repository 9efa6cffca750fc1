using Microsoft.Data.Sqlite;
using PatternAnalysis.Cli.Tests.Support;

namespace PatternAnalysis.Cli.Tests;

/// <summary>What reaches a terminal, a file, or another program.</summary>
public sealed class TerminalTests : IDisposable
{
    // Sets the title, moves up, clears the line, goes back, turns the direction; the last is a control sequence of one character.
    private const string Hostile = "\u001b]0;owned\u0007\u001b[1A\u001b[2K\roverwritten\u202Egnp\u009b31m";

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void No_name_and_no_note_reaches_a_terminal_as_it_is_whatever_the_command()
    {
        var database = _cli.SampleDatabase();
        Assert.Equal(0, _cli.Run("analyze", "-d", database, "--since", "2026-03-02").ExitCode);
        var id = _cli.Run("review", "-d", database, "--list", "--first", "1").Output.Split(Environment.NewLine)[1][..16];
        // As another program may have written it.
        Execute(
            database,
            "UPDATE pattern_approvals SET tool_sequence = @hostile || tool_sequence, reviewed_by "
                + "= @hostile, pattern_context = @hostile, example_sessions = '[\"' || @hostile || '\"]'"
        );
        Execute(
            database,
            "INSERT INTO pattern_review_history (pattern_id, action, reviewer, notes) SELECT "
                + "pattern_id, 'commented', @hostile, @hostile FROM pattern_approvals LIMIT 3"
        );
        Execute(database, "UPDATE hook_events SET tool_name = @hostile, session_id = @hostile || session_id");
        File.WriteAllText(Path.Combine(_cli.Folder, $"{Hostile.Replace("/", "", StringComparison.Ordinal)}.jsonl"), "{\"broken\":");

        string[][] commands =
        [
            ["analyze", "-d", database, "--since", "2026-03-02", "--verbose"],
            ["import", _cli.Folder, "-d", database],
            ["review", "-d", database, "--list"],
            ["review", "-d", database, "--stats"],
            ["review", "-d", database, "--history"],
            ["review", "-d", database, "--approve", id, "--reviewer", Hostile, "--replace"],
            ["review", "-d", database, "--deny", Hostile, "--reason", Hostile],
            ["danger", Hostile],
            ["workflow", Hostile, "-d", database, "--format", "skill"],
            ["optimize", "-d", Path.Combine(_cli.Folder, Hostile)],
            ["no such command", Hostile],
        ];
        Assert.All(
            commands,
            command =>
            {
                var (_, output, error) = _cli.Run(command);
                AssertPlain(output + error);
                Assert.NotEmpty(output + error);
            }
        );
    }

    [TerminalFact]
    public void Nor_in_the_dialogue()
    {
        var database = _cli.SampleDatabase();
        Assert.Equal(0, _cli.Run("analyze", "-d", database, "--since", "2026-03-02").ExitCode);
        Execute(
            database,
            "UPDATE pattern_approvals SET tool_sequence = @hostile || tool_sequence, reviewed_by = @hostile, pattern_context = @hostile"
        );

        AssertPlain(_cli.RunInTerminal("dumb", ["d", "s", "q"], "review", "-d", database).Output.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("analyze", "--since", "2026-03-02")]
    [InlineData("import", "../")]
    public void What_is_piped_has_no_word_of_progress(params string[] command)
    {
        var database = _cli.SampleDatabase();
        var samples = Directory.CreateDirectory(Path.Combine(_cli.Folder, "samples")).FullName;
        File.WriteAllText(Path.Combine(samples, "hook-events.jsonl"), SampleEvents.Write());

        var (exitCode, output, error) = _cli.Run([.. command.Select(word => word == "../" ? samples : word), "-d", database]);

        Assert.Equal((0, ""), (exitCode, error));
        AssertPlain(output);
        Assert.DoesNotContain("...", output, StringComparison.Ordinal);
    }

    [TerminalFact]
    public void In_a_terminal_a_line_says_what_is_being_done_and_goes_away_without_an_escape_sequence()
    {
        var database = _cli.SampleDatabase();

        var (exitCode, output) = _cli.RunInTerminal("xterm", [], "analyze", "-d", database, "--since", "2026-03-02");

        Assert.Equal(0, exitCode);
        Assert.Contains("\rMining ", output, StringComparison.Ordinal);
        // What .NET itself sends a terminal before a program's first word, whatever that is.
        Assert.DoesNotContain('\u001b', output.Replace("\u001b[?1h\u001b=", "", StringComparison.Ordinal));
        // The last thing before the summary are blanks.
        Assert.Matches("\r +\r=====", output);
    }

    [TerminalFact]
    public void A_dumb_terminal_which_cannot_go_back_is_told_the_result_only()
    {
        var (exitCode, output) = _cli.RunInTerminal("dumb", [], "analyze", "-d", _cli.SampleDatabase(), "--since", "2026-03-02");

        Assert.Equal(0, exitCode);
        Assert.StartsWith("=====", output, StringComparison.Ordinal);
        AssertPlain(output.ReplaceLineEndings("\n"));
    }

    private static void AssertPlain(string text) =>
        Assert.DoesNotContain(
            text.ReplaceLineEndings("\n"),
            character => character is not ('\n' or '\t') && (char.IsControl(character) || character is '\u202E')
        );

    private static void Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (sql.Contains("@hostile", StringComparison.Ordinal))
            command.Parameters.AddWithValue("@hostile", Hostile);
        command.ExecuteNonQuery();
    }
}
