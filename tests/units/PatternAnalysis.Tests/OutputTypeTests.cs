namespace PatternAnalysis.Tests;

/// <summary>What the types promise that scripts see: those of the namespace <c>PatternAnalysis</c> itself.</summary>
public sealed class OutputTypeTests
{
    public static TheoryData<Type> OutputTypes =>
        new(typeof(ToolSequence).Assembly.GetExportedTypes().Where(type => type.Namespace == nameof(PatternAnalysis)));

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void Its_lists_are_arrays_so_that_PowerShell_can_index_and_format_them(Type type)
    {
        // A list that the compiler makes of a collection expression has no indexer that PowerShell sees.
        var lists = type.GetProperties()
            .Where(property =>
                property.GetMethod?.IsStatic == false
                && property.PropertyType is { IsGenericType: true } list
                && (list.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) || list.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            );

        Assert.Empty(lists.Select(property => property.Name));
    }
}
