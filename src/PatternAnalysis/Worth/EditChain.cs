namespace PatternAnalysis.Worth;

/// <summary>
/// Follows the steps of a case and says which stand where a hook after edits could run them: behind an edit with only commands between that
/// the hook could run before them, each once. A command that runs again was called for another reason.
/// </summary>
/// <typeparam name="TActivity">What tells activities apart.</typeparam>
internal sealed class EditChain<TActivity>
{
    private readonly HashSet<TActivity> _commands = [];

    /// <summary>Whether the last step is an edit.</summary>
    public bool IsBehindEdit { get; private set; }

    /// <summary>Whether a step that came now could be one that a hook runs.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Begins with the next case.</summary>
    public void Restart()
    {
        _commands.Clear();
        (IsBehindEdit, IsOpen) = (false, false);
    }

    /// <summary>Takes the next step.</summary>
    /// <param name="activity">Its activity.</param>
    /// <param name="isEdit">Whether it changes a file.</param>
    /// <param name="isConstant">Whether it runs as it stands, so that a hook could run it.</param>
    /// <returns>Whether it stands where a hook after edits could run it.</returns>
    public bool Take(TActivity activity, bool isEdit, bool isConstant)
    {
        var checks = IsOpen && !_commands.Contains(activity);
        IsBehindEdit = isEdit;
        if (isEdit)
            _commands.Clear();
        else if (checks)
            _commands.Add(activity);
        IsOpen = isEdit || (checks && isConstant);
        return checks;
    }
}
