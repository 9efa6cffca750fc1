using System.Buffers;
using System.Text;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Activities;

/// <summary>
/// Takes out of the facts of a step what must not be stored: secrets, and what not every database keeps (half a pair of characters,
/// U+0000). All that is found out of steps is found out of masked facts, so it is the same whether they were stored or just read.
/// </summary>
internal static class FactsMasker
{
    private const char Replacement = '\uFFFD';

    // PostgreSQL refuses the first, and SQLite ends a text at it; a file in UTF-16 takes the others for marks of the order of bytes.
    private static readonly SearchValues<char> s_unstorable = SearchValues.Create("\0\uFFFE\uFFFF");

    /// <summary>The masked facts: the same object when there is nothing to mask.</summary>
    public static StepFacts Mask(StepFacts facts)
    {
        var operation = Mask(facts.Operation);
        var name = ReferenceEquals(facts.Name, facts.Operation) ? operation : Mask(facts.Name);
        var exact = facts.Exact is null ? null : Mask(facts.Exact);
        var arguments = Mask(facts.Arguments);
        var template = Mask(facts.Template);
        var tool = Mask(facts.Tool);
        return
            ReferenceEquals(operation, facts.Operation)
            && ReferenceEquals(name, facts.Name)
            && ReferenceEquals(exact, facts.Exact)
            && ReferenceEquals(arguments, facts.Arguments)
            && ReferenceEquals(template, facts.Template)
            && ReferenceEquals(tool, facts.Tool)
            ? facts
            : new StepFacts
            {
                Tool = tool,
                Operation = operation,
                Name = name,
                Hint = facts.Hint,
                IsKnown = facts.IsKnown,
                Exact = exact,
                Template = template,
                Arguments = arguments,
            };
    }

    /// <summary>A masked text that can be stored: the same object when nothing had to be changed.</summary>
    public static string Mask(string text)
    {
        var masked = SecretMasker.MayMask(text) ? SecretMasker.Mask(text) : text;
        var storable = Storable(masked);
        return storable == text ? text : storable;
    }

    private static IReadOnlyList<string> Mask(IReadOnlyList<string> texts)
    {
        string[]? changed = null;
        for (var i = 0; i < texts.Count; i++)
        {
            var masked = Mask(texts[i]);
            if (ReferenceEquals(masked, texts[i]))
                continue;
            changed ??= [.. texts];
            changed[i] = masked;
        }

        return changed ?? texts;
    }

    // What is a secret may show only beside what stands around it, so a form is masked as a whole; what had to be masked is one part.
    private static StepTemplate? Mask(StepTemplate? template)
    {
        if (template is null)
            return null;
        var text = template.Resolve((_, _) => true);
        var masked = Mask(text);
        return ReferenceEquals(masked, text) ? template : new StepTemplate { Parts = [new TemplatePart("", masked, null, [], [])] };
    }

    /// <summary>A text that every database keeps as it is: the same object when this one is.</summary>
    public static string Storable(string text)
    {
        var isStorable = !text.AsSpan().ContainsAny(s_unstorable);
        for (var i = 0; isStorable && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            isStorable = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            i++;
        }

        if (isStorable)
            return text;
        var storable = new StringBuilder(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        return storable.Replace('\0', Replacement).Replace('\uFFFE', Replacement).Replace('\uFFFF', Replacement).ToString();
    }
}
