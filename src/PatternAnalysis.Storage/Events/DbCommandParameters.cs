using System.Data.Common;

namespace PatternAnalysis.Storage.Events;

internal static class DbCommandParameters
{
    /// <summary>Adds a parameter whose value is set before each execution.</summary>
    /// <param name="command">The command.</param>
    /// <param name="name">
    /// Its name. SQLite's driver finds one that begins with @ at once, and tries prefixes for another at every execution.
    /// </param>
    public static DbParameter AddParameter(this DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
