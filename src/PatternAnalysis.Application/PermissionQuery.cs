using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Payloads;
using PatternAnalysis.Permissions;
using PatternAnalysis.Storage;
using PatternAnalysis.Storage.Rules;

namespace PatternAnalysis.Application;

/// <summary>What is asked of allow rules.</summary>
public sealed record PermissionOptions
{
    /// <summary>Which time is looked at.</summary>
    [OptionGroup]
    public SpanOptions Span { get; init; } = new();

    /// <summary>In how many sessions a command must have been asked for.</summary>
    [Option("MinSessions", "In how many sessions a command must have been asked for.", Minimum = 1, Maximum = 1e9)]
    public int MinimumSessions { get; init; } = 3;

    /// <summary>Whether rules that must not be used are shown with their reason.</summary>
    [Option("IncludeRefused", "Shows also the rules that must not be used, with the reason.")]
    public bool IncludeRefused { get; init; }

    /// <summary>Files of further danger rules.</summary>
    [Option("RulePath", "Files of further rules of what is dangerous.", IsPath = true, Aliases = ["--rules"])]
    public IReadOnlyList<string> RulePath { get; init; } = [];
}

/// <summary>What <c>Export-PatternPermission</c> and <c>permissions</c> both do.</summary>
public static class PermissionQuery
{
    /// <summary>Proposes allow rules; the database is only read, and nothing is installed.</summary>
    /// <exception cref="PatternAnalysisException">The options can't work, or the database can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<PermissionRule> Run(
        PatternDatabase database,
        PermissionOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        OptionCatalogue.Check(options);
        var assessor = new DangerAssessor(DangerRuleFile.Load(options.RulePath));
        var asked = new AskedCommands();
        var query = new EventQuery { Window = options.Span.ToWindow(), ReadsPayload = true };
        database.Events.Read(query, asked, cancellationToken);
        var rules = new PermissionProposer(assessor, options.MinimumSessions).Propose(asked.Uses);
        return options.IncludeRefused ? rules : [.. rules.Where(rule => rule.IsProposed)];
    }

    private sealed class AskedCommands : IHookEventSink
    {
        public List<CommandUse> Uses { get; } = [];

        public void Add(in HookEventRow row)
        {
            var use = ToolUseReader.Read(Encoding.UTF8.GetString(row.ToolName), row.Payload);
            Uses.Add(new CommandUse(Encoding.UTF8.GetString(row.SessionId), use.ToolName, use.Command));
        }

        public void Restart() => Uses.Clear();
    }
}
