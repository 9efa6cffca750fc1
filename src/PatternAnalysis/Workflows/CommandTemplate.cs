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

    /// <summary>The most frequent form among commands, or null when they are too long to have one.</summary>
    /// <param name="commands">Masked commands.</param>
    /// <param name="prefix">What the parameters' names begin with.</param>
    public static CommandTemplate? Of(IReadOnlyList<string> commands, string prefix)
    {
        ArgumentNullException.ThrowIfNull(commands);
        var form = commands
            .Where(command => command.Length is > 0 and <= LongestCommand && !command.AsSpan().ContainsAny('\n', '\r'))
            .Select(CommandWords.Split)
            .GroupBy(words => (words.Count, words[0], Fixed: string.Join(' ', words.Select(FixedPart))))
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
            var values = form.GroupBy(command => command[place])
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
            );
            parameters.Add(parameter);
            words.Add(new TemplateWord(values[0].Key, parameter.Name));
        }

        return new CommandTemplate(words, parameters, form.Length);
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
public sealed record TemplateParameter(string Name, int DistinctCount, WordKind Kind, IReadOnlyList<string> Examples);
