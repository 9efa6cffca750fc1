using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>What named all that varies in a step before it.</summary>
internal enum StepBinding : byte
{
    /// <summary>Nothing, or nothing varies.</summary>
    None,

    /// <summary>Calls of its case, or their results.</summary>
    Calls,

    /// <summary>The last edits: their files, the folders of these, or the ends of either's path.</summary>
    Edit,
}

/// <summary>
/// Tells whether what varies in a step was named shortly before: as an argument of an earlier call of its case, or in the result of one, or
/// as the folder or the end of either. A script that runs both can fill it in; so can a hook after edits, where the edited files are
/// all that it takes.
/// </summary>
internal sealed class ArgumentBinder
{
    /// <summary>How many calls back it looks.</summary>
    public const int Window = 15;

    private readonly StepFacts?[] _before = new StepFacts?[Window];
    private readonly IReadOnlyList<string>?[] _results = new IReadOnlyList<string>?[Window];
    private int _next;

    private EditedFiles _edited = new();

    /// <summary>Starts the next case.</summary>
    public void StartCase()
    {
        Array.Clear(_before);
        Array.Clear(_results);
        _next = 0;
        _edited = new EditedFiles();
    }

    /// <summary>
    /// What names all that varies in a step; nothing does where nothing varies. The step is then one of the calls before the next.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="result">What its result names, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public StepBinding Add(StepFacts step, IReadOnlyList<string>? result)
    {
        var binding = BindingOf(step);
        (_before[_next], _results[_next]) = (step, result);
        _next = (_next + 1) % Window;
        _edited.Take(step);
        return binding;
    }

    private StepBinding BindingOf(StepFacts step)
    {
        if (step.Template is null || step.Arguments.Count == 0)
            return StepBinding.None;

        var isOfEdit = _edited.Files.Count > 0;
        for (var i = 0; i < step.Arguments.Count; i++)
        {
            var value = Plain(step.Arguments[i]);
            if (value.Length == 0)
                return StepBinding.None;
            isOfEdit = isOfEdit && Names(_edited.Files, value);
            if (!isOfEdit && !IsNamed(value))
                return StepBinding.None;
        }

        return isOfEdit ? StepBinding.Edit : StepBinding.Calls;
    }

    private bool IsNamed(ReadOnlySpan<char> value)
    {
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

        // The folder, or the path or the folder as it is said from another folder on: where that is the current one, or by its name.
        var last = named.LastIndexOfAny('/', '\\');
        return last >= 0 && (IsEndOf(named, value) || named[..last].SequenceEqual(value) || IsEndOf(named[..last], value));
    }

    private static bool IsEndOf(ReadOnlySpan<char> path, ReadOnlySpan<char> value) =>
        path.Length > value.Length && path.EndsWith(value) && path[^(value.Length + 1)] is '/' or '\\';

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
