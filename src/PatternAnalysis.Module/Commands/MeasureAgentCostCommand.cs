using System.Management.Automation;
using PatternAnalysis.Application;

namespace PatternAnalysis.Commands;

/// <summary>Measure-AgentCost: what agents spent.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "AgentCost")]
[OutputType(typeof(AgentCost))]
[Binds(typeof(CostOptions))]
public sealed partial class MeasureAgentCostCommand : WholeDatabaseCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var costs = CostQuery.Run(OpenDatabase(), ReadCostOptions(), StopToken);
                string[] unpriced = [.. costs.SelectMany(cost => cost.UnpricedModels).Distinct().Order(StringComparer.Ordinal)];
                if (unpriced.Length > 0)
                    WriteWarning(
                        $"The table of prices names no {string.Join(", ", unpriced)}; "
                            + $"their turns are in no dollar. -PricePath gives another table."
                    );
                WriteObject(costs.Select(cost => cost with { Database = DatabaseToRemember }), enumerateCollection: true);
            },
            Database
        );
}
