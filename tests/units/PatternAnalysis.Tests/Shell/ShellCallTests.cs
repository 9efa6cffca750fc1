using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Shell;

/// <summary>How an agent calls its shell is no part of what it does there; whatever else stands around the call is.</summary>
public class ShellCallTests
{
    private static (string Command, ShellDialect Dialect, ShellScript Script) Unwrap(string command, ShellDialect dialect) =>
        ShellCall.Unwrap(command, dialect, ShellReader.Read(command, dialect));

    [Theory]
    [InlineData("bash -c 'npm test'", "npm test")]
    [InlineData("sh -lc 'npm test'", "npm test")]
    [InlineData("zsh -cl 'npm test'", "npm test")]
    [InlineData("bash -ic 'npm test'", "npm test")]
    [InlineData("bash -lic 'npm test'", "npm test")]
    [InlineData("bash -ilc 'npm test'", "npm test")]
    [InlineData("bash -l -c 'npm test'", "npm test")]
    [InlineData("bash -i -c 'npm test'", "npm test")]
    [InlineData("bash --login -c 'npm test'", "npm test")]
    [InlineData(" /bin/bash -c 'npm test | head' 2>&1 ", "npm test | head")]
    [InlineData("bash -c \"sh -c 'npm test'\"", "npm test")]
    [InlineData("bash -c \"bash -c 'sh -c ls'\"", "ls")]
    [InlineData("cmd /c npm test", "npm test")]
    [InlineData("cmd.exe /d /s /C npm run build:prod", "npm run build:prod")]
    [InlineData("cmd /q /c go vet ./...", "go vet ./...")]
    public void A_call_of_a_shell_comes_off(string command, string inner)
    {
        var unwrapped = Unwrap(command, ShellDialect.Posix);

        Assert.Equal((inner, ShellDialect.Posix), (unwrapped.Command, unwrapped.Dialect));
        Assert.Equal(ShellReader.Read(inner, ShellDialect.Posix).Segments[0].Text, unwrapped.Script.Segments[0].Text);
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("-Command")]
    [InlineData("-NoProfile -Command")]
    [InlineData("-nop -command")]
    [InlineData("-NonInteractive -c")]
    [InlineData("-noni -c")]
    [InlineData("-NoLogo -c")]
    [InlineData("-nol -c")]
    [InlineData("-ExecutionPolicy Bypass -c")]
    [InlineData("-ep Bypass -NoProfile -c")]
    [InlineData("-ex Bypass -c")]
    public void A_call_of_PowerShell_comes_off(string options)
    {
        var unwrapped = Unwrap($"powershell.exe {options} \"Get-Item a\"", ShellDialect.Posix);

        Assert.Equal(("Get-Item a", ShellDialect.PowerShell), (unwrapped.Command, unwrapped.Dialect));
        Assert.Equal("Get-Item", unwrapped.Script.Segments[0].Program);
    }

    [Theory]
    [InlineData("npm test")]
    [InlineData("bash -c 'npm test' && ls")]
    [InlineData("bash -c 'npm test' &")]
    [InlineData("! bash -c 'npm test'")]
    [InlineData("bash -c 'npm test' > log")]
    [InlineData("bash -c 'npm test' 2>&3")]
    [InlineData("bash -c 'npm test' < in")]
    [InlineData("A=1 bash -c 'npm test'")]
    [InlineData("sudo bash -c 'npm test'")]
    [InlineData("./bash -c 'npm test'")]
    [InlineData("bash -c \"npm $x\"")]
    [InlineData("bash -c 'npm test' a")]
    [InlineData("bash -ec 'npm test'")]
    [InlineData("bash -x -c 'npm test'")]
    [InlineData("bash -c")]
    [InlineData("bash npm test")]
    [InlineData("cmd /k npm test")]
    [InlineData("cmd /x /c npm test")]
    [InlineData("cmd /c")]
    [InlineData("cmd /c 'npm test & ls'")]
    [InlineData("cmd /c dir '%a%'")]
    [InlineData("pwsh -Command Get-Item a")]
    [InlineData("pwsh -File a.ps1")]
    [InlineData("pwsh -wd a -c ls")]
    [InlineData("pwsh -c")]
    [InlineData("pwsh -ep")]
    [InlineData("eval 'npm test'")]
    [InlineData("python -c 'x'")]
    public void What_does_more_than_call_a_shell_stays(string command) =>
        Assert.Equal(
            (command, ShellDialect.Posix),
            (Unwrap(command, ShellDialect.Posix).Command, Unwrap(command, ShellDialect.Posix).Dialect)
        );

    [Fact]
    public void Three_calls_come_off_and_no_more() =>
        Assert.Equal("sh -c ls", Unwrap("bash -c \"bash -c 'bash -c \\\"sh -c ls\\\"'\"", ShellDialect.Posix).Command);
}
