using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>
/// Describes events: name and danger from one reading of the payload. What it has described once it looks up, in a cache of
/// bounded size. For one thread at a time.
/// </summary>
/// <param name="model">How much the names tell.</param>
/// <param name="assessor">Judges the steps.</param>
public sealed class StepReader(ActivityModel model, DangerAssessor assessor)
{
    /// <summary>Descriptions that are kept; the cache is emptied when it is full.</summary>
    public const int CacheCapacity = 16_384;

    // A command this long is data in most of its length and will hardly come again.
    private const int LongestCachedText = 4096;

    private readonly ActivityNamer _namer = new(model);
    private readonly DangerAssessor _assessor = assessor ?? throw new ArgumentNullException(nameof(assessor));
    private readonly Dictionary<ToolUse, StepDescription> _cache = [];
    private readonly Dictionary<string, string> _maskedNames = [];

    /// <summary>Describes an event. Never throws on its content.</summary>
    /// <param name="toolNameUtf8">The tool's name.</param>
    /// <param name="payloadUtf8">The payload, empty when the event has none.</param>
    public StepDescription Read(ReadOnlySpan<byte> toolNameUtf8, ReadOnlySpan<byte> payloadUtf8) =>
        Read(Encoding.UTF8.GetString(toolNameUtf8), payloadUtf8);

    /// <summary>Describes an event. Never throws on its content.</summary>
    /// <param name="toolName">The tool's name.</param>
    /// <param name="payloadUtf8">The payload, empty when the event has none.</param>
    public StepDescription Read(string toolName, ReadOnlySpan<byte> payloadUtf8) => Read(ToolUseReader.Read(toolName, payloadUtf8));

    /// <summary>Describes what a payload said.</summary>
    internal StepDescription Read(ToolUse use)
    {
        if ((use.Command ?? use.FilePath ?? use.Subject ?? use.Input)?.Length > LongestCachedText)
            return Describe(use);

        // All that a description depends on: the folder only where it stands in what was asked for.
        var key = use with
        {
            ToolUseId = null,
            Folder = new[] { use.Command, use.FilePath, use.FurtherFiles }.Any(text => IsIn(text, use.Folder)) ? use.Folder : null,
        };
        if (_cache.TryGetValue(key, out var known))
            return known;
        if (_cache.Count >= CacheCapacity)
            _cache.Clear();
        return _cache[key] = Describe(use);
    }

    private static bool IsIn(string? text, string? folder) => text is not null && WorkFolder.IsIn(text, folder);

    private StepDescription Describe(ToolUse use)
    {
        // The verdict is about the tool itself; its name is shown, so it is masked.
        var shown = use with
        {
            ToolName = Mask(use.ToolName),
        };
        if (use is not { Dialect: { } dialect, Command: { } command })
            return Describe(shown, script: null, _namer.Name(shown, null), _assessor.AssessToolUse(use));

        // A word that is a secret may be none by itself, so what is shown is read out of the masked command.
        var script = ShellReader.Read(command, dialect);
        var verdict = _assessor.AssessScript(script);
        var masked = FactsMasker.Mask(command);
        var shownScript = masked == command ? script : ShellReader.Read(masked, dialect);
        if (verdict.Segment is { } segment && !masked.Contains(segment.TrimEnd('…'), StringComparison.Ordinal))
            verdict = verdict with { Segment = shownScript == script ? segment : SegmentOf(verdict, masked, shownScript) };
        var description = Describe(shown, script, _namer.Name(shown, shownScript), verdict);
        return verdict.Level == DangerLevel.Destructive
            ? description with
            {
                DestructiveCommand = FactsMasker.Storable(SecretMasker.Mask(command.Trim(), DangerVerdict.MaximumCommandLength)),
            }
            : description;
    }

    private string SegmentOf(DangerVerdict verdict, string masked, ShellScript script)
    {
        var same = _assessor.AssessScript(script);
        return same.Segment is { } segment && same.RuleId == verdict.RuleId && same.DisabledRuleId == verdict.DisabledRuleId
            ? segment
            : SecretMasker.Mask(masked.Trim(), DangerVerdict.MaximumSegmentLength);
    }

    private static StepDescription Describe(ToolUse shown, ShellScript? script, string name, DangerVerdict verdict)
    {
        if (verdict.Segment is { } segment && FactsMasker.Storable(segment) is var storable && storable != segment)
            verdict = verdict with { Segment = storable };
        return new StepDescription(name, verdict, StepFactsReader.Read(shown, script, name));
    }

    private string Mask(string toolName)
    {
        if (_maskedNames.TryGetValue(toolName, out var masked))
            return masked;
        if (_maskedNames.Count >= CacheCapacity)
            _maskedNames.Clear();
        return _maskedNames[toolName] = SecretMasker.Mask(toolName);
    }
}
