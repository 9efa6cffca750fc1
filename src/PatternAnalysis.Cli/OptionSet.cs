using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PatternAnalysis.Options;

namespace PatternAnalysis.Cli;

/// <summary>The options of a record on the command line, made of the catalogue.</summary>
/// <typeparam name="TOptions">The record.</typeparam>
internal sealed class OptionSet<TOptions>
    where TOptions : class, new()
{
    private readonly List<Bound> _options = [];

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="except">The names of those that the command line has in another form.</param>
    public void AddTo(Command command, params string[] except)
    {
        foreach (var definition in OptionCatalogue.Of<TOptions>().Where(option => !except.Contains(option.Name)))
        {
            var type = definition.TakesSeveral ? definition.ValueType.MakeArrayType() : definition.Property.PropertyType;
            var bound = (Bound)Activator.CreateInstance(typeof(Bound<>).MakeGenericType(typeof(TOptions), type), definition)!;
            _options.Add(bound);
            command.Options.Add(bound.Option);
        }

        command.Validators.Add(RefuseConflicts);
    }

    /// <summary>The record that a command line asks for.</summary>
    public TOptions Read(ParseResult parsed)
    {
        var values = _options
            .Where(option => parsed.IsGiven(option.Option))
            .ToDictionary(option => option.Definition.Name, option => option.Read(parsed));
        return OptionCatalogue.Build<TOptions>(option => values.TryGetValue(option.Name, out var value) ? value : option.DefaultValue);
    }

    private void RefuseConflicts(CommandResult result)
    {
        var given = _options.Where(option => result.GetResult(option.Option) is { Implicit: false }).Select(option => option.Definition);
        if (OptionCatalogue.Conflict(given) is var (first, second))
            result.AddError($"{first.CommandLineName} and {second.CommandLineName} say the same thing in different ways. Use one of them.");
    }

    private abstract class Bound(OptionDefinition definition)
    {
        public OptionDefinition Definition { get; } = definition;

        public abstract Option Option { get; }

        public abstract object? Read(ParseResult parsed);
    }

    private sealed class Bound<TValue> : Bound
    {
        private readonly Option<TValue> _option;

        public Bound(OptionDefinition definition)
            : base(definition)
        {
            _option = new Option<TValue>(definition.CommandLineName, [.. definition.Aliases])
            {
                Description = definition.Summary,
                AllowMultipleArgumentsPerToken = definition.TakesSeveral,
                HelpName = HelpName(definition),
            };
            if (definition.AllowsEmpty)
                _option.Arity = ArgumentArity.ZeroOrMore;
            if (DefaultOf(definition) is TValue value)
                _option.DefaultValueFactory = _ => value;
            if (definition.ValueType == typeof(DateTimeOffset))
                _option.CustomParser = result => (TValue?)(object?)Arguments.ReadInstant(result, definition.CommandLineName);
            if (definition.ValueType == typeof(TimeSpan))
                _option.CustomParser = result => (TValue?)(object)Arguments.ReadDuration(result, definition.CommandLineName);
            _option.Validators.Add(result => RefuseOutOfRange(result, definition));
        }

        public override Option Option => _option;

        public override object? Read(ParseResult parsed) =>
            Definition.TakesWildcards ? WildcardFilter.Of((string[]?)(object?)parsed.GetValue(_option)) : parsed.GetValue(_option);

        // What is no number at all is told by the parser itself.
        private static void RefuseOutOfRange(OptionResult result, OptionDefinition definition)
        {
            if (
                result.Tokens is [var token]
                && (double.IsFinite(definition.Minimum) || double.IsFinite(definition.Maximum))
                && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var given)
                && definition.Refuse(given, definition.CommandLineName) is { } reason
            )
                result.AddError(reason);
        }

        // A switch that is off, and a list of nothing, are no defaults to show.
        private static object? DefaultOf(OptionDefinition definition) =>
            definition.DefaultValue switch
            {
                false => null,
                IEnumerable<string> texts => texts.Any() ? texts.ToArray() : null,
                var value => value,
            };

        private static string? HelpName(OptionDefinition definition) =>
            definition.TakesWildcards ? "wildcard"
            : definition.IsPath ? "file"
            : definition.ValueType == typeof(DateTimeOffset) ? "time"
            : definition.ValueType == typeof(TimeSpan) ? "duration"
            : definition.ValueType == typeof(string) ? "name"
            : definition.ValueType == typeof(bool) ? null
            : definition.ValueType.IsPrimitive || definition.ValueType == typeof(decimal) ? "number"
            : definition.TakesSeveral && definition.ValueType.IsEnum ? string.Join('|', Enum.GetNames(definition.ValueType))
            : null;
    }
}
