using PatternAnalysis.Activities;

namespace PatternAnalysis.Sequences;

/// <summary>Follows the steps of a case and knows the files of the last edits that stood side by side.</summary>
internal sealed class EditedFiles
{
    private List<string> _files = [];
    private bool _isBehindEdit;

    /// <summary>The files. Edits behind another step have a list of their own.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <summary>Takes the next step.</summary>
    public void Take(StepFacts step)
    {
        var isEdit = step.Hint == StepHint.Edit;
        if (isEdit && !_isBehindEdit)
            _files = [];
        if (isEdit)
            _files.AddRange(step.Arguments);
        _isBehindEdit = isEdit;
    }
}
