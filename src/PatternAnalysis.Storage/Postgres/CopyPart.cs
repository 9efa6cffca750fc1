using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Runs one COPY TO STDOUT.</summary>
internal static class CopyPart
{
    /// <summary>Takes a block of whole rows.</summary>
    public delegate void TakeBlock(ReadOnlySpan<byte> block);

    /// <summary>Hands over the rows of a statement, block by block.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the server was told to stop.</exception>
    public static void Read(NpgsqlConnection connection, string statement, TakeBlock take, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = connection.BeginRawBinaryCopy(statement);
        try
        {
            using var stop = cancellationToken.Register(stream.Cancel);
            var reader = new CopyBlockReader(stream);
            for (var block = reader.Next(); !block.IsEmpty; block = reader.Next())
            {
                cancellationToken.ThrowIfCancellationRequested();
                take(block);
            }
        }
        catch
        {
            // Closing the connection ends the COPY; disposing the stream would first read all that the server still has to send.
            connection.Close();
            throw;
        }

        stream.Dispose();
    }
}
