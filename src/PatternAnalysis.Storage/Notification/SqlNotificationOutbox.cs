using System.Security.Cryptography;
using System.Text;
using PatternAnalysis.Masking;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Approvals;

namespace PatternAnalysis.Storage.Notification;

/// <summary>
/// The outbox in the tables of a SQL database. A claim is made in one transaction that writes, so two senders never claim the same.
/// </summary>
internal sealed class SqlNotificationOutbox(ISqlDatabase database, TimeProvider clock) : INotificationOutbox
{
    private const int LongestReason = 500;

    public OutboxClaim Claim(string sink, IReadOnlyCollection<string> patternIds, TimeSpan lease) =>
        database.Write(
            "claiming notifications",
            (connection, transaction) =>
            {
                var now = clock.GetUtcNow();
                var token = Guid.NewGuid().ToString("N");
                var wanted = patternIds.ToHashSet();
                OutboxTable.AddFirstChanges(connection, transaction, wanted, now);
                var untold = OutboxTable
                    .FindUntold(connection, transaction, sink, now)
                    .Where(change => wanted.Contains(change.PatternId) || change.Attempts > 0)
                    .ToDictionary(change => change.PatternId);
                var table = new ApprovalTable(database, connection, transaction).Require();
                PatternApproval[] patterns =
                    untold.Count == 0
                        ? []
                        :
                        [
                            .. table
                                .Select(connection, transaction, "WHERE status = @Pending", new { PatternStatus.Pending })
                                .Where(pattern => untold.ContainsKey(pattern.PatternId) && pattern.Kind != WorthKind.None),
                        ];
                var claimed = patterns.Select(pattern => untold[pattern.PatternId]).OrderBy(change => change.PatternId).ToArray();
                OutboxTable.Claim(connection, transaction, claimed, sink, token, now + lease);
                return new OutboxClaim(token, sink, patterns, IdOf(sink, claimed));
            }
        );

    public IReadOnlyList<string> FindUntold(string sink) =>
        database.Read(
            "looking for what was not told",
            connection =>
                database.ColumnsOf(connection, "pattern_outbox").Count == 0
                    ? (string[])[]
                    : [.. OutboxTable.FindUntold(connection, null, sink, clock.GetUtcNow()).Select(change => change.PatternId)]
        );

    public void Complete(OutboxClaim claim) =>
        database.Write(
            "recording a notification",
            (connection, transaction) =>
            {
                OutboxTable.Complete(connection, transaction, claim.Sink, claim.Token, clock.GetUtcNow());
                return true;
            }
        );

    public void Release(OutboxClaim claim, string reason) =>
        database.Write(
            "recording a failed notification",
            (connection, transaction) =>
            {
                OutboxTable.Release(connection, transaction, claim.Sink, claim.Token, SecretMasker.Mask(reason, LongestReason));
                return true;
            }
        );

    private static string IdOf(string sink, IEnumerable<OutboxTable.Untold> changes) =>
        Convert
            .ToHexString(
                SHA256
                    .HashData(
                        Encoding.UTF8.GetBytes(
                            sink
                                + string.Concat(
                                    changes.Select(change => FormattableString.Invariant($"\n{change.PatternId}:{change.Change}"))
                                )
                        )
                    )
                    .AsSpan(0, 16)
            )
            .ToLowerInvariant();
}
