using PatternAnalysis.Import;
using PatternAnalysis.Recording;

namespace PatternAnalysis.Tests.Recording;

/// <summary>The command lines that stand in an agent's hooks.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("/opt/pattern-analysis", "/opt/pattern-analysis")]
    [InlineData("-_./:,+@%aZ09", "-_./:,+@%aZ09")]
    [InlineData("/my tools/p", "'/my tools/p'")]
    [InlineData("/o'neil/p", "'/o'\\''neil/p'")]
    [InlineData("/a$(x)", "'/a$(x)'")]
    [InlineData("/ü", "'/ü'")]
    public void A_path_is_one_word_and_nothing_in_it_acts(string path, string word) => Assert.Equal(word, ShellText.Quote(path));

    [Fact]
    public void The_recorder_is_called_with_its_database_and_how_much_is_stored()
    {
        Assert.Equal(
            "/opt/pattern-analysis record --database '/my data/events.db'",
            new RecorderCommandLine("/opt/pattern-analysis", "/my data/events.db", PayloadMode.Command).ToString()
        );
        Assert.Equal(
            "/opt/pattern-analysis record --database e.db --payload-mode Full",
            new RecorderCommandLine("/opt/pattern-analysis", "e.db", PayloadMode.Full).ToString()
        );
    }

    [Fact]
    public void What_only_leaves_its_input_tries_each_folder_that_is_the_users_and_never_disturbs_the_agent()
    {
        var isMine = OperatingSystem.IsWindows() ? "-d" : "-O";

        Assert.Equal(
            "umask 077; for d in /a/spool '/my b'; do [ -d \"$d\" ] || mkdir \"$d\"; "
                + $"[ {isMine} \"$d\" ] && f=$(mktemp \"$d/$$-Full-XXXXXXXX\") || continue; "
                + "if cat >\"$f\"; then mv \"$f\" \"$f.hook\"; else : >\"$f\"; fi; exit 0; done 2>/dev/null; "
                + "echo 'No folder for events can be written.' >&2; exit 0 # pattern-analysis record",
            new SpoolCommandLine(["/a/spool", "/my b"], PayloadMode.Full).ToString()
        );
    }
}
