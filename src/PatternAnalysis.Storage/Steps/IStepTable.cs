using System.Data.Common;

namespace PatternAnalysis.Storage.Steps;

/// <summary>How a store keeps derived steps: each in a row of its own, or many of a stretch in one.</summary>
internal interface IStepTable
{
    /// <summary>Whether the table is there, as this version of the product makes it.</summary>
    bool IsThere(DbConnection connection);

    /// <summary>Adds the steps of events that are not in any block.</summary>
    /// <param name="connection">Where to write.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="steps">The steps, in the order of their events.</param>
    /// <param name="block">The events of the block that they make larger; null when they begin a block.</param>
    void Add(DbConnection connection, DbTransaction transaction, IReadOnlyList<StoredStep> steps, EventRange? block);

    /// <summary>Removes the steps of a stretch of events that no block reaches into.</summary>
    void Remove(DbConnection connection, DbTransaction transaction, EventGap gap);

    /// <summary>The steps of some blocks that can be read, in order.</summary>
    IEnumerable<StoredStep> Read(DbConnection connection, DbTransaction? transaction, EventRange range);

    /// <summary>A statement that gives the ids of what steps stand for.</summary>
    /// <param name="content">Of what.</param>
    /// <param name="ranges">The blocks that they are of; null for all steps, whether of blocks or not.</param>
    string SelectIds(StepContent content, IReadOnlyList<EventRange>? ranges);
}

/// <summary>What steps stand for by ids.</summary>
internal enum StepContent
{
    /// <summary>Whose they are.</summary>
    Sources,

    /// <summary>What is done.</summary>
    Facts,

    /// <summary>How that is judged.</summary>
    Verdicts,
}
