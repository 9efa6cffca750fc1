using System.Runtime.CompilerServices;
using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Runs one COPY TO STDOUT.</summary>
internal static class CopyPart
{
    private const int BufferLength = 1 << 18;

    /// <summary>Hands over the rows of a statement as they come.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the server was told to stop.</exception>
    public static void Read(NpgsqlConnection connection, string statement, CopyParser parser, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = connection.BeginRawBinaryCopy(statement);
        try
        {
            using var stop = cancellationToken.Register(stream.Cancel);
            Pump(stream, parser, cancellationToken);
        }
        catch
        {
            // Closing the connection ends the COPY; disposing the stream would first read all that the server still has to send.
            connection.Close();
            throw;
        }

        stream.Dispose();
    }

    private static void Pump(Stream stream, CopyParser parser, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferLength];
        var length = 0;
        while (Fill(stream, buffer, ref length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rest = buffer.AsSpan(parser.Parse(buffer.AsSpan(0, length))..length);
            if (rest.Length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2); // one row fills it
            rest.CopyTo(buffer);
            length = rest.Length;
        }
    }

    // As far as it goes: the driver hands over a row a call, and one row would not be worth its handling.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Fill(Stream stream, byte[] buffer, ref int length)
    {
        var before = length;
        while (length < buffer.Length && stream.Read(buffer, length, buffer.Length - length) is var read and > 0)
            length += read;
        return length > before;
    }
}
