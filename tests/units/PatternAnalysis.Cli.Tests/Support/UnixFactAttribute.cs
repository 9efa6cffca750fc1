namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>A test of what only Unix has.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Windows has no such limit.";
    }
}
