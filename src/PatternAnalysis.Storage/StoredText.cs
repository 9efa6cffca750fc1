using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace PatternAnalysis.Storage;

/// <summary>
/// A text whose type the database decides by the column that it goes to: the same instant or JSON is a text in one schema
/// and a timestamp or a <c>jsonb</c> in another.
/// </summary>
internal sealed record StoredText(string? Value) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        if (parameter is NpgsqlParameter postgres)
            postgres.NpgsqlDbType = NpgsqlDbType.Unknown;
        parameter.Value = (object?)Value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
