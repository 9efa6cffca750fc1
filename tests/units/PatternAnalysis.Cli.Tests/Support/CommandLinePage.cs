using System.CommandLine;
using System.Text;

namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>The page of all commands and options, as the program itself declares them.</summary>
internal static class CommandLinePage
{
    public static string Write(RootCommand root)
    {
        var page = new StringBuilder();
        page.Append("# The command line\n\n");
        page.Append("Every command of `pattern-analysis` with its options. The page is made of the program's own declarations: a test\n");
        page.Append("compares them, and writes the page anew when `PATTERN_ANALYSIS_UPDATE=1` is set.\n");
        foreach (var command in root.Subcommands.OrderBy(command => command.Name, StringComparer.Ordinal))
            WriteCommand(page, command);
        return page.ToString();
    }

    /// <summary>The names of all commands.</summary>
    public static IEnumerable<string> Commands() => RootProgram.Create().Subcommands.Select(command => command.Name);

    private static void WriteCommand(StringBuilder page, Command command)
    {
        page.Append("\n## ").Append(command.Name).Append("\n\n").Append(command.Description).Append("\n\n");
        var arguments = string.Concat(command.Arguments.Select(argument => $" <{argument.Name}>"));
        page.Append("```text\npattern-analysis ").Append(command.Name).Append(arguments).Append(" [options]\n```\n\n");
        foreach (var argument in command.Arguments)
            page.Append($"- `{argument.Name}`: {argument.Description}\n");
        foreach (var option in command.Options.Where(option => option is not System.CommandLine.Help.HelpOption))
            WriteOption(page, option);
    }

    private static void WriteOption(StringBuilder page, Option option)
    {
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        var value =
            option.HelpName is { } name ? $" <{name}>"
            : type.IsEnum ? $" <{string.Join('|', Enum.GetNames(type))}>"
            : type == typeof(bool) ? ""
            : " <value>";
        page.Append(
            $"- `{string.Join("`, `", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name))}{value}`: {option.Description}"
        );
        // Who is logged in is no default to write down.
        if (option.HasDefaultValue && type != typeof(bool) && option.Name != "--reviewer")
            page.Append($" Default: `{Text(option.GetDefaultValue())}`.");
        page.Append('\n');
    }

    private static string Text(object? value) =>
        value is string[] texts
            ? string.Join(' ', texts)
            : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
