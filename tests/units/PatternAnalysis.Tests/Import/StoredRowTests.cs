using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace PatternAnalysis.Tests.Import;

/// <summary>
/// What is stored of the cases and of their relatives, to the last field: a record that was imported by one version and comes again in
/// another is the same row, or it would count twice. <c>PATTERN_ANALYSIS_UPDATE=1</c> writes the files anew; a change of them is one of
/// everybody's database.
/// </summary>
public class StoredRowTests
{
    private static readonly DateTime s_written = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Inputs =>
        new(
            Directory
                .GetDirectories(ImportCase.PathOf(""))
                .Select(folder => $"Cases/{Path.GetFileName(folder)}")
                .Concat(Directory.GetDirectories(ImportCase.Relatives).Select(folder => $"Relatives/{Path.GetFileName(folder)}/in"))
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Inputs))]
    public void What_is_stored_of_a_record_stays_as_it_was_or_its_next_import_counts_twice(string input)
    {
        using var folder = new ImportFolder();
        foreach (var (name, content) in ImportCase.FilesBelow(Path.Combine(ImportCase.PathOf(".."), input)))
        {
            folder.Add(name, content);
            File.SetLastWriteTimeUtc(Path.Combine(folder.Input, name), s_written);
        }

        folder.Import();

        var file = Path.Combine(Here(), $"{input.Split('/')[0]}-{input.Split('/')[1]}.txt");
        var stored = Told(folder);
        if (Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_UPDATE") == "1")
            File.WriteAllText(file, stored);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), stored);
    }

    private static string Told(ImportFolder folder)
    {
        var text = new StringBuilder();
        foreach (var row in folder.Rows)
        {
            text.AppendJoin(' ', row.EventId, row.EventType, row.SessionId, row.SourceApp, Time(row.Timestamp), row.ToolName).Append('\n');
            text.Append("  ").Append(row.Payload.Replace("\n", "\\n")).Append('\n');
        }

        foreach (var message in folder.Messages)
        {
            text.AppendJoin(' ', "message", message.MessageId, message.SessionId, message.AgentId, message.PromptId, message.SourceApp);
            text.Append(CultureInfo.InvariantCulture, $" {message.Model} {Time(message.Timestamp)} {message.InputTokens}")
                .Append(CultureInfo.InvariantCulture, $" {message.OutputTokens} {message.CacheWriteTokens} {message.CacheReadTokens}")
                .Append(CultureInfo.InvariantCulture, $" {message.CallCount}\n");
        }

        foreach (var result in folder.Results)
            text.AppendJoin(' ', ["result", result.SessionId, result.ToolUseId, Time(result.Timestamp), .. result.Tokens]).Append('\n');
        return text.Replace(folder.Input, "FOLDER").ToString();
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static string Here([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Stored");
}
