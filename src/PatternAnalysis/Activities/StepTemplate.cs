using System.Text;

namespace PatternAnalysis.Activities;

/// <summary>The form of a command: its programs, sub-commands and options, and what kinds of words vary.</summary>
public sealed class StepTemplate
{
    private string? _text;

    /// <summary>The commands, in order.</summary>
    public required IReadOnlyList<TemplatePart> Parts { get; init; }

    /// <summary>The form in words, words that may be sub-commands in braces: <c>git add &lt;path&gt; &amp;&amp; bd {ready}</c>.</summary>
    public string Text => _text ??= Render(lead => $"{{{lead}}}");

    /// <summary>The form in words, once it is known which first words are sub-commands.</summary>
    /// <param name="isSubCommand">Whether a program's first word is one.</param>
    public string Resolve(Func<string, string, bool> isSubCommand)
    {
        ArgumentNullException.ThrowIfNull(isSubCommand);
        return Parts.All(part => part.Lead is null) ? Text : Render(null, isSubCommand);
    }

    private string Render(Func<string, string>? markLead, Func<string, string, bool>? isSubCommand = null)
    {
        var text = new StringBuilder();
        string? before = null;
        foreach (var part in Parts)
        {
            var rendered =
                part.Lead is null ? part.Render(null, part.Words)
                : markLead is not null ? part.Render(markLead(part.Lead), part.Words)
                : isSubCommand!(part.Program, part.Lead) ? part.Render(part.Lead, part.Words)
                // A first word that is no sub-command is a word like the others.
                : part.Render(null, [.. part.Words.Append(WordKind.Text).Distinct().Order()]);
            if (rendered == before && part.Joint != "|")
                continue;
            if (before is not null)
                text.Append(' ').Append(part.Joint).Append(' ');
            text.Append(rendered);
            before = rendered;
        }

        return text.ToString();
    }
}

/// <summary>One command of a template.</summary>
/// <param name="Joint">What joins it to the one before: <c>&amp;&amp;</c>, <c>||</c>, <c>|</c>.</param>
/// <param name="Program">The program, with what names it further: a sub-command, the script that an interpreter runs.</param>
/// <param name="Lead">A first word that may be a sub-command of a program that is not known, or null.</param>
/// <param name="Options">Its options, sorted.</param>
/// <param name="Words">
/// The kinds of its other words, each once. Of a command that takes a message they stand in order, for the message has its place.
/// </param>
public sealed record TemplatePart(string Joint, string Program, string? Lead, IReadOnlyList<string> Options, IReadOnlyList<WordKind> Words)
{
    internal string Render(string? lead, IReadOnlyList<WordKind> words)
    {
        var text = new StringBuilder(Program);
        if (lead is not null)
            text.Append(' ').Append(lead);
        foreach (var option in Options)
            text.Append(' ').Append(option);
        foreach (var word in words)
            text.Append(' ').Append(TemplateReader.Slot(word));
        return text.ToString();
    }
}

/// <summary>What kind of thing a word of a command is.</summary>
public enum WordKind
{
    /// <summary>A plain word: a branch, a target.</summary>
    Name,

    /// <summary>A file, a folder, an address.</summary>
    Path,

    /// <summary>A hash, a key of a ticket, a range of commits.</summary>
    Id,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Anything else, as a rule in quotes.</summary>
    Text,
}
