using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PatternAnalysis.Copies;

namespace PatternAnalysis.Commands;

/// <summary>
/// What PowerShell is told of the types: what goes along when an object is copied, how it is made again, which properties a list shows, and
/// what a list says of itself. The module's script registers it, because a types file can't name the assembly's types.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TypeRegistration
{
    // An object in a list in an object, each with properties of its own.
    private const uint SerializationDepth = 3;

    // A type that is not among them is short enough to be shown whole.
    private static readonly Dictionary<string, string[]> s_display = new(StringComparer.Ordinal)
    {
        [nameof(ToolSequence)] = ["SessionId", "EventCount", "FirstSeen", "LastSeen", "Text"],
        [nameof(RepeatedPattern)] = ["PatternId", "SessionCount", "OccurrenceCount", "ToolSequence"],
        [nameof(MeasuredPattern)] =
        [
            "PatternId",
            "SessionCount",
            "OccurrenceCount",
            "ExpectedCount",
            "Lift",
            "ConfidenceScore",
            "EstimatedSavings",
            "ToolSequence",
        ],
        [nameof(ClassifiedPattern)] =
        [
            "PatternId",
            "Status",
            "Danger",
            "SessionCount",
            "OccurrenceCount",
            "ConfidenceScore",
            "EstimatedSavings",
            "Reasons",
            "ToolSequence",
        ],
        [nameof(PatternApproval)] =
        [
            "PatternId",
            "Status",
            "ConfidenceScore",
            "OccurrenceCount",
            "EstimatedSavings",
            "ReviewedBy",
            "ReviewedAt",
            "ApprovalNotes",
            "PatternContext",
            "ToolSequence",
        ],
        [nameof(AnalysisSummary)] =
        [
            "StartedAt",
            "Window",
            "TotalSessions",
            "PatternsFound",
            "NewPatterns",
            "UpdatedPatterns",
            "AutoApproved",
            "Pending",
            "AutoRejected",
            "TotalSavings",
        ],
    };

    /// <summary>The types.</summary>
    public static TypeData[] All() =>
        [
            .. ObjectCopy.Types.SelectMany(Of),
            .. ListTextAdapter.Types.Except(ObjectCopy.Types).Select(type => new TypeData(type) { TypeAdapter = typeof(ListTextAdapter) }),
            AsText(typeof(ToolCall)),
            AsText(typeof(PatternSession)),
        ];

    /// <summary>The text that a copy carries, for PowerShell's serializer.</summary>
    public static string? CopyOf(PSObject source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ObjectCopy.Write(source.BaseObject);
    }

    private static IEnumerable<TypeData> Of(Type type)
    {
        var display = s_display.TryGetValue(type.Name, out var shown) ? new PropertySetData(shown) : null;
        var live = new TypeData(type)
        {
            SerializationDepth = SerializationDepth,
            TypeConverter = typeof(CopyConverter),
            TypeAdapter = typeof(ListTextAdapter),
            DefaultDisplayPropertySet = display,
        };
        if (type != typeof(PatternApproval))
        {
            live.SerializationMethod = "SpecificProperties";
            live.PropertySerializationSet = new PropertySetData(
                type.GetProperties()
                    .Where(property => property.GetMethod is { IsStatic: false })
                    .Select(property => property.Name)
                    .Append(ObjectCopy.PropertyName)
            );
            live.Members.Add(
                ObjectCopy.PropertyName,
                new CodePropertyData(ObjectCopy.PropertyName, typeof(TypeRegistration).GetMethod(nameof(CopyOf))) { IsHidden = true }
            );
        }

        yield return live;
        yield return new TypeData($"Deserialized.{type.FullName}")
        {
            TargetTypeForDeserialization = type,
            DefaultDisplayPropertySet = display,
        };
    }

    // A line each: as objects they would be the most of a file, and the copy's text has them anyway.
    private static TypeData AsText(Type type) => new(type) { SerializationMethod = "String" };
}
