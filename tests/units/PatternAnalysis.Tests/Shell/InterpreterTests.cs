using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>Where an interpreter finds its code decides whether anybody can know what it runs.</summary>
public class InterpreterTests
{
    private static IReadOnlyList<ShellSegment> Read(string text) => ShellReader.Read(text, ShellDialect.Posix).Segments;

    private static string Programs(string text) => string.Join(' ', Read(text).Select(segment => segment.Program));

    [Theory]
    [InlineData("sh")]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("dash")]
    [InlineData("ksh")]
    [InlineData("ash")]
    [InlineData("fish")]
    public void The_code_of_a_shell_is_read(string shell)
    {
        foreach (
            var options in new[]
            {
                "-c",
                "-lc",
                "-xec",
                "-l -c",
                "--posix -c",
                "+x -c",
                "-c -e",
                "-o echo -c",
                "+o echo -c",
                "-O echo -c",
                "+O echo -c",
                "--rcfile echo -c",
                "--init-file echo -c",
                "/bin/",
            }
        )
        {
            var text = options == "/bin/" ? $"/bin/{shell} -c 'rm a; ls'" : $"{shell} {options} 'rm a; ls'";

            Assert.Equal($"{text} => {shell} rm ls", $"{text} => {Programs(text)}");
        }

        Assert.Equal(shell, Programs($"{shell} --norc 'rm a'"));
        Assert.Equal(shell, Programs($"{shell} script.sh -c 'rm a'"));
        Assert.Equal(shell, Programs($"{shell} -c"));
    }

    [Theory]
    [InlineData("bash --rcfile a -c ls", true)]
    [InlineData("bash --init-file a -c ls", true)]
    [InlineData("bash --rcfile=a -c ls", true)]
    [InlineData("bash --init-file=a -c ls", true)]
    [InlineData("bash --norc -c ls", false)]
    [InlineData("pwsh --rcfile=a -c ls", false)]
    public void A_shell_that_runs_a_file_before_its_code_is_doubted(string text, bool isDoubted) =>
        Assert.Equal(isDoubted ? "bash runs a file before its code" : null, Read(text)[0].UnknownReason);

    // The name of each parameter of PowerShell's that takes a value, cut to the shortest that PowerShell takes for it.
    [Theory]
    [InlineData("-ExecutionPolicy", "-ex")]
    [InlineData("-ep", "-ep")]
    [InlineData("-Version", "-v")]
    [InlineData("-OutputFormat", "-o")]
    [InlineData("-of", "-of")]
    [InlineData("-InputFormat", "-inp")]
    [InlineData("-if", "-if")]
    [InlineData("-WindowStyle", "-w")]
    [InlineData("-WorkingDirectory", "-wo")]
    [InlineData("-wd", "-wd")]
    [InlineData("-ConfigurationName", "-config")]
    [InlineData("-ConfigurationFile", "-config")]
    [InlineData("-SettingsFile", "-settings")]
    [InlineData("-CustomPipeName", "-cus")]
    public void A_parameter_of_PowerShell_may_be_shortened_and_its_value_is_no_code(string name, string shortest)
    {
        for (var length = shortest.Length; length <= name.Length; length++)
        {
            foreach (var parameter in new[] { name[..length], name[..length].ToUpperInvariant() })
            {
                Assert.Equal($"{parameter}: pwsh rm", $"{parameter}: {Programs($"pwsh {parameter} echo -Command 'rm a'")}");
                Assert.Equal(
                    $"{parameter}: powershell rm",
                    $"{parameter}: {Programs($"powershell.exe -NoProfile {parameter} echo 'rm a'")}"
                );
                // "-v" alone asks for the version.
                Assert.Equal(parameter.Length > 2 || shortest != "-v", Read($"pwsh {parameter} echo -NoLogo")[0].RunsInput);
            }
        }
    }

    [Theory]
    [InlineData("pwsh -c 'rm a'", "pwsh rm")]
    [InlineData("pwsh -com rm a", "pwsh rm")]
    [InlineData("pwsh /c rm a", "pwsh rm")]
    [InlineData("pwsh /Command rm a", "pwsh rm")]
    [InlineData("pwsh -i 'rm a'", "pwsh rm")]
    [InlineData("pwsh 'rm a'", "pwsh rm")]
    [InlineData("pwsh -", "pwsh")]
    [InlineData("pwsh -Command -", "pwsh")]
    [InlineData("pwsh -Command", "pwsh")]
    [InlineData("pwsh -f a.ps1 -c rm", "pwsh")]
    [InlineData("pwsh -File a.ps1 -c rm", "pwsh")]
    [InlineData("pwsh a.PS1 -c rm", "pwsh")]
    [InlineData("pwsh -NoProfile", "pwsh")]
    public void PowerShell_runs_a_file_or_the_code_that_follows(string text, string programs) => Assert.Equal(programs, Programs(text));

    [Theory]
    [InlineData("-EncodedCommand", true)]
    [InlineData("-encoded", true)]
    [InlineData("-enc", true)]
    [InlineData("-e", true)]
    [InlineData("-ec", true)]
    [InlineData("-EC", true)]
    [InlineData("-c", false)]
    public void Encoded_code_of_PowerShell_cannot_be_read(string parameter, bool isEncoded)
    {
        Assert.Equal(isEncoded ? "pwsh runs encoded code" : null, Read($"pwsh {parameter} cgBtAA==")[0].UnknownReason);
        Assert.Null(Read($"bash {parameter} cgBtAA==")[0].UnknownReason);
    }

    [Theory]
    [InlineData("python", "-c")]
    [InlineData("python3.12", "-c")]
    [InlineData("node", "-e -p -pe --eval --print")]
    [InlineData("bun", "-e --eval -p --print")]
    [InlineData("deno", "eval")]
    [InlineData("ts-node", "-e --eval -p --print")]
    [InlineData("tsx", "-e --eval -p --print")]
    [InlineData("perl", "-e -E -ne -pe -le -lne -pi -i -n -p")]
    [InlineData("ruby", "-e -ne -pe")]
    [InlineData("php", "-r")]
    [InlineData("lua", "-e")]
    [InlineData("osascript", "-e -l")]
    [InlineData("Rscript", "-e")]
    public void Code_of_another_language_in_an_argument_cannot_be_read(string program, string options)
    {
        foreach (var option in options.Split(' '))
        {
            foreach (var text in new[] { $"{program} {option} 'code'", $"{program} -z {option} 'code'" })
                Assert.Equal($"{text}: {program} runs code from its arguments", $"{text}: {Read(text)[0].UnknownReason}");
            Assert.Null(Read($"{program} script {option} code")[0].UnknownReason);
        }
    }

    [Theory]
    [InlineData("python -c'code'", true)]
    [InlineData("perl -e'code'", true)]
    [InlineData("node -ecode", true)]
    [InlineData("node -c code", false)]
    [InlineData("python -ecode a.py", false)]
    [InlineData("python -m pytest -c 'code'", false)]
    public void Code_may_follow_its_option_at_once(string text, bool runsCode) =>
        Assert.Equal(runsCode, Read(text)[0].UnknownReason?.EndsWith("from its arguments", StringComparison.Ordinal) == true);

    [Theory]
    [InlineData("bash", "-o +o -O +O --rcfile --init-file")]
    [InlineData("python", "-W -X --check-hash-based-pycs")]
    [InlineData("node", "-r --require --import --loader --experimental-loader -C --conditions")]
    [InlineData("ts-node", "-P --project -r --require")]
    [InlineData("tsx", "--tsconfig")]
    [InlineData("perl", "-I")]
    [InlineData("ruby", "-I -r")]
    [InlineData("php", "-d -c")]
    public void The_value_of_an_option_is_no_script(string program, string options)
    {
        foreach (var option in options.Split(' '))
        {
            Assert.True(Read($"{program} {option} echo")[0].RunsInput, option);
            Assert.False(Read($"{program} {option} echo script")[0].RunsInput, option);
            if (program is not ("bash" or "perl" or "ruby" or "php"))
                Assert.EndsWith(
                    "from its arguments",
                    Read($"{program} {option} echo {(program == "python" ? "-c" : "-e")} x")[0].UnknownReason
                );
        }
    }

    [Theory]
    [InlineData("sh zsh dash ksh ash fish pwsh powershell python python3 node ts-node tsx perl ruby php lua osascript Rscript", true)]
    [InlineData("bun deno cat", false)]
    public void Without_code_and_without_a_file_an_interpreter_reads_its_input(string programs, bool readsInput)
    {
        foreach (var program in programs.Split(' '))
        {
            foreach (
                var text in new[] { program, $"{program} -", $"{program} -s", $"{program} /dev/stdin", $"{program} -q", $"{program} - a" }
            )
            {
                // PowerShell takes whatever is no option for code.
                if (
                    program is "pwsh" or "powershell" && text.EndsWith("/dev/stdin", StringComparison.Ordinal)
                    || text.EndsWith("- a", StringComparison.Ordinal)
                )
                    continue;
                Assert.Equal((text, readsInput), (text, Read(text)[0].RunsInput));
                Assert.Equal(readsInput ? $"{program} runs code from its input" : null, Read(text)[0].UnknownReason);
            }

            Assert.False(Read($"{program} script -")[0].RunsInput);
            foreach (var question in new[] { "--version", "-V", "-v", "--help", "-h", "-vV", "--check" })
                Assert.False(Read($"{program} {question}")[0].RunsInput, question);
        }
    }

    [Theory]
    [InlineData("python -m pytest -x", "pytest", "python -m")]
    [InlineData("python3.11 -W ignore -X dev -m pytest", "pytest", "python -m")]
    [InlineData("python -m", "python", "")]
    [InlineData("python a.py -m pytest", "python", "")]
    [InlineData("python -c x -m pytest", "python", "")]
    [InlineData("node -m pytest", "node", "")]
    [InlineData("./python -m pytest", "pytest", "python -m")]
    public void A_module_is_the_program(string text, string program, string wrappers)
    {
        var segment = Read(text)[0];

        Assert.Equal((program, wrappers), (segment.Program, string.Join(' ', segment.Wrappers)));
    }
}
