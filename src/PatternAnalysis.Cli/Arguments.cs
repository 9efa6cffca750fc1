using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Cli;

/// <summary>Options that several commands share, and how their texts are read.</summary>
internal static class Arguments
{
    public static Option<string?> Database() =>
        new("--database", "-d")
        {
            Description =
                $"The SQLite file, or the PostgreSQL database (postgres://user@host:port/name), that the hooks write to. Default: "
                + $"the environment variable {PatternDatabase.EnvironmentVariable}. A password comes from PGPASSWORD or ~/.pgpass.",
            HelpName = "file or address",
        };

    public static Option<TimeZoneInfo?> DatabaseTimeZone() =>
        new("--database-time-zone")
        {
            Description = "The zone of event times that are stored without one, like Europe/Berlin. Default: UTC.",
            HelpName = "zone",
            CustomParser = result =>
            {
                if (TimeZoneInfo.TryFindSystemTimeZoneById(result.Tokens[0].Value, out var zone))
                    return zone;

                result.AddError(
                    $"--database-time-zone '{result.Tokens[0].Value}' is no time zone of this machine. Write it like Europe/Berlin or UTC."
                );
                return null;
            },
        };

    /// <summary>The same for what has to know the rules of the runs, and looks at no command itself.</summary>
    public static Option<string[]> RulesOfRuns() =>
        new("--rule-path", "--rules")
        {
            Description = "Files of further rules of what is dangerous, as the runs have them.",
            HelpName = "file",
        };

    public static Option<string[]> Rules() =>
        new("--rules")
        {
            Description = "Files of further rules of what is dangerous.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "file",
        };

    public static Option<int> AtLeast(int minimum, string name, int value, string description, int maximum = int.MaxValue)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => value,
            HelpName = "number",
        };
        option.Validators.Add(result =>
        {
            // What is no number at all is told by the parser itself.
            if (
                result.Tokens is [var token]
                && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var given)
                && (given < minimum || given > maximum)
            )
                result.AddError(
                    maximum < int.MaxValue ? $"{name} must lie between {minimum} and {maximum}." : $"{name} must be at least {minimum}."
                );
        });
        return option;
    }

    /// <summary>Reads a time as the events are read: one without a zone is UTC.</summary>
    public static DateTimeOffset? ReadInstant(ArgumentResult result, string name)
    {
        if (TimestampParser.TryParse(Encoding.UTF8.GetBytes(result.Tokens[0].Value), out var ticks))
            return new DateTimeOffset(ticks, TimeSpan.Zero);

        result.AddError(
            $"{name} '{result.Tokens[0].Value}' is no time. Write it like 2025-12-08, "
                + $"2025-12-08T20:00:00Z or 2025-12-08T20:00:00+01:00; without a zone it is UTC."
        );
        return null;
    }

    /// <summary>Reads a length of time as people write it.</summary>
    public static TimeSpan ReadDuration(ArgumentResult result, string name)
    {
        if (DurationText.TryParse(result.Tokens[0].Value, out var duration))
            return duration;

        result.AddError($"{name} '{result.Tokens[0].Value}' {DurationText.Advice}");
        return default;
    }

    /// <summary>Whether an option was given, and not just its default.</summary>
    public static bool IsGiven(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
