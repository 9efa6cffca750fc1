using System.Diagnostics;

namespace PatternAnalysis.Panel.Tests.Support;

/// <summary>
/// Packages of Debian that tests need. They are installed where that was asked for only: in CI (CI=true), or with
/// PATTERN_ANALYSIS_TEST_INSTALL=true on a machine of one's own.
/// </summary>
internal static class DebianPackage
{
    private const string AptGet = "/usr/bin/apt-get";

    /// <summary>Installs a package.</summary>
    /// <returns>Why it was not installed, as the end of a sentence; null when it was.</returns>
    public static string? Install(string name)
    {
        if (!IsSet("CI") && !IsSet("PATTERN_ANALYSIS_TEST_INSTALL"))
            return $"PATTERN_ANALYSIS_TEST_INSTALL=true has the tests install Debian's package {name}";
        if (!File.Exists(AptGet))
            return $"there is no {AptGet} to install it with";

        string[] program = Environment.IsPrivilegedProcess ? [AptGet] : ["/usr/bin/sudo", "--non-interactive", AptGet];
        if (!File.Exists(program[0]))
            return "installing it takes root or sudo";

        foreach (string[] step in new[] { ["update"], new[] { "install", "--yes", "--no-install-recommends", name } })
        {
            var (exitCode, error) = Run([.. program, "-o", "DPkg::Lock::Timeout=300", .. step]);
            if (exitCode != 0)
                return $"'{string.Join(' ', program)} {step[0]}' ended with {exitCode}: {error.Trim()}";
        }

        return null;
    }

    private static bool IsSet(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static (int ExitCode, string Error) Run(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
