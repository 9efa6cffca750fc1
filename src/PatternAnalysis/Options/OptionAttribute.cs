namespace PatternAnalysis.Options;

/// <summary>
/// Makes a property of a record of options an option of the product. All else follows from it: the parameter of the cmdlets that bind the
/// record, the option of the command line, its validation, its help, its place in the stored run.
/// The property's initial value is the option's default.
/// </summary>
/// <param name="name">The parameter's name; the command line's is made of it (<c>MinLift</c>: <c>--min-lift</c>).</param>
/// <param name="summary">One sentence that says what it does, on either front.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string name, string summary) : Attribute
{
    /// <summary>The parameter's name.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in one sentence.</summary>
    public string Summary { get; } = summary;

    /// <summary>The least value of a number.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest value of a number.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether it names files, so that each front reads it relative to its own current folder.</summary>
    public bool IsPath { get; init; }

    /// <summary>Whether an empty list is a value.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Further names that the command line takes.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>
    /// The ways of saying something that the option belongs to; options that share no way exclude each other. None: it goes with all.
    /// </summary>
    public string[] Alternatives { get; init; } = [];

    /// <summary>Whether it is what the command works on: on the command line of PowerShell it comes first, and from the pipeline.</summary>
    public bool IsSubject { get; init; }

    /// <summary>Whether it is what asks for its alternative.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>Makes the options of a property's record options of the record that has it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionGroupAttribute : Attribute;
