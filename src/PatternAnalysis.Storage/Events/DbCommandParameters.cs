using System.Data.Common;

namespace PatternAnalysis.Storage.Events;

internal static class DbCommandParameters
{
    /// <summary>Adds a parameter whose value is set before each execution.</summary>
    public static DbParameter AddParameter(this DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
