using System.Reflection;
using System.Text;

namespace PatternAnalysis.Options;

/// <summary>One option: all that the fronts, the documents and the stored run need to know of it.</summary>
public sealed class OptionDefinition
{
    private readonly OptionAttribute _attribute;

    internal OptionDefinition(PropertyInfo property, OptionAttribute attribute, object? defaultValue)
    {
        Property = property;
        _attribute = attribute;
        DefaultValue = defaultValue;
    }

    /// <summary>The property that holds the value.</summary>
    public PropertyInfo Property { get; }

    /// <summary>The parameter's name, for example <c>MinLift</c>.</summary>
    public string Name => _attribute.Name;

    /// <summary>The command line's name, for example <c>--min-lift</c>.</summary>
    public string CommandLineName => CommandLineNameOf(Name);

    /// <summary>What it does, in one sentence.</summary>
    public string Summary => _attribute.Summary;

    /// <summary>The value when nothing is given.</summary>
    public object? DefaultValue { get; }

    /// <summary>The type of one value: that of an element, where the option takes several; never a nullable one.</summary>
    public Type ValueType
    {
        get
        {
            var type = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
            return type == typeof(WildcardFilter) ? typeof(string)
                : TakesSeveral ? type.GetGenericArguments()[0]
                : type;
        }
    }

    /// <summary>Whether it takes several values.</summary>
    public bool TakesSeveral =>
        Property.PropertyType == typeof(WildcardFilter)
        || Property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable)) && Property.PropertyType != typeof(string);

    /// <summary>Whether its values are wildcards.</summary>
    public bool TakesWildcards => Property.PropertyType == typeof(WildcardFilter);

    /// <inheritdoc cref="OptionAttribute.Minimum"/>
    public double Minimum => _attribute.Minimum;

    /// <inheritdoc cref="OptionAttribute.Maximum"/>
    public double Maximum => _attribute.Maximum;

    /// <inheritdoc cref="OptionAttribute.IsPath"/>
    public bool IsPath => _attribute.IsPath;

    /// <inheritdoc cref="OptionAttribute.AllowsEmpty"/>
    public bool AllowsEmpty => _attribute.AllowsEmpty;

    /// <inheritdoc cref="OptionAttribute.Aliases"/>
    public IReadOnlyList<string> Aliases => _attribute.Aliases;

    /// <inheritdoc cref="OptionAttribute.Alternatives"/>
    public IReadOnlyList<string> Alternatives => _attribute.Alternatives;

    /// <summary>
    /// Says what is wrong with a number as a value, in the words of the front that it was given to; null when nothing is.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The option's name there.</param>
    public string? Refuse(double value, string name) =>
        value >= Minimum && value <= Maximum ? null
        : double.IsFinite(Minimum) && double.IsFinite(Maximum)
            ? FormattableString.Invariant($"{name} must lie between {Minimum} and {Maximum}.")
        : FormattableString.Invariant($"{name} must be at least {Minimum}.");

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The command line's form of a parameter's name: <c>SessionId</c> is <c>--session-id</c>.</summary>
    public static string CommandLineNameOf(string name)
    {
        var text = new StringBuilder("-");
        foreach (var letter in name)
            _ = char.IsAsciiLetterUpper(letter) ? text.Append('-').Append(char.ToLowerInvariant(letter)) : text.Append(letter);
        return text.ToString();
    }
}
