using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PatternAnalysis.Storage;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Commands;

/// <summary>
/// Completes an argument from the database that the command names, or that is named before: by the environment, or by
/// <c>$PSDefaultParameterValues</c>. Where there is none, nothing is completed; a completer says no errors.
/// </summary>
internal abstract class DatabaseCompleter : IArgumentCompleter
{
    private const int Most = 200;
    private const int LongestTip = 300;

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        try
        {
            var word = (wordToComplete ?? "").Trim('\'', '"');
            return
            [
                .. Words(Open(commandName, fakeBoundParameters))
                    .Where(candidate => candidate.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    .OrderByDescending(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    .Take(Most)
                    .Select(candidate => Result(candidate.Text, candidate.Tip)),
            ];
        }
        catch (Exception error)
            when (error is PatternAnalysisException or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>What can stand there, the likeliest first, each with what is said of it.</summary>
    protected abstract IEnumerable<(string Text, string? Tip)> Words(PatternDatabase database);

    private static CompletionResult Result(string text, string? tip)
    {
        var quoted =
            text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
                ? text
                : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
        var shown = SurfaceText.Masked(text, LongestTip);
        return new CompletionResult(
            quoted,
            shown.Length > 0 ? shown : quoted,
            CompletionResultType.ParameterValue,
            tip is { Length: > 0 } ? SurfaceText.Masked(tip, LongestTip) : quoted
        );
    }

    private static PatternDatabase Open(string commandName, IDictionary bound)
    {
        // The session is busy with completing, so it can only be asked by a nested pipeline.
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        var found = shell.AddScript("$PSDefaultParameterValues, (Get-Location -PSProvider FileSystem).ProviderPath").Invoke();
        var defaults = found.Count > 0 ? found[0]?.BaseObject as IDictionary : null;
        var named =
            (bound["Database"] ?? defaults?[$"{commandName}:Database"] ?? defaults?["*:Database"]) as string
            ?? Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable);
        var folder = found.Count > 1 ? found[1]?.BaseObject as string : null;
        return PatternDatabase.Open(
            string.IsNullOrEmpty(named) || DatabaseName.IsConnectionString(named) || folder is null ? named : Path.Combine(folder, named)
        );
    }
}
