using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Tells whether what varies in a step was named shortly before: as an argument of an earlier call of its case, or in the result of one, or
/// as the folder or the base name of either. A script that runs both can fill it in.
/// </summary>
internal sealed class ArgumentBinder
{
    /// <summary>How many calls back it looks.</summary>
    public const int Window = 15;

    private readonly StepFacts?[] _before = new StepFacts?[Window];
    private readonly IReadOnlyList<string>?[] _results = new IReadOnlyList<string>?[Window];
    private int _next;

    /// <summary>Starts the next case.</summary>
    public void StartCase()
    {
        Array.Clear(_before);
        Array.Clear(_results);
        _next = 0;
    }

    /// <summary>
    /// Whether the calls before name all that varies in a step; false for one in which nothing does. The step is then one of them.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="result">What its result names, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Add(StepFacts step, IReadOnlyList<string>? result)
    {
        var isBound = step.Template is not null && step.Arguments.Count > 0;
        for (var i = 0; isBound && i < step.Arguments.Count; i++)
            isBound = IsNamed(step.Arguments[i]);

        (_before[_next], _results[_next]) = (step, result);
        _next = (_next + 1) % Window;
        return isBound;
    }

    private bool IsNamed(string argument)
    {
        var value = Plain(argument);
        if (value.Length == 0)
            return false;

        for (var i = 0; i < Window; i++)
        {
            if (Names(_before[i]?.Arguments, value) || Names(_results[i], value))
                return true;
        }

        return false;
    }

    private static bool Names(IReadOnlyList<string>? texts, ReadOnlySpan<char> value)
    {
        for (var i = 0; i < texts?.Count; i++)
        {
            if (Names(texts[i], value))
                return true;
        }

        return false;
    }

    private static bool Names(string text, ReadOnlySpan<char> value)
    {
        var named = Plain(text);
        if (named.SequenceEqual(value))
            return true;
        if (named.Length <= value.Length)
            return false;

        // The base name, or the folder.
        var last = named.LastIndexOfAny('/', '\\');
        return last >= 0 && (named[(last + 1)..].SequenceEqual(value) || named[..last].SequenceEqual(value));
    }

    /// <summary>A path in the form that it is compared in: <c>./pkg/...</c> and <c>pkg/</c> are the folder <c>pkg</c>.</summary>
    public static ReadOnlySpan<char> Plain(string text)
    {
        var value = text.AsSpan();
        if (value.EndsWith("/..."))
            value = value[..^4];
        if (value.StartsWith("./") || value.StartsWith(".\\"))
            value = value[2..];
        return value.TrimEnd("/\\");
    }
}
