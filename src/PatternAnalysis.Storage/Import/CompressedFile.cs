using System.IO.Compression;
using PatternAnalysis.Import;
using ZstdSharp;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// Opens files that may be compressed, as Codex compresses rollouts after some days: by what they begin with, not by their name.
/// </summary>
internal static class CompressedFile
{
    private static ReadOnlySpan<byte> Zstandard => [0x28, 0xB5, 0x2F, 0xFD];

    private static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    /// <summary>The extensions that compressed files have behind their own.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".zst", ".gz"];

    /// <summary>Opens a file for reading from start to end; the agent may be writing on.</summary>
    /// <exception cref="IOException">It can't be read; for compressed data that is broken, while reading.</exception>
    public static Stream Open(string path)
    {
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            }
        );
        try
        {
            Span<byte> start = stackalloc byte[4];
            var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            file.Position = 0;
            if (start[..length].StartsWith(Zstandard))
                return new BrokenDataStream(new DecompressionStream(file, leaveOpen: false));
            return start[..length].StartsWith(Gzip) ? new BrokenDataStream(new GZipStream(file, CompressionMode.Decompress)) : file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Says of broken data what it is: a file that can't be read.</summary>
    private sealed class BrokenDataStream(Stream data) : ForwardStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            try
            {
                return data.Read(buffer, offset, count);
            }
            catch (Exception error) when (error is ZstdException or InvalidDataException or EndOfStreamException)
            {
                throw new IOException($"The compressed data is broken: {error.Message}", error);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                data.Dispose();
            base.Dispose(disposing);
        }
    }
}
