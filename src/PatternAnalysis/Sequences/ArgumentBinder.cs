using System.Runtime.CompilerServices;
using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Tells whether what varies in a step was named shortly before: as an argument of an earlier call of its case, or in the result of one, or
/// as the end or the folder of either. A script that runs both can fill it in.
/// </summary>
internal sealed class ArgumentBinder
{
    /// <summary>How many calls back it looks.</summary>
    public const int Window = 15;

    private readonly StepFacts?[] _before = new StepFacts?[Window];
    private readonly IReadOnlyList<string>?[] _results = new IReadOnlyList<string>?[Window];
    private readonly List<string> _edited = [];
    private bool _isEditing;
    private int _next;

    /// <summary>Starts the next case.</summary>
    public void StartCase()
    {
        Array.Clear(_before);
        Array.Clear(_results);
        _edited.Clear();
        (_isEditing, _next) = (false, 0);
    }

    /// <summary>What names all that varies in a step; nothing where nothing does. The step is then one of those before.</summary>
    /// <param name="step">The step.</param>
    /// <param name="result">What its result names, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Binding Add(StepFacts step, IReadOnlyList<string>? result)
    {
        var binding = step.Template is not null && step.Arguments.Count > 0 ? Binding.Edits : Binding.None;
        for (var i = 0; binding != Binding.None && i < step.Arguments.Count; i++)
        {
            if (binding == Binding.Edits && !NamesPlain(_edited, step.Arguments[i]))
                (binding, i) = (Binding.Calls, -1);
            else if (binding == Binding.Calls && !IsNamed(step.Arguments[i]))
                binding = Binding.None;
        }

        TakeEdits(step);
        (_before[_next], _results[_next]) = (step, result);
        _next = (_next + 1) % Window;
        return binding;
    }

    private void TakeEdits(StepFacts step)
    {
        var isEdit = step.Hint == StepHint.Edit;
        if (isEdit && !_isEditing)
            _edited.Clear();
        if (isEdit)
            _edited.AddRange(step.Arguments);
        _isEditing = isEdit;
    }

    private static bool NamesPlain(List<string> texts, string argument) => Plain(argument) is { Length: > 0 } value && Names(texts, value);

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

        // The path from some folder on, as it is said where that is the current one, or its folder likewise.
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
