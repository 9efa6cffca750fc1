using PatternAnalysis.Danger;
using PatternAnalysis.Import;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Tests.Import;

/// <summary>
/// Relatives of the import's cases at other agents and versions: each a folder of input that was written after the formats' descriptions,
/// and beside it what is to come of it. Its name begins with the case's number.
/// </summary>
public class RelativeCaseTests
{
    public static TheoryData<string> Names =>
        new(Directory.GetDirectories(ImportCase.Relatives).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_relative_of_a_case_is_read_as_what_happened(string name)
    {
        using var folder = Copy(name);

        var told = Told(folder, folder.Import());

        Assert.True(Expected(name) == told, $"Expected\n{Expected(name)}\n\nTold\n{told}");
        Assert.Equal(0, folder.Import(new ImportOptions { ReadsAll = true }).NewCount);
    }

    // Cases 12 to 14 are about how files are found and opened, which is asked where that is done.
    [Fact]
    public void Every_case_has_two_relatives() =>
        Assert.All(
            Enumerable.Range(1, 23).Except([12, 13, 14]).Select(number => $"{number:D2}-"),
            number => Assert.True(Directory.GetDirectories(ImportCase.Relatives, $"{number}*").Length >= 2, number)
        );

    private static string Told(ImportFolder folder, ImportResult result)
    {
        List<string> lines = [folder.Told(), $"prompts {folder.Count("UserPromptSubmit")}"];
        lines.AddRange(
            result.Skipped.Select(skip =>
                $"skipped {skip.Reason} {skip.Count}: "
                + string.Join(
                    ", ",
                    skip.Examples.Select(example =>
                        example[
                            (
                                example.LastIndexOf(
                                    Path.DirectorySeparatorChar,
                                    example.IndexOfAny([' ', '\n']) is >= 0 and var end ? end : example.Length - 1
                                ) + 1
                            )..
                        ]
                    )
                )
            )
        );
        lines.AddRange(Destructive(folder).Distinct().Select(activity => $"destructive {activity}"));
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static IEnumerable<string> Destructive(ImportFolder folder)
    {
        var assessor = new DangerAssessor(DangerRuleSet.BuiltIn);
        foreach (var row in folder.Stored().Where(row => row is { Type: "PreToolUse", Tool: not null }))
        {
            var use = ToolUseReader.Read(row.Tool!, System.Text.Encoding.UTF8.GetBytes(row.Payload));
            if (assessor.AssessToolUse(use).Level == DangerLevel.Destructive)
                yield return $"{row.Tool}({use.Command?.Split(' ')[0]})";
        }
    }

    private static string Expected(string name) =>
        string.Join('\n', File.ReadLines(Path.Combine(ImportCase.Relatives, name, "expected.txt")).Where(line => !line.StartsWith('#')));

    private static ImportFolder Copy(string name)
    {
        var folder = new ImportFolder();
        foreach (var (file, content) in ImportCase.FilesBelow(Path.Combine(ImportCase.Relatives, name, "in")))
            folder.Add(file, content);
        return folder;
    }
}
