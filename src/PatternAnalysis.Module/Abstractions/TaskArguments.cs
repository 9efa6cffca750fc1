using System.Management.Automation;

namespace PatternAnalysis.Commands;

/// <summary>
/// The further arguments of the scheduled script: its own, and those of the analysis. Nobody is there at night to be told
/// of others.
/// </summary>
internal static class TaskArguments
{
    private static readonly string[] s_ofScript = ["Hours", "RetentionDays"];

    // What the registration gives by itself.
    private static readonly string[] s_taken =
    [
        "Database",
        "LogDirectory",
        "TaskName",
        "Report",
        "ReportPath",
        "Notify",
        "NotificationPath",
    ];

    /// <summary>Makes sure that the arguments are known.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidTask</c>: one belongs to no parameter.</exception>
    public static void Check(IEnumerable<string> words, PSCmdlet cmdlet)
    {
        var analysis = cmdlet.SessionState.InvokeCommand.GetCommand("Invoke-PatternAnalysis", CommandTypes.Cmdlet);
        string[] known = analysis is null ? s_ofScript : [.. s_ofScript, .. analysis.Parameters.Keys];
        var isValue = false;
        foreach (var word in words)
        {
            var isName = word.Length > 1 && word[0] == '-' && char.IsAsciiLetter(word[1]);
            if (!isName && !isValue)
                Refuse($"'{word}' belongs to no parameter: a name, like -RetentionDays, comes before a value.");
            if (isName)
                CheckName(word[1..].TrimEnd(':'), known);
            isValue = isName;
        }
    }

    private static void CheckName(string name, string[] known)
    {
        if (s_taken.Contains(name, StringComparer.OrdinalIgnoreCase))
            Refuse($"-{name} is given by the task itself. Use the parameters of Register-PatternAnalysisTask.");
        if (!known.Contains(name, StringComparer.OrdinalIgnoreCase))
            Refuse($"-{name} is no parameter of the daily script or of Invoke-PatternAnalysis. Write its name in full.");
    }

    private static void Refuse(string message) => throw new PatternAnalysisException(ErrorCatalogue.InvalidTask, message);
}
