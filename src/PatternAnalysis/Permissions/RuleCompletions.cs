using System.Text.RegularExpressions;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Permissions;

/// <summary>
/// What the danger rules themselves say against a prefix: every option, sub-command and word that a rule about its program names. So a
/// rule that is added, by anybody, speaks against the prefixes that would let through what it finds.
/// </summary>
internal static class RuleCompletions
{
    private const string AnyFile = "README.md";

    // A run of plain characters, outside of a class.
    private static readonly Regex s_literal = new(
        @"\[[^\]]*\]|(?<literal>(\\[^bBdDsSwW]|[^][(){}*+?^$|\\])+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    );

    /// <summary>Words to stand behind a prefix and a blank.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="prefix">The prefix, as it was read.</param>
    public static IEnumerable<string> Of(DangerRuleSet rules, ShellScript prefix)
    {
        if (prefix.Segments is not [{ Program: { } program } segment, ..])
            return [];
        var subCommand = ProgramCatalog.SubCommand(segment);
        return rules
            .Rules.Where(rule => rule is { Level: > DangerLevel.Safe, Command.Programs.Count: > 0 } && rule.IsAbout(program))
            .SelectMany(rule => Of(rule.Command!, subCommand))
            .Concat(FileOutputs.OptionsOf(segment).Select(option => $"{option} {AnyFile}"))
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Of(CommandCondition rule, string subCommand)
    {
        string[] words =
        [
            .. rule.Flags,
            .. rule.GlobalFlags,
            string.Join(' ', rule.AllFlags),
            .. Literals(rule.Arguments),
            .. Literals(rule.OnlyArgument),
            .. Literals(rule.Operands),
        ];
        return from head in Heads(rule, subCommand)
            from word in words.Append("")
            from completion in new[] { $"{head} {word}".Trim(), $"{head} {word} {AnyFile}".Trim() }
            where completion.Length > 0
            select completion;
    }

    // What makes the prefix's sub-command the rule's; nothing where no more words can.
    private static IEnumerable<string> Heads(CommandCondition rule, string subCommand)
    {
        if (rule.SubCommands.Count == 0)
            return Literals(rule.SubCommandPattern).Prepend("");
        return rule
            .SubCommands.Select(wanted =>
                $"{subCommand} ".StartsWith(wanted + " ", StringComparison.Ordinal) ? ""
                : subCommand.Length == 0 ? wanted
                : wanted.StartsWith(subCommand + " ", StringComparison.Ordinal) ? wanted[(subCommand.Length + 1)..]
                : null
            )
            .OfType<string>();
    }

    // The words of an expression that it finds by themselves: of "^(--to-c[a-z]*|--rsh)$" both.
    private static IEnumerable<string> Literals(BoundedRegex? expression) =>
        expression is null
            ? []
            : s_literal
                .Matches(expression.Pattern)
                .Select(match => match.Groups["literal"].Value.Replace("\\", "", StringComparison.Ordinal))
                .Where(literal => literal.Length > 0 && !literal.Contains(' ', StringComparison.Ordinal) && expression.IsMatch(literal));
}
