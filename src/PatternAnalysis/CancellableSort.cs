namespace PatternAnalysis;

/// <summary>Sorting that stops when it is asked to: a million patterns take seconds.</summary>
internal static class CancellableSort
{
    private const int CheckEvery = 4096;

    /// <summary>Sorts keys, and items along with them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the order of the items is undefined then.</exception>
    public static void Sort<TKey, TItem>(TKey[] keys, TItem[]? items, IComparer<TKey> order, CancellationToken cancellationToken)
    {
        var comparisons = 0;
        try
        {
            Array.Sort(
                keys,
                items,
                Comparer<TKey>.Create(
                    (a, b) =>
                    {
                        if (++comparisons % CheckEvery == 0)
                            cancellationToken.ThrowIfCancellationRequested();
                        return order.Compare(a, b);
                    }
                )
            );
        }
        catch (InvalidOperationException error) when (error.InnerException is OperationCanceledException cancelled)
        {
            // Array.Sort wraps whatever its comparer throws.
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
    }

    /// <summary>A sorted copy.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T[] Sorted<T>(IReadOnlyCollection<T> items, IComparer<T> order, CancellationToken cancellationToken)
    {
        T[] sorted = [.. items];
        Sort<T, T>(sorted, null, order, cancellationToken);
        return sorted;
    }
}
