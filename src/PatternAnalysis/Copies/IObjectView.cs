namespace PatternAnalysis.Copies;

/// <summary>
/// An object as it came back from text: properties by name, without regard to case. A value is null, a text, a number, a truth value, a
/// time, a <see cref="TimeSpan"/>, an object of this project, an array of values, or a view again.
/// </summary>
public interface IObjectView
{
    /// <summary>The names of the properties.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>A property's value; null when there is none.</summary>
    object? this[string name] { get; }
}
