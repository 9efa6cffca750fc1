using System.Collections;
using System.Management.Automation;
using PatternAnalysis.Copies;

namespace PatternAnalysis.Commands;

/// <summary>The properties of an object of PowerShell's: of one that came out of a file, a job, or JSON.</summary>
internal sealed class PSObjectView(PSObject source) : IObjectView
{
    public IEnumerable<string> Names => source.Properties.Select(property => property.Name);

    public object? this[string name] => Plain(source.Properties[name]?.Value);

    private static object? Plain(object? value)
    {
        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            null => null,
            string or IConvertible or DateTimeOffset or TimeSpan => plain,
            IDictionary dictionary => new DictionaryView(dictionary),
            IEnumerable list => list.Cast<object?>().Select(Plain).ToArray(),
            PSObject custom => new PSObjectView(custom),
            _ when plain.GetType().Namespace?.StartsWith(nameof(PatternAnalysis), StringComparison.Ordinal) == true => plain,
            _ => new PSObjectView(PSObject.AsPSObject(plain)),
        };
    }

    private sealed class DictionaryView(IDictionary dictionary) : IObjectView
    {
        public IEnumerable<string> Names => dictionary.Keys.OfType<string>();

        public object? this[string name] => dictionary.Contains(name) ? Plain(dictionary[name]) : null;
    }
}
