using System.Data.Common;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>
/// Reads what is stored of patterns beside their rows; tables that the product has not made yet hold nothing. Three questions for many
/// patterns, however many they are.
/// </summary>
internal sealed class StoredPatternReader
{
    private readonly ISqlDatabase _database;
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly IReadOnlySet<string> _evidence;
    private readonly bool _hasBaselines;

    public StoredPatternReader(ISqlDatabase database, DbConnection connection, DbTransaction? transaction)
    {
        _database = database;
        _connection = connection;
        _transaction = transaction;
        _evidence = database.ColumnsOf(connection, EvidenceTable.Name, transaction);
        _hasBaselines = database.ColumnsOf(connection, BaselineTable.Name, transaction).Count > 0;
    }

    /// <summary>Reads what is stored of one pattern.</summary>
    public StoredPattern Read(PatternApproval row) => Read([row])[row.PatternId];

    /// <summary>Reads them, by the patterns' ids.</summary>
    public IReadOnlyDictionary<string, StoredPattern> Read(IReadOnlyCollection<PatternApproval> rows)
    {
        string[] ids = [.. rows.Select(row => row.PatternId)];
        var hasEvidence = ids.Length > 0 && _evidence.Count > 0;
        var evidence = hasEvidence ? EvidenceTable.ReadEvidence(_database, _connection, _transaction, _evidence, ids) : [];
        var sightings = hasEvidence ? EvidenceTable.ReadSightings(_database, _connection, _transaction, ids) : [];
        var baselines = ids.Length > 0 && _hasBaselines ? BaselineTable.Read(_database, _connection, _transaction, ids) : [];
        return rows.ToDictionary(
            row => row.PatternId,
            row => new StoredPattern(
                row,
                evidence.GetValueOrDefault(row.PatternId),
                sightings.GetValueOrDefault(row.PatternId) ?? [],
                baselines.GetValueOrDefault(row.PatternId)
            )
        );
    }
}
