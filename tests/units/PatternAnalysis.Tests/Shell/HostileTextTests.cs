using CsCheck;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;
using PatternAnalysis.Tests.Danger;

namespace PatternAnalysis.Tests.Shell;

public class HostileTextTests
{
    private static readonly string[] s_fragments =
    [
        "a",
        "rm -rf x",
        " ",
        "\n",
        "\t",
        ";",
        "&&",
        "||",
        "|",
        "&",
        "(",
        ")",
        "{",
        "}",
        "[[",
        "]]",
        "$(",
        "$((",
        "))",
        "${",
        "`",
        "'",
        "\"",
        "\\",
        "$'",
        "$x",
        "<(",
        ">",
        ">>",
        "<<EOF\n",
        "EOF\n",
        "<<-'E'\n",
        "E\n",
        "<<<",
        "2>&1",
        "#",
        "case x in",
        "esac",
        ";;",
        "if",
        "then",
        "fi",
        "for x in",
        "do",
        "done",
        "function f",
        "f()",
        "x=(",
        "x=",
        "!",
        "bash -c '",
        "pwsh -c \"",
        "env -S ",
        "eval ",
        "find . -exec ",
        "docker exec c ",
        "kubectl exec p -- ",
        "parallel ",
        "rtk ",
        "fd -x ",
        "ssh h ",
        "xargs ",
        "sudo ",
        "@'",
        "'@",
        "@\"",
        "\"@",
        "@{",
        "@(",
        "<#",
        "#>",
        "`\n",
        "::",
        ".Delete(",
        "-enc ",
        "é",
        "\0",
        "\ud83d",
        "%",
    ];

    private static readonly Gen<string> s_texts = Gen.Int[0, s_fragments.Length - 1]
        .Select(index => s_fragments[index])
        .Array[0, 40]
        .Select(string.Concat);

    private static readonly Gen<string> s_anyText = Gen.OneOf(s_texts, Gen.String);

    [Fact]
    public void Any_text_is_read_and_judged() =>
        s_anyText.Sample(
            text =>
            {
                foreach (var dialect in Enum.GetValues<ShellDialect>())
                {
                    var script = ShellReader.Read(text, dialect);
                    DangerTests.Assessor.AssessScript(script);
                    Assert.All(script.Segments, segment => Assert.InRange(segment.Arguments.Count, 0, text.Length));
                }
            },
            iter: 20_000
        );

    [Fact]
    public void A_command_at_the_end_of_a_readable_text_is_found() =>
        s_texts.Sample(
            text =>
            {
                var script = ShellReader.Read(text, ShellDialect.Posix);
                var longer = ShellReader.Read(text + "\nrm -rf x\n", ShellDialect.Posix);

                // Where a text can be read to its end, nothing in it can hide what follows, save the here-document that it opens.
                if (!script.HasUnknown && !text.Contains("<<", StringComparison.Ordinal) && !text.EndsWith('\\'))
                    Assert.Contains(longer.Segments, segment => segment.Program is "rm" || segment.HasUnknown);
            },
            iter: 20_000
        );

    [Fact]
    public void Quoting_makes_any_text_one_argument() =>
        s_anyText.Sample(
            text =>
            {
                var quoted = "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

                var segment = Assert.Single(ShellReader.Read("git commit -m " + quoted, ShellDialect.Posix).Segments);

                Assert.Equal(text, segment.Arguments[2].Value);
                Assert.Equal(DangerVerdict.Safe, DangerTests.Bash("git commit -m " + quoted));
            },
            iter: 5_000
        );

    public static TheoryData<string> Repeated => new(s_fragments);

    [Theory]
    [MemberData(nameof(Repeated))]
    public void Sixty_kilobytes_of_anything_are_judged(string fragment)
    {
        var text = string.Concat(Enumerable.Repeat(fragment, 60_000 / fragment.Length));

        foreach (var dialect in Enum.GetValues<ShellDialect>())
            Assert.NotNull(DangerTests.Assessor.AssessCommand(text, dialect));
    }

    /// <summary>Work is counted in characters gone past or looked ahead at and in segments handed on, not in time.</summary>
    [Theory]
    [MemberData(nameof(Repeated))]
    public void Sixty_kilobytes_of_anything_are_read_with_work_that_grows_with_their_length(string fragment)
    {
        foreach (
            var text in new[]
            {
                Repeat(fragment, 60_000),
                new string('(', 30_000) + Repeat(fragment, 30_000),
                Repeat(fragment + "$(", 60_000),
            }
        )
        {
            foreach (var dialect in Enum.GetValues<ShellDialect>())
            {
                var script = ShellReader.Read(text, dialect, out var work);

                // A text inside a text is read again, up to four times all of it, and looked ahead at as often.
                Assert.InRange(work, 0, 40L * text.Length);
                Assert.InRange(script.Segments.Count, 0, ShellReader.MaximumSegments);
                Assert.Equal(script.Segments.Count, script.Segments.Distinct().Count());

                // What rules look at: the words of all segments, however they are nested.
                Assert.InRange(script.Segments.Sum(segment => segment.Arguments.Sum(word => (long)word.Value.Length)), 0, 8L * text.Length);
                Assert.InRange(script.Segments.Sum(segment => segment.Arguments.Count), 0, 2 * text.Length);
            }
        }
    }

    [Theory]
    [InlineData(17)]
    [InlineData(10_000)]
    public void Brackets_that_are_never_closed_add_what_stands_in_them_once(int count)
    {
        foreach (var bracket in new[] { "(", "{", "$(", "@(", "((", "$((", "`", "[[" })
        {
            foreach (var dialect in Enum.GetValues<ShellDialect>())
                Assert.InRange(ShellReader.Read(Repeat(bracket, count * bracket.Length) + "ls", dialect).Segments.Count, 0, 64);
        }
    }

    private static string Repeat(string fragment, int length) => string.Concat(Enumerable.Repeat(fragment, length / fragment.Length));

    [Fact]
    public void Twice_the_text_takes_about_twice_the_memory()
    {
        static long Allocated(int size)
        {
            var text = string.Concat(Enumerable.Repeat("echo \"$(ls 'x' | wc -l)\" && ", size));
            ShellReader.Read(text, ShellDialect.Posix);
            var before = GC.GetAllocatedBytesForCurrentThread();
            ShellReader.Read(text, ShellDialect.Posix);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(Allocated(2_000) / (double)Allocated(500), 3, 5);
    }

    [Theory]
    [InlineData("$(", ")")]
    [InlineData("(", ")")]
    [InlineData("$((", "))")]
    [InlineData("\"$(", ")\"")]
    public void Nesting_past_the_limit_is_unknown_and_not_a_crash(string open, string close)
    {
        var text = "echo " + string.Concat(Enumerable.Repeat(open, 5_000)) + "rm x" + string.Concat(Enumerable.Repeat(close, 5_000));

        Assert.NotEqual(DangerLevel.Safe, DangerTests.Bash(text).Level);
    }

    [Fact]
    public void Too_many_commands_end_in_an_unknown_one()
    {
        var script = ShellReader.Read(
            string.Concat(Enumerable.Repeat("ls;", ShellReader.MaximumSegments + 1)) + "rm x",
            ShellDialect.Posix
        );

        Assert.Equal(ShellReader.MaximumSegments, script.Segments.Count);
        Assert.True(script.Segments[^1].HasUnknown);
    }
}
