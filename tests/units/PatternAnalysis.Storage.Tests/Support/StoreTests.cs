using Xunit.Abstractions;
using Xunit.Sdk;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>The tests that run on PostgreSQL: one after the other on one server.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresTests
{
    public const string Name = "PostgreSQL";
}

/// <summary>Tests that change variables of the process: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentTests
{
    public const string Name = "Environment";
}

/// <summary>
/// A test that a class runs on its own kind of database. Where PostgreSQL is not installed, those of <see cref="PostgresTests"/> are
/// skipped, and say so.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PatternAnalysis.Storage.Tests.Support.StoreFactDiscoverer", "PatternAnalysis.Storage.Tests")]
public sealed class StoreFactAttribute : FactAttribute;

/// <summary>The same, with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PatternAnalysis.Storage.Tests.Support.StoreTheoryDiscoverer", "PatternAnalysis.Storage.Tests")]
public sealed class StoreTheoryAttribute : TheoryAttribute;

public sealed class StoreFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute
    ) =>
        SkippedTestCase.Instead(discoveryOptions, testMethod, DiagnosticMessageSink)
        ?? base.Discover(discoveryOptions, testMethod, factAttribute);
}

public sealed class StoreTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo theoryAttribute
    ) =>
        SkippedTestCase.Instead(discoveryOptions, testMethod, DiagnosticMessageSink)
        ?? base.Discover(discoveryOptions, testMethod, theoryAttribute);
}

public sealed class SkippedTestCase : XunitTestCase
{
    [Obsolete("Called by the de-serializer.")]
    public SkippedTestCase() { }

    private SkippedTestCase(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method) { }

    public static IEnumerable<IXunitTestCase>? Instead(ITestFrameworkDiscoveryOptions options, ITestMethod method, IMessageSink diagnostics)
    {
        var needsServer = method
            .TestClass.Class.GetCustomAttributes(typeof(CollectionAttribute))
            .Any(attribute => attribute.GetConstructorArguments().Contains(PostgresTests.Name));
        return needsServer && PostgresServer.Missing is not null ? [new SkippedTestCase(diagnostics, options, method)] : null;
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) => PostgresServer.Missing!;
}

/// <summary>
/// A test on 11,426 real hook events, which are not part of the project: it runs where the environment variable names their file.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("PatternAnalysis.Storage.Tests.Support.StoreFactDiscoverer", "PatternAnalysis.Storage.Tests")]
public sealed class ReferenceEventsFactAttribute : FactAttribute
{
    public ReferenceEventsFactAttribute()
    {
        if (!File.Exists(Path))
            Skip = "The reference events are not here: PATTERN_ANALYSIS_REFERENCE_EVENTS names no file.";
    }

    public static string? Path => Environment.GetEnvironmentVariable("PATTERN_ANALYSIS_REFERENCE_EVENTS");
}
