using PatternAnalysis.Activities;

namespace PatternAnalysis.Workflows;

/// <summary>
/// The form of a command whose free text is a message. The texts themselves say nothing of it: they are long, and different each time.
/// </summary>
internal static class MessageTemplate
{
    private static readonly string[] s_options = ["-m", "-am", "--message", "-b", "--body", "-t", "--title"];

    /// <summary>The form; null when it is not known which text belongs to which option, or which value stands where.</summary>
    /// <param name="steps">The facts of the step in each occurrence.</param>
    /// <param name="prefix">What the parameters' names begin with.</param>
    public static CommandTemplate? Of(IReadOnlyList<StepFacts> steps, string prefix)
    {
        // Whether a first word is a sub-command or a value, the log tells, not the form.
        if (steps.Any(step => step.Template?.Parts.Any(part => part.Lead is not null) == true))
            return null;
        var form = steps
            .Select(step => step.Template?.Text)
            .OfType<string>()
            .GroupBy(text => text, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        if (form is null)
            return null;

        var words = new List<TemplateWord>();
        var parameters = new List<TemplateParameter>();
        foreach (var word in form.Key.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (KindOf(word) is not { } kind)
            {
                words.Add(new TemplateWord(word, null));
                continue;
            }

            if (kind == WordKind.Text && !IsBehindItsOption(words))
                return null;
            var name = kind == WordKind.Text ? "message" : StepLine.NameOf(kind);
            var count = parameters.Count(parameter => parameter.Name.StartsWith($"{prefix}_{name}", StringComparison.Ordinal));
            var parameter = new TemplateParameter($"{prefix}_{name}{(count == 0 ? "" : $"{count + 1}")}", 0, kind, []);
            parameters.Add(parameter);
            words.Add(new TemplateWord(word, parameter.Name));
        }

        return new CommandTemplate(words, parameters, form.Count());
    }

    // Options stand sorted in a form, and texts side by side are one: only behind the single option that takes one it is known whose it is.
    private static bool IsBehindItsOption(List<TemplateWord> words) =>
        words is [.., { Parameter: null } last]
        && s_options.Contains(last.Text)
        && words
            .AsEnumerable()
            .Reverse()
            .TakeWhile(word => word.Parameter is not null || word.Text is not ("&&" or "||" or "|"))
            .Count(word => word.Parameter is null && CommandVocabulary.IsMessageOption(word.Text)) == 1;

    private static WordKind? KindOf(string word) =>
        word switch
        {
            "<text>" => WordKind.Text,
            "<path>" => WordKind.Path,
            "<id>" => WordKind.Id,
            "<number>" => WordKind.Number,
            "<name>" => WordKind.Name,
            _ => null,
        };
}
