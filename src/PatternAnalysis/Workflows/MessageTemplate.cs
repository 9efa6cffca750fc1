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

            // Options stand sorted in a form, so only a text straight behind its own is known to be its.
            if (kind == WordKind.Text && !(words.Count > 0 && words[^1].Parameter is null && s_options.Contains(words[^1].Text)))
                return null;
            var name = kind == WordKind.Text ? "message" : StepLine.NameOf(kind);
            var count = parameters.Count(parameter => parameter.Name.StartsWith($"{prefix}_{name}", StringComparison.Ordinal));
            var parameter = new TemplateParameter($"{prefix}_{name}{(count == 0 ? "" : $"{count + 1}")}", 0, kind, []);
            parameters.Add(parameter);
            words.Add(new TemplateWord(word, parameter.Name));
        }

        return new CommandTemplate(words, parameters, form.Count());
    }

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
