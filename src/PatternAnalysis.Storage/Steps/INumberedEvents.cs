using System.Data.Common;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>The rows of <c>hook_events</c> by numbers that stay theirs.</summary>
internal interface INumberedEvents
{
    /// <summary>Whether the rows have such numbers. Those of a view have none, nor have those of a table that is not there.</summary>
    bool HaveNumbers(DbConnection connection, DbTransaction? transaction);

    /// <summary>Whether whoever reads the events may read the tables of their steps.</summary>
    bool MayReadSteps(DbConnection connection);

    /// <summary>Reads rows in the order of their numbers, with all that can be derived from.</summary>
    /// <param name="connection">Where to read.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="gap">Which rows.</param>
    /// <param name="count">How many at most; those with the number of the last one are read as well.</param>
    /// <param name="sink">What takes them; their <see cref="HookEventRow.InsertionId"/> is their number.</param>
    void Read(DbConnection connection, DbTransaction? transaction, EventGap gap, int count, IHookEventSink sink);

    /// <summary>
    /// Whether there are as many rows as blocks and the gaps between them hold, where that can be told cheaply; true where it can't.
    /// </summary>
    /// <param name="connection">Where to look.</param>
    /// <param name="transaction">The transaction to read in.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="looksAtAll">Whether to look at each block, not only at those in which rows are likely to appear.</param>
    bool HaveCount(DbConnection connection, DbTransaction? transaction, IReadOnlyList<StepBlock> blocks, bool looksAtAll);

    /// <summary>How many rows there are in the stretch of a block.</summary>
    long Count(DbConnection connection, DbTransaction? transaction, StepBlock block);

    /// <summary>How many rows there are in a gap.</summary>
    long Count(DbConnection connection, DbTransaction? transaction, EventGap gap);

    /// <summary>Reads the rows that blocks begin and end with, without payloads.</summary>
    void ReadEdges(DbConnection connection, DbTransaction? transaction, IHookEventSink sink);
}
