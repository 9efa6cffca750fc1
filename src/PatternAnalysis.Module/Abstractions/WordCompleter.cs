using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Completes words that need no database.</summary>
internal abstract class WordCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        try
        {
            return
            [
                .. Words(fakeBoundParameters)
                    .Where(candidate => candidate.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    .OrderByDescending(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Select(candidate => new CompletionResult(
                        candidate.Text,
                        candidate.Text,
                        CompletionResultType.ParameterValue,
                        candidate.Tip
                    )),
            ];
        }
        catch (PatternAnalysisException)
        {
            return [];
        }
    }

    /// <summary>What can stand there, each with what is said of it.</summary>
    protected abstract IEnumerable<(string Text, string Tip)> Words(IDictionary bound);
}

/// <summary>The time zones of the machine.</summary>
internal sealed class TimeZoneCompleter : WordCompleter
{
    protected override IEnumerable<(string Text, string Tip)> Words(IDictionary bound) =>
        TimeZoneInfo
            .GetSystemTimeZones()
            .Select(zone => (zone.Id.Contains(' ', StringComparison.Ordinal) ? $"'{zone.Id}'" : zone.Id, zone.DisplayName));
}

/// <summary>The names of registered tasks.</summary>
internal sealed class TaskNameCompleter : WordCompleter
{
    protected override IEnumerable<(string Text, string Tip)> Words(IDictionary bound) =>
        Schedulers
            .Of(bound["Scheduler"] is { } given && Enum.TryParse<SchedulerKind>($"{given}", true, out var kind) ? kind : Schedulers.Default)
            .Find()
            .Select(task => (task.Name, task.Command));
}
