using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>The program that a command runs, and the code that it hands on, whatever the command is written like.</summary>
public class CommandResolverTests
{
    private static IReadOnlyList<ShellSegment> Read(string text, ShellDialect dialect = ShellDialect.Posix) =>
        ShellReader.Read(text, dialect).Segments;

    private static string Programs(string text, ShellDialect dialect = ShellDialect.Posix) =>
        string.Join(' ', Read(text, dialect).Select(segment => segment.Program));

    [Theory]
    [InlineData("env -S 'A=1 rm -f' x")]
    [InlineData("env --split-string 'rm -f' x")]
    [InlineData("env --split-string='rm -f' x")]
    [InlineData("env -S'rm -f' x")]
    [InlineData("env -iS 'rm -f' x")]
    [InlineData("env -vS 'rm -f' x")]
    [InlineData("env -i -S 'rm -f' x")]
    [InlineData("nice env -S 'rm -f' x")]
    public void A_line_that_env_splits_is_a_command(string text)
    {
        var segments = Read(text);

        Assert.Equal(("env", "rm", "-f x"), (segments[0].Program, segments[1].Program, string.Join(' ', segments[1].Arguments)));
    }

    [Theory]
    [InlineData("eval 'rm a'", "eval rm")]
    [InlineData("eval rm a ';' ls", "eval rm ls")]
    [InlineData("su -c 'rm a'", "su rm")]
    [InlineData("su - ada --command 'rm a'", "su rm")]
    [InlineData("runuser ada -c 'rm a'", "runuser rm")]
    [InlineData("script -q -c 'rm a' log", "script rm")]
    [InlineData("flock lock -c 'rm a'", "flock rm")]
    [InlineData("flock lock --command 'rm a'", "flock rm")]
    [InlineData("su -c", "su")]
    [InlineData("rsync -c 'rm a'", "rsync")]
    [InlineData("cmd /c rm a", "cmd rm")]
    [InlineData("cmd.exe /C rm a", "cmd rm")]
    [InlineData("CMD /k rm a", "CMD rm")]
    [InlineData("cmd /s rm a", "cmd")]
    [InlineData("iex 'rm a'", "iex rm")]
    [InlineData("IEX 'rm a'", "IEX rm")]
    [InlineData("invoke-expression 'rm a'", "invoke-expression rm")]
    [InlineData("Eval 'rm a'", "Eval")]
    public void A_text_that_a_program_runs_is_read(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("find . -exec rm a ;", "find rm")]
    [InlineData("find . -execdir rm a +", "find rm")]
    [InlineData("gfind . -ok rm a ; -okdir ls b ;", "gfind rm ls")]
    [InlineData("find . -name rm", "find")]
    [InlineData("find . -exec", "find")]
    [InlineData("find . -exec ;", "find")]
    [InlineData("fd -e py -x rm", "fd rm")]
    [InlineData("fdfind a -X rm b", "fdfind rm")]
    [InlineData("fd a --exec rm", "fd rm")]
    [InlineData("fd a --exec=rm", "fd rm")]
    [InlineData("fd a --exec-batch rm ; --exec ls", "fd rm ls")]
    [InlineData("fd a -xrm", "fd rm")]
    [InlineData("fd a -uHx rm", "fd rm")]
    [InlineData("fd a -uHIX rm", "fd rm")]
    [InlineData("fd a -tx rm", "fd")]
    [InlineData("fd a -ax rm", "fd")]
    [InlineData("fd a -cx rm", "fd")]
    [InlineData("fd a -dx rm", "fd")]
    [InlineData("fd a -ex rm", "fd")]
    [InlineData("fd a -ox rm", "fd")]
    [InlineData("fd a -Ex rm", "fd")]
    [InlineData("fd a -Sx rm", "fd")]
    [InlineData("fd a -jx rm", "fd")]
    [InlineData("fd a --extension x rm", "fd")]
    [InlineData("fd a -H rm", "fd")]
    [InlineData("grep -exec rm a", "grep")]
    public void What_a_finder_runs_for_each_file_is_a_command(string text, string programs) =>
        Assert.Equal(programs, Programs(text.Replace(" ;", " \\;", StringComparison.Ordinal)));

    [Fact]
    public void A_command_that_a_finder_runs_ends_where_the_finder_goes_on()
    {
        var segments = Read("find . -exec rm -f {} + -exec grep x {} \\; -print");

        Assert.Equal(["rm -f {}", "grep x {}"], segments.Skip(1).Select(segment => segment.Text));
        Assert.All(segments.Skip(1), segment => Assert.Same(segments[0], segment.Owner));
        Assert.Equal([0, 1, 1], segments.Select(segment => segment.Depth));
    }

    [Theory]
    [InlineData("rm -{r,f} a", true)]
    [InlineData("git push --{force,all}", true)]
    [InlineData("git push {--force,origin}", true)]
    [InlineData("git push {origin,--force}", true)]
    [InlineData("tool -{1..3}", true)]
    [InlineData("rm '-{r,f}' a", false)]
    [InlineData("rm {a,b}", false)]
    [InlineData("rm a{-r,-f}", false)]
    [InlineData("rm -{r} a", false)]
    [InlineData("rm -r,f a", false)]
    [InlineData("rm {a-b,c}", false)]
    public void Braces_that_may_make_options_are_doubted(string text, bool isDoubted) =>
        Assert.Equal(isDoubted ? "braces may make options" : null, Read(text)[0].UnknownReason);

