namespace PatternAnalysis.Import;

/// <summary>How far an import is.</summary>
/// <param name="File">The file that is read.</param>
/// <param name="BytesRead">How many bytes of all files are read.</param>
/// <param name="TotalBytes">How many there are.</param>
public sealed record ImportProgress(string File, long BytesRead, long TotalBytes)
{
    /// <summary>How much of the whole is read, from 0 to 100.</summary>
    public int Percent => TotalBytes == 0 ? 100 : (int)Math.Min(100, BytesRead * 100 / TotalBytes);
}
