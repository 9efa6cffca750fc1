using PatternAnalysis.ModuleTests.Support;

namespace PatternAnalysis.ModuleTests;

/// <summary>The module as it ships, in a real PowerShell: what tests/*.Tests.ps1 say is said here, test by test.</summary>
public sealed class ShippedModuleTests
{
    [PesterSuite]
    public void Pester() { }
}
