namespace PatternAnalysis.Scheduling;

/// <summary>A run to register.</summary>
public sealed record AnalysisTask
{
    private const int LongestName = 64;

    /// <summary>Makes a task.</summary>
    /// <param name="name">Letters, digits, <c>_ . -</c>; the name of units and marks.</param>
    /// <param name="schedule">When it starts.</param>
    /// <param name="program">The program's absolute path.</param>
    /// <param name="arguments">Its arguments, each as the program is to get it.</param>
    /// <exception cref="PatternAnalysisException">A scheduler could not hold them.</exception>
    public AnalysisTask(string name, Schedule schedule, string program, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(schedule);
        if (!IsName(name))
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidTask,
                $"A task's name has letters, digits, '_', '.' and '-', at most {LongestName}, and begins with a letter or a digit."
            );
        if (arguments.Prepend(program).Any(word => word.Any(char.IsControl)))
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidTask,
                "A path or an argument holds a line end or another control character, which no scheduler can hold."
            );
        Name = name;
        Schedule = schedule;
        Program = program;
        Arguments = arguments;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>When it starts.</summary>
    public Schedule Schedule { get; }

    /// <summary>The program's absolute path.</summary>
    public string Program { get; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Whether a text can be a task's name.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');
}
