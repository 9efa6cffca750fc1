using Xunit.Abstractions;
using Xunit.Sdk;

namespace PatternAnalysis.ModuleTests.Support;

/// <summary>Stands for the Pester suite: one test case for each of its files.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PatternAnalysis.ModuleTests.Support.PesterSuiteDiscoverer", "PatternAnalysis.Module.Tests")]
public sealed class PesterSuiteAttribute : FactAttribute;

/// <summary>Finds the files.</summary>
public sealed class PesterSuiteDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) =>
        Directory
            .GetFiles(Path.Combine(PowerShellTool.Root, "tests"), "*.Tests.ps1")
            .Order(StringComparer.Ordinal)
            .Select(path => new PesterFile(diagnostics, discoveryOptions, testMethod, Path.GetFileName(path)));
}
