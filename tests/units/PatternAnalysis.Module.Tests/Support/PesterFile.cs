using Xunit.Abstractions;
using Xunit.Sdk;

namespace PatternAnalysis.ModuleTests.Support;

/// <summary>One file of the Pester suite. It runs in a PowerShell of its own, and each of its tests is reported as a test.</summary>
public sealed class PesterFile : XunitTestCase
{
    private string _name = "";

    [Obsolete("Called by the de-serializer.")]
    public PesterFile() { }

    public PesterFile(IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod method, string name)
        : base(diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method) => _name = name;

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource
    )
    {
        var summary = new RunSummary();
        messageBus.QueueMessage(new TestCaseStarting(this));
        foreach (var result in await PesterResult.RunAsync(_name, cancellationTokenSource.Token))
            Report(result, messageBus, summary);
        messageBus.QueueMessage(new TestCaseFinished(this, summary.Time, summary.Total, summary.Failed, summary.Skipped));
        return summary;
    }

    public override void Serialize(IXunitSerializationInfo data)
    {
        base.Serialize(data);
        data.AddValue("File", _name);
    }

    public override void Deserialize(IXunitSerializationInfo data)
    {
        base.Deserialize(data);
        _name = data.GetValue<string>("File");
    }

    protected override void Initialize()
    {
        base.Initialize();
        DisplayName = _name;
    }

    protected override string GetUniqueID() => $"{base.GetUniqueID()}-{_name}";

    private void Report(PesterResult result, IMessageBus messageBus, RunSummary summary)
    {
        var test = new XunitTest(this, $"{_name}: {result.Name}");
        messageBus.QueueMessage(new TestStarting(test));
        messageBus.QueueMessage(
            result.Outcome switch
            {
                PesterOutcome.Passed => new TestPassed(test, result.Seconds, ""),
                PesterOutcome.Skipped => new TestSkipped(test, result.Message),
                _ => new TestFailed(test, result.Seconds, "", new XunitException(result.Message)),
            }
        );
        messageBus.QueueMessage(new TestFinished(test, result.Seconds, ""));
        summary.Aggregate(
            new RunSummary
            {
                Total = 1,
                Failed = result.Outcome == PesterOutcome.Failed ? 1 : 0,
                Skipped = result.Outcome == PesterOutcome.Skipped ? 1 : 0,
                Time = result.Seconds,
            }
        );
    }
}
