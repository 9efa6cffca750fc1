using PatternAnalysis.Activities;

namespace PatternAnalysis.Workflows;

/// <summary>What the commands of a step have in common: words that stay and words that vary.</summary>
/// <param name="Words">The words; one that varies is a parameter.</param>
/// <param name="Parameters">The parameters, in the order of their words.</param>
/// <param name="MatchCount">How many of the commands have this form.</param>
public sealed record CommandTemplate(IReadOnlyList<TemplateWord> Words, IReadOnlyList<TemplateParameter> Parameters, int MatchCount)
{
    private const int LongestCommand = 500;
    private const int ExampleCount = 3;

    /// <summary>What is so in this share of the occurrences counts as always so.</summary>
    internal const double MostOften = 0.8;

    /// <summary>The most frequent form among commands, or null when they are too long to have one.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="prefix">What the parameters' names begin with.</param>
    internal static CommandTemplate? Of(IReadOnlyList<GivenCommand> commands, string prefix)
    {
        var form = commands
            .Where(command => command.Text.Length is > 0 and <= LongestCommand && !command.Text.AsSpan().ContainsAny('\n', '\r'))
            .Select(GivenWords)
            .GroupBy(words => (words.Count, words[0].Text, Fixed: string.Join(' ', words.Select(word => FixedPart(word.Text)))))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key.Count)
            .FirstOrDefault()
            ?.ToArray();
        if (form is null)
            return null;

        var words = new List<TemplateWord>();
        var parameters = new List<TemplateParameter>();
        for (var place = 0; place < form[0].Count; place++)
        {
            var values = form.GroupBy(command => command[place].Text)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .ToArray();
            // What was masked is not known, so it has to be given as well.
            if (values is [var only] && !only.Key.Contains(Masking.SecretMasker.Mark, StringComparison.Ordinal))
            {
                words.Add(new TemplateWord(only.Key, null));
                continue;
            }

            var parameter = new TemplateParameter(
                $"{prefix}_value{parameters.Count + 1}",
                values.Length,
                ValueKindReader.Of(values.Select(value => value.Key)),
                [.. values.Take(ExampleCount).Select(value => value.Key)]
            )
            {
                Edited = EditedBy([.. form.Select(command => command[place].Edited)]),
            };
            parameters.Add(parameter);
            words.Add(new TemplateWord(values[0].Key, parameter.Name));
        }

        return new CommandTemplate(words, parameters, form.Length);
    }

    // Of several edited files side by side one stands for all: a hook runs for each.
    private static List<(string Text, EditedValue? Edited)> GivenWords(GivenCommand command)
    {
        var words = new List<(string Text, EditedValue? Edited)>();
        foreach (var word in CommandWords.Split(command.Text))
        {
            var edited = words.Count == 0 ? null : EditedValue.Of(word, command.Edited);
            if (edited is null || !edited.IsLike(words[^1].Edited))
                words.Add((word, edited));
        }

        return words;
    }

    // Made in the same way of the edited file nearly every time.
    private static EditedValue? EditedBy(EditedValue?[] values)
    {
        var most = values.OfType<EditedValue>().GroupBy(value => value with { Extension = null }).MaxBy(group => group.Count());
        if (most is null || most.Count() < MostOften * values.Length)
            return null;
        string?[] extensions = [.. most.Select(value => value.Extension).Distinct()];
        return most.Key with { Extension = extensions.Length == 1 ? extensions[0] : null };
    }

    // An operator or an option that stands elsewhere in another command is no value of a parameter; what follows "=" or -n in one word is.
    private static string FixedPart(string word) =>
        CommandWords.IsOperator(word) ? word
        : word is not ['-', not (>= '0' and <= '9'), ..] ? ""
        : word is ['-', not '-', _, ..] && word.Skip(1).All(char.IsAsciiLetter) ? word
        : word is ['-', not '-', _, ..] ? word[..2]
        : word.Split('=')[0];
}

/// <summary>A word of a template.</summary>
/// <param name="Text">The word; of one that varies the most frequent value.</param>
/// <param name="Parameter">The parameter's name, or null when the word stays.</param>
public sealed record TemplateWord(string Text, string? Parameter);

/// <summary>A word that varies.</summary>
/// <param name="Name">The name, fit for a shell.</param>
/// <param name="DistinctCount">How many different values there were.</param>
/// <param name="Kind">What kind of thing they are.</param>
/// <param name="Examples">The most frequent of them.</param>
public sealed record TemplateParameter(string Name, int DistinctCount, WordKind Kind, IReadOnlyList<string> Examples)
{
    /// <summary>What it is of the file that was edited just before; null where it is something else.</summary>
    public EditedValue? Edited { get; init; }
}
