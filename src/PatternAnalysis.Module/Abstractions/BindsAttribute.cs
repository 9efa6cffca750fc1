namespace PatternAnalysis.Commands;

/// <summary>
/// Gives a cmdlet a parameter for each option of a record, and a method <c>Read…</c> that reads the record; both are written when the
/// module is compiled.
/// </summary>
/// <param name="options">The record.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class BindsAttribute(Type options) : Attribute
{
    /// <summary>The record.</summary>
    public Type Options { get; } = options;
}
