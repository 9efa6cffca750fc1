using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace PatternAnalysis.Options;

/// <summary>The options of a record and of the records in it, found by their attributes.</summary>
public static class OptionCatalogue
{
    private static readonly ConcurrentDictionary<Type, Member[]> s_members = new();

    /// <summary>The options of a record, in the order in which they are declared.</summary>
    public static IReadOnlyList<OptionDefinition> Of<TOptions>()
        where TOptions : class, new() => [.. Of(typeof(TOptions))];

    /// <summary>The options of a record, each with its value.</summary>
    public static IEnumerable<(OptionDefinition Option, object? Value)> ValuesOf(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (property, option) in MembersOf(options.GetType()))
        {
            if (option is not null)
                yield return (option, property.GetValue(options));
            else
            {
                foreach (var value in ValuesOf(property.GetValue(options)!))
                    yield return value;
            }
        }
    }

    /// <summary>Makes a record of options.</summary>
    /// <param name="valueOf">Finds an option's value; <see cref="OptionDefinition.DefaultValue"/> where there is none.</param>
    public static TOptions Build<TOptions>(Func<OptionDefinition, object?> valueOf)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        return (TOptions)Build(typeof(TOptions), valueOf);
    }

    /// <summary>Refuses values out of their ranges. The fronts refuse them earlier, each in its own words.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidOption</c>: a number is out of its range.</exception>
    public static void Check(object options)
    {
        foreach (var (option, value) in ValuesOf(options))
        {
            if (
                value is int or long or double or decimal
                && option.Refuse(Convert.ToDouble(value, CultureInfo.InvariantCulture), option.Name) is { } reason
            )
                throw new PatternAnalysisException(ErrorCatalogue.InvalidOption, reason);
        }
    }

    /// <summary>Says which of the options that were given exclude each other; null when none do.</summary>
    public static (OptionDefinition First, OptionDefinition Second)? Conflict(IEnumerable<OptionDefinition> given)
    {
        OptionDefinition[] choosers = [.. given.Where(option => option.Alternatives.Count > 0)];
        foreach (var first in choosers)
        {
            foreach (var second in choosers)
            {
                if (!first.Alternatives.Intersect(second.Alternatives).Any())
                    return (first, second);
            }
        }

        return null;
    }

    private static IEnumerable<OptionDefinition> Of(Type type) =>
        MembersOf(type).SelectMany(member => member.Option is { } option ? [option] : Of(member.Property.PropertyType));

    private static object Build(Type type, Func<OptionDefinition, object?> valueOf)
    {
        var options = Activator.CreateInstance(type)!;
        foreach (var (property, option) in MembersOf(type))
            property.SetValue(options, option is null ? Build(property.PropertyType, valueOf) : valueOf(option));
        return options;
    }

    private static Member[] MembersOf(Type type) => s_members.GetOrAdd(type, FindMembers);

    private static Member[] FindMembers(Type type)
    {
        var defaults = Activator.CreateInstance(type);
        var members = new List<Member>();
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<OptionAttribute>() is { } attribute)
                members.Add(new Member(property, new OptionDefinition(property, attribute, property.GetValue(defaults))));
            else if (property.IsDefined(typeof(OptionGroupAttribute)))
                members.Add(new Member(property, null));
        }

        return [.. members];
    }

    /// <summary>An option of a record; where there is none, a record in the record.</summary>
    private sealed record Member(PropertyInfo Property, OptionDefinition? Option);
}
