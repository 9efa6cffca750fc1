using System.Globalization;

namespace PatternAnalysis.Import;

/// <summary>
/// How far an import is: first with reading the files, then with deriving the steps of what it stored, where those are kept.
/// </summary>
/// <param name="File">The file that is read; empty behind the last.</param>
/// <param name="BytesRead">How many bytes of all files are read.</param>
/// <param name="TotalBytes">How many there are.</param>
public sealed record ImportProgress(string File, long BytesRead, long TotalBytes)
{
    /// <summary>How many events are derived.</summary>
    public long DerivedCount { get; init; }

    /// <summary>How many are to be derived; 0 while files are read.</summary>
    public long ToDeriveCount { get; init; }

    /// <summary>How much of what is done now is done, from 0 to 100.</summary>
    public int Percent => ToDeriveCount > 0 ? Share(DerivedCount, ToDeriveCount) : Share(BytesRead, TotalBytes);

    /// <summary>What is done now, for example <c>Reading files</c>.</summary>
    public string Stage => ToDeriveCount > 0 ? "Deriving steps" : "Reading files";

    /// <summary>How much of it, for example <c>3 of 40 MB</c>.</summary>
    public string Amount =>
        ToDeriveCount > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{DerivedCount:N0} of {ToDeriveCount:N0} events")
            : string.Create(CultureInfo.InvariantCulture, $"{BytesRead >> 20:N0} of {TotalBytes >> 20:N0} MB");

    private static int Share(long part, long whole) => whole == 0 ? 100 : (int)Math.Min(100, part * 100 / whole);
}