    [Theory]
    [InlineData("$tool a")]
    [InlineData("\"$tool\" a")]
    [InlineData("tool-$version a")]
    [InlineData("$(which rm) a")]
    [InlineData("\"$HOME/$tool\" a")]
    [InlineData("bin/ a")]
    public void A_program_that_is_known_at_run_time_only_has_no_name(string text)
    {
        var segment = Read(text)[0];

        Assert.Null(segment.Program);
        Assert.Equal("the command's name is known at run time only", segment.UnknownReason);
        Assert.Equal(["a"], segment.Arguments.Select(word => word.Value));
    }

    [Fact]
    public void Sixteen_wrappers_are_taken_off_and_no_more()
    {
        static ShellSegment Wrapped(int count) => Read(string.Concat(Enumerable.Repeat("sudo ", count)) + "rm a")[0];

        Assert.Equal(("rm", 16), (Wrapped(16).Program, Wrapped(16).Wrappers.Count));
        Assert.Equal(("sudo", 16), (Wrapped(17).Program, Wrapped(17).Wrappers.Count));
    }

    [Theory]
    [InlineData("./sudo a", "sudo")]
    [InlineData("./timeout 5 a", "timeout")]
    [InlineData("/usr/bin/sudo rm a", "rm")]
    [InlineData("./python -m rm a", "rm")]
    [InlineData("./env -S 'rm a'", "env")]
    [InlineData("/usr/bin/env -S 'rm a'", "env rm")]
    public void A_script_of_the_project_with_the_name_of_a_wrapper_is_none(string text, string programs) =>
        Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("proxy")]
    [InlineData("run")]
    [InlineData("exec")]
    [InlineData("x")]
    [InlineData("do")]
    [InlineData("with")]
    [InlineData("wrap")]
    [InlineData("test")]
    [InlineData("err")]
    [InlineData("summary")]
    public void Behind_a_program_that_nobody_knows_and_one_verb_a_known_one_is_looked_for(string verb)
    {
        Assert.Equal("mytool git", Programs($"mytool {verb} git push"));
        Assert.Equal("mytool git", Programs($"mytool -v --flag {verb} -- /usr/bin/git push"));
        Assert.Equal("mytool", Programs($"mytool {verb} {verb} git push"));
        Assert.True(Read($"mytool {verb} git push")[0].IsUnknownWrapper);
    }

    [Theory]
    [InlineData("mytool git push", "mytool git")]
    [InlineData("mytool python3 a.py", "mytool python3")]
    [InlineData("mytool GIT push", "mytool GIT")]
    [InlineData("mytool list git push", "mytool")]
    [InlineData("mytool ./git push", "mytool")]
    [InlineData("mytool $git push", "mytool")]
    [InlineData("mytool -v", "mytool")]
    [InlineData("./git git push", "git git")]
    [InlineData("git git push", "git")]
    [InlineData("python3 git push", "python3")]
    public void Only_a_known_program_behind_an_unknown_one_is_taken_for_a_command(string text, string programs) =>
        Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("/bin/git", true)]
    [InlineData("/sbin/git", true)]
    [InlineData("/usr/local/bin/git", true)]
    [InlineData("/opt/homebrew/bin/git", true)]
    [InlineData("'C:\\Program Files\\Git\\bin\\git.exe'", true)]
    [InlineData("'c:/windows/system32/git.exe'", true)]
    [InlineData("'Microsoft.PowerShell.Management\\git'", true)]
    [InlineData(".venv/bin/git", true)]
    [InlineData("venv/Scripts/git", true)]
    [InlineData("./node_modules/.bin/git", true)]
    [InlineData("~/.local/bin/git", true)]
    [InlineData("~/.cargo/bin/git", true)]
    [InlineData("~/go/bin/git", true)]
    [InlineData("~/.dotnet/git", true)]
    [InlineData("~/.dotnet/tools/git", true)]
    [InlineData("~/.bun/bin/git", true)]
    [InlineData("git", true)]
    [InlineData("./gradlew", true)]
    [InlineData("./mvnw", true)]
    [InlineData("./git", false)]
    [InlineData("bin/git", false)]
    [InlineData("x/bin/git", false)]
    [InlineData("/home/ada/bin/git", false)]
    [InlineData("./usr/bin/git", false)]
    [InlineData("/tmp/node_modules/git", false)]
    public void A_program_is_what_its_name_says_where_programs_are_installed(string path, bool isWellKnown) =>
        Assert.Equal(isWellKnown, Read(path + " a")[0].IsWellKnown);

    [Theory]
    [InlineData("a/b.EXE", "b")]
    [InlineData("C:\\a\\b.cmd", "b")]
    [InlineData("b.bat", "b")]
    [InlineData(".exe", ".exe")]
    [InlineData("b.ps1", "b.ps1")]
    [InlineData("a/", "")]
    public void The_ending_of_an_executable_is_no_part_of_its_name(string path, string name) =>
        Assert.Equal(name, ProgramName.FromPath(path));

    [Theory]
    [InlineData("python3.12", "python")]
    [InlineData("Python3", "Python")]
    [InlineData("pip3.9", "pip")]
    [InlineData("node18", "node18")]
    [InlineData("gcc-12", "gcc-12")]
    public void A_version_is_no_part_of_the_name_of_python(string name, string expected) =>
        Assert.Equal(expected, ProgramName.WithoutVersion(name));
}
