using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PatternAnalysis.Generators;

/// <summary>A property of a record of options, and the parameter that is made of it.</summary>
internal sealed class OptionProperty
{
    private const string Option = "PatternAnalysis.Options.OptionAttribute";
    private const string Group = "PatternAnalysis.Options.OptionGroupAttribute";
    private const string Filter = "global::PatternAnalysis.Options.WildcardFilter";

    // What is completed from a database.
    private static readonly Dictionary<string, string> s_completers = new()
    {
        ["PatternId"] = "PatternIdCompleter",
        ["SessionId"] = "SessionIdCompleter",
        ["SourceApp"] = "SourceAppCompleter",
        ["EventType"] = "EventTypeCompleter",
    };

    private readonly IPropertySymbol _property;
    private readonly string _name;
    private readonly string _summary;
    private readonly ImmutableDictionary<string, TypedConstant> _named;

    private OptionProperty(IPropertySymbol property, AttributeData attribute)
    {
        _property = property;
        _name = (string)attribute.ConstructorArguments[0].Value!;
        _summary = (string)attribute.ConstructorArguments[1].Value!;
        _named = attribute.NamedArguments.ToImmutableDictionary(argument => argument.Key, argument => argument.Value);
    }

    private bool IsList => Element is not null;

    private bool IsFilter => Global(_property.Type.WithNullableAnnotation(NullableAnnotation.None)) == Filter;

    private bool IsPath => IsSet("IsPath");

    /// <summary>The type of the elements of a list; null when it is none.</summary>
    private ITypeSymbol? Element =>
        _property.Type is INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments: { Length: 1 } arguments } ? arguments[0] : null;

    private bool IsNullable => _property.NullableAnnotation == NullableAnnotation.Annotated;

    /// <summary>What the cmdlet reads the property's value from.</summary>
    public string Value =>
        IsFilter ? $"{Filter}.Of({_name})"
        : IsPath && IsList ? $"[.. {_name}.Select(Resolve)]"
        : IsPath ? $"{_name} is null ? null : Resolve({_name})"
        : _name;

    /// <summary>The options of a record and of the records in it.</summary>
    public static IEnumerable<OptionProperty> Of(INamedTypeSymbol record) =>
        record
            .GetMembers()
            .OfType<IPropertySymbol>()
            .SelectMany(property =>
                TryMake(property) is { } option ? [option]
                : IsGroup(property) ? Of((INamedTypeSymbol)property.Type)
                : []
            );

    public static OptionProperty? TryMake(IPropertySymbol property) =>
        Find(property, Option) is { } attribute ? new OptionProperty(property, attribute) : null;

    public static bool IsGroup(IPropertySymbol property) => Find(property, Group) is not null;

    public static string Global(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public void WriteParameter(StringBuilder text)
    {
        text.AppendLine($"    /// <summary>{_summary.Replace("&", "&amp;").Replace("<", "&lt;")}</summary>");
        foreach (var attribute in Attributes())
            text.AppendLine($"    [{attribute}]");
        text.AppendLine($"    public {Type} {_name} {{ get; set; }}{Initializer}");
        text.AppendLine();
    }

    private string Type =>
        IsFilter ? "string[]?"
        : Element is { } element ? $"{Global(element)}[]{(IsNullable ? "?" : "")}"
        : _property.Type.SpecialType == SpecialType.System_Boolean ? "SwitchParameter"
        : _property.Type.ToDisplayString(
            SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
                SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            )
        );

    private string Initializer
    {
        get
        {
            var value = $"new {Global(_property.ContainingType)}().{_property.Name}";
            return IsFilter || IsNullable || _property.Type.SpecialType == SpecialType.System_Boolean ? ""
                : IsList ? $" = [.. {value}];"
                : $" = {value};";
        }
    }

    private IEnumerable<string> Attributes()
    {
        string[] sets = Strings("Alternatives");
        var help =
            $"HelpMessage = {Literal(_summary)}{(IsSet("IsSubject") ? ", Position = 0, ValueFromPipelineByPropertyName = true" : "")}";
        if (sets.Length == 0)
            yield return $"Parameter({help})";
        foreach (var set in sets)
            yield return $"Parameter(ParameterSetName = {Literal(set)}{(IsSet("IsRequired") ? ", Mandatory = true" : "")}, {help})";

        if (IsSet("AllowsEmpty"))
            yield return "AllowEmptyCollection";
        else if (IsFilter || IsList || _property.Type.SpecialType == SpecialType.System_String)
            yield return "ValidateNotNullOrEmpty";
        if (IsFilter)
            yield return "SupportsWildcards";
        if (s_completers.TryGetValue(_name, out var completer))
            yield return $"ArgumentCompleter(typeof(global::PatternAnalysis.Commands.{completer}))";
        if (Global(_property.Type).Contains("System.DateTimeOffset"))
            yield return "UtcTime";
        if (Global(_property.Type) == "global::System.TimeSpan")
            yield return "Duration";
        if (_named.ContainsKey("Minimum") || _named.ContainsKey("Maximum"))
            yield return $"ValidateRange({Bound("Minimum")}, {Bound("Maximum")})";
    }

    /// <summary>A bound in the parameter's own type: PowerShell compares no others. It knows no decimal in an attribute.</summary>
    private string Bound(string name)
    {
        var isSet = _named.TryGetValue(name, out var constant);
        var value = isSet ? (double)constant.Value! : 0;
        return _property.Type.SpecialType switch
        {
            SpecialType.System_Int32 => isSet ? ((int)value).ToString(CultureInfo.InvariantCulture) : $"int.{name.Substring(0, 3)}Value",
            SpecialType.System_Int64 => isSet
                ? ((long)value).ToString(CultureInfo.InvariantCulture) + "L"
                : $"long.{name.Substring(0, 3)}Value",
            _ => isSet ? value.ToString("R", CultureInfo.InvariantCulture) + "D" : $"double.{name.Substring(0, 3)}Value",
        };
    }

    private bool IsSet(string name) => _named.TryGetValue(name, out var value) && (bool)value.Value!;

    private string[] Strings(string name) =>
        _named.TryGetValue(name, out var values) ? [.. values.Values.Select(value => (string)value.Value!)] : [];

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static AttributeData? Find(IPropertySymbol property, string attribute) =>
        property.GetAttributes().FirstOrDefault(found => found.AttributeClass?.ToDisplayString() == attribute);
}
