using System.Collections;
using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell;

namespace PatternAnalysis.Commands;

/// <summary>
/// Gives PowerShell the properties of an object as they are, but for one thing: a list in a string is its elements, where .NET gives the
/// name of its type. <c>Export-Csv</c> writes what a property's value says of itself; a list stays a list for everything else.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ListTextAdapter : PSPropertyAdapter
{
    // A cell of a spreadsheet holds 32,767 characters, and nobody reads more elements than these there.
    private const int ShownElements = 20;

    private static readonly ConcurrentDictionary<Type, Dictionary<string, PropertyInfo>> s_properties = new();
    private static readonly PSCodeMethod s_text = new("ToString", typeof(ListTextAdapter).GetMethod(nameof(TextOf)));

    /// <summary>The types that have a list among their properties, of those that scripts see.</summary>
    public static IEnumerable<Type> Types { get; } =
        typeof(ToolSequence)
            .Assembly.GetExportedTypes()
            .Where(type =>
                type.Namespace == nameof(PatternAnalysis)
                && !type.IsAssignableTo(typeof(Exception))
                && PropertiesOf(type).Values.Any(property => IsList(property.PropertyType))
            );

    /// <summary>The elements of a list, with "; " between; of a long one the first twenty, and how many there are.</summary>
    /// <param name="list">The list.</param>
    public static string TextOf(PSObject list)
    {
        ArgumentNullException.ThrowIfNull(list);
        string?[] elements = list.BaseObject is IDictionary pairs
            ? [.. pairs.Keys.Cast<object>().Select(key => $"{key}: {TextOf(pairs[key])}")]
            : [.. ((IEnumerable)list.BaseObject).Cast<object?>().Select(TextOf)];
        return string.Join("; ", elements.Take(ShownElements))
            + (elements.Length > ShownElements ? $"; ... ({elements.Length} in all)" : "");
    }

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        ArgumentNullException.ThrowIfNull(baseObject);
        return [.. PropertiesOf(baseObject.GetType()).Values.Select(property => new PSAdaptedProperty(property.Name, property))];
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        ArgumentNullException.ThrowIfNull(baseObject);
        return PropertiesOf(baseObject.GetType()).GetValueOrDefault(propertyName) is { } property
            ? new PSAdaptedProperty(property.Name, property)
            : null;
    }

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => Property(adaptedProperty).SetMethod is { IsPublic: true };

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        ToStringCodeMethods.Type(PSObject.AsPSObject(Property(adaptedProperty).PropertyType));

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        var value = Property(adaptedProperty).GetValue(adaptedProperty.BaseObject);
        if (value is null || !IsList(value.GetType()))
            return value;
        var list = new PSObject(value);
        list.Methods.Add(s_text.Copy() as PSMethodInfo);
        return list;
    }

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        var property = Property(adaptedProperty);
        property.SetValue(
            adaptedProperty.BaseObject,
            LanguagePrimitives.ConvertTo(value, property.PropertyType, CultureInfo.InvariantCulture)
        );
    }

    private static string? TextOf(object? element) =>
        element is IFormattable value ? value.ToString(null, CultureInfo.InvariantCulture) : element?.ToString();

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static PropertyInfo Property(PSAdaptedProperty adapted) => (PropertyInfo)adapted.Tag;

    private static Dictionary<string, PropertyInfo> PropertiesOf(Type type) =>
        s_properties.GetOrAdd(
            type,
            static type =>
            {
                var properties = new Dictionary<string, PropertyInfo>(StringComparer.OrdinalIgnoreCase);
                foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
                {
                    // The first of a name is the most derived type's.
                    if (property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
                        properties.TryAdd(property.Name, property);
                }

                return properties;
            }
        );
}
