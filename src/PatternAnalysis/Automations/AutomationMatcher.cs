using PatternAnalysis.Shell;

namespace PatternAnalysis.Automations;

/// <summary>
/// Matches routines to what exists, by their commands. An automation covers a routine when its file names every command of the routine, by
/// program and sub-command: <c>git add</c> with whatever files is the same work.
/// </summary>
/// <remarks>O(automations x their commands) once, then O(automations) for each routine.</remarks>
public sealed class AutomationMatcher
{
    private readonly (ExistingAutomation Automation, HashSet<string> Work)[] _automations;

    /// <summary>Makes a matcher.</summary>
    /// <param name="automations">What exists. Allow rules automate nothing and are passed over.</param>
    public AutomationMatcher(IReadOnlyList<ExistingAutomation> automations)
    {
        ArgumentNullException.ThrowIfNull(automations);
        _automations =
        [
            .. automations
                .Where(automation => automation.Kind != AutomationKind.AllowRule)
                .Select(automation => (automation, automation.Commands.SelectMany(WorkOf).ToHashSet()))
                .Where(automation => automation.Item2.Count > 0),
        ];
    }

    /// <summary>
    /// What covers a routine: of several the one whose file names least besides, then by name; null when nothing does. One that the
    /// routine's own commands call is not among them.
    /// </summary>
    /// <param name="commands">A command for each step of the routine that is one.</param>
    public ExistingAutomation? FindCover(IReadOnlyList<string> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var wanted = commands.SelectMany(WorkOf).ToHashSet();
        if (wanted.Count == 0)
            return null;
        return _automations
            .Where(candidate => candidate.Work.IsSupersetOf(wanted) && !commands.Any(command => IsUse(candidate.Automation, command)))
            .OrderBy(candidate => candidate.Work.Count)
            .ThenBy(candidate => candidate.Automation.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Automation)
            .FirstOrDefault();
    }

    /// <summary>Whether a command, or the subject of a skill or slash command call, uses an automation.</summary>
    public static bool IsUse(ExistingAutomation automation, string command)
    {
        ArgumentNullException.ThrowIfNull(automation);
        ArgumentNullException.ThrowIfNull(command);
        return automation.Kind switch
        {
            AutomationKind.Skill => command == $"Skill({automation.Name})",
            AutomationKind.SlashCommand => command == $"SlashCommand({automation.Name})",
            AutomationKind.Task => Segments(command)
                .Any(segment =>
                    Normalise(segment.Text) is { } text
                    && (text == automation.Name || text.StartsWith(automation.Name + " ", StringComparison.Ordinal))
                ),
            _ => false,
        };
    }

    private static IEnumerable<string> WorkOf(string command) =>
        Segments(command)
            .Select(segment =>
                $"{segment.Program} {(segment.IsWellKnown ? ProgramCatalog.SubCommand(segment) : segment.ProgramFolder)}".TrimEnd()
            );

    private static IEnumerable<ShellSegment> Segments(string command) =>
        ShellReader.Read(command, ShellDialect.Posix).Segments.Where(segment => segment.Program is not null and not ("cd" or "echo"));

    private static string Normalise(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
