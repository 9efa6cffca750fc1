using System.CommandLine;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Cli.Commands;

/// <summary>A command that asks a database one question and shows the answer, for people or as JSON.</summary>
/// <typeparam name="TOptions">The question.</typeparam>
/// <typeparam name="TAnswer">The answer.</typeparam>
internal sealed class QueryCommand<TOptions, TAnswer>
    where TOptions : class, new()
{
    private readonly Option<string?> _database = Arguments.Database();
    private readonly OptionSet<TOptions> _options = new();

    /// <summary>Answers the question.</summary>
    public required Func<PatternDatabase, TOptions, CancellationToken, TAnswer> Ask { get; init; }

    /// <summary>Writes the answer as one JSON object.</summary>
    public required Action<TAnswer, TOptions, Stream> WriteJson { get; init; }

    /// <summary>Writes the answer for people.</summary>
    public required Action<TAnswer> Write { get; init; }

    /// <summary>What the program ends with.</summary>
    public Func<TAnswer, int> ExitCode { get; init; } = _ => CommandRunner.Ran;

    /// <summary>The command.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does, with its exit codes.</param>
    /// <param name="form">What people are shown: the table, the lines.</param>
    public Command Create(string name, string description, string form = "table")
    {
        var json = new Option<bool>("--json") { Description = $"Print one JSON object instead of the {form}." };
        var command = new Command(name, description) { _database };
        _options.AddTo(command);
        command.Options.Add(json);
        command.SetAction(CommandRunner.Action((parsed, cancellationToken) => Run(parsed, parsed.GetValue(json), cancellationToken)));
        return command;
    }

    private int Run(ParseResult parsed, bool isJson, CancellationToken cancellationToken)
    {
        var options = _options.Read(parsed);
        var answer = Ask(PatternDatabase.Open(parsed.GetValue(_database)), options, cancellationToken);
        if (isJson)
        {
            using var output = Console.OpenStandardOutput();
            WriteJson(answer, options, output);
            output.Write("\n"u8);
        }
        else
        {
            Write(answer);
        }

        return ExitCode(answer);
    }
}
