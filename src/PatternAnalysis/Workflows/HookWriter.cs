using System.Text.Json;
using System.Text.Json.Nodes;
using PatternAnalysis.Activities;
using PatternAnalysis.Metrics;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Workflows;

/// <summary>
/// A draft as an entry for the hooks in an agent's settings. A person merges it; nothing is installed. Only what is the same each time, or
/// takes the edited file, and is known to be safe, becomes one: a hook runs when nobody looks.
/// </summary>
/// <remarks>
/// What a check says goes to the agent by the documented way: exit code 2, with its text on standard error. A hook at the start of a
/// session only adds its output to what the agent knows.
/// </remarks>
internal sealed class HookWriter : IWorkflowWriter
{
    private const int Timeout = 600;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JsonText.Encoder };

    // An escaped backslash is taken whole, so that what follows it is no escape.
    private static readonly BoundedRegex s_escapes = new(@"\\(\\|u00(22|26|27|2B|3C|3E|60))");

    public string FileOf(WorkflowDraft draft) => $"{draft.Name}.hooks.json";

    /// <exception cref="PatternAnalysisException"><c>WorkflowUnfit</c>: no hook can run it.</exception>
    public string Write(WorkflowDraft draft)
    {
        if (Refusal(draft) is { } refusal)
            throw new PatternAnalysisException(
                ErrorCatalogue.WorkflowUnfit,
                $"Pattern '{draft.Pattern.PatternId}' can't be a hook: {refusal}. Draft it as a script, a skill or a slash command."
            );

        var lines = Lines(draft);
        var (eventName, matcher) = draft.Condition switch
        {
            HookCondition.AtStart => ("SessionStart", "startup"),
            HookCondition.BeforeCommit => ("PreToolUse", "Bash"),
            _ => ("PostToolUse", "Edit|Write"),
        };
        var entry = new JsonObject
        {
            ["matcher"] = matcher,
            ["hooks"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "command",
                    ["command"] = Command(draft.Condition, Given(draft), lines),
                    ["timeout"] = Timeout,
                }
            ),
        };
        var settings = new JsonObject { ["hooks"] = new JsonObject { [eventName] = new JsonArray(entry) } };
        return Readable(settings.ToJsonString(s_json)) + "\n";
    }

    // A person reads the command before it is merged: "&&" is to stand there as what it is. Only a page needs it escaped, and this is none.
    private static string Readable(string json) =>
        s_escapes.Replace(
            json,
            match =>
                match.Value switch
                {
                    @"\\" => match.Value,
                    @"\u0022" => "\\\"",
                    var escape => ((char)Convert.ToInt32(escape[2..], 16)).ToString(),
                }
        );

    /// <summary>Why a draft can be no hook; null when it can.</summary>
    public static string? Refusal(WorkflowDraft draft)
    {
        WorkflowStep[] steps = [.. Steps(draft)];
        if (steps.Length == 0)
            return "it holds no command";
        if (draft.Condition == HookCondition.None)
            return "it stands neither after edits, nor before commits, nor at the start of sessions most of the time";
        foreach (var step in steps)
        {
            if (!step.IsGiven)
                return $"step {step.Number} is not the same command each time";
            if (!step.IsConstant && draft.Condition != HookCondition.AfterEdit)
                return $"step {step.Number} takes a file that only a hook after edits is told of";
            if (StepLine.OfPosix(step) is null)
                return $"step {step.Number} is not a plain command of a shell that is known to be safe";
        }

        return null;
    }

    // The hook waits for the edits that the pattern begins with, so they are no part of what it does.
    private static IEnumerable<WorkflowStep> Steps(WorkflowDraft draft) =>
        draft.Steps.SkipWhile(step => step is { Hint: StepHint.Edit, Dialect: null });

    private static string Lines(WorkflowDraft draft) => string.Join(" && ", Steps(draft).Select(step => Grouped(StepLine.OfPosix(step)!)));

    private static string Grouped(string line) =>
        line.Contains("||", StringComparison.Ordinal) || line.Contains(';') ? $"( {line} )" : line;

    // What the parameters are, of the file that the hook is told of on its standard input; other files are none of its business.
    private static string Given(WorkflowDraft draft)
    {
        TemplateParameter[] parameters = [.. Steps(draft).SelectMany(step => step.Template!.Parameters)];
        if (parameters.Length == 0)
            return "";
        string?[] extensions = [.. parameters.Select(parameter => parameter.Edited!.Extension).Distinct()];
        var isOther = extensions is [{ } extension] ? $"case $file in *{extension}) ;; *) exit 0 ;; esac; " : "";
        // A name that begins with a dash would be an option.
        return "file=$(jq -r '.tool_input.file_path // empty') || exit 1; [ -n \"$file\" ] || exit 0; "
            + isOther
            + "case $file in -*) file=./$file ;; esac; "
            + string.Concat(parameters.Select(parameter => $"{parameter.Name}={ValueOf(parameter.Edited!)}; "));
    }

    private static string ValueOf(EditedValue value) =>
        value.Part switch
        {
            EditedPart.Folder => "$(dirname -- \"$file\")",
            EditedPart.Name => "$(basename -- \"$file\")",
            _ => "$file",
        } + value.Suffix;

    private static string Command(HookCondition condition, string given, string lines) =>
        condition switch
        {
            HookCondition.AtStart => lines,
            HookCondition.BeforeCommit => $"if grep -q 'git commit'; then ( {lines} ) 1>&2 || exit 2; fi",
            _ => $"{given}( {lines} ) 1>&2 || exit 2",
        };
}
