using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>What a run came to names its database where it comes down the pipeline; it is no id of a pattern.</summary>
internal sealed class DatabaseOfRunAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is not null && PSObject.AsPSObject(inputData).BaseObject is AnalysisSummary { Database: { } database }
            ? database
            : inputData;
}
