using System.Globalization;
using System.Text;

namespace PatternAnalysis.Reporting;

/// <summary>What an import came to, as text for a terminal.</summary>
public static class ImportText
{
    /// <summary>The text, without a line break at its end.</summary>
    public static string Format(ImportResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var text = new StringBuilder();
        void Line(InvariantText line) => text.Append(line.Take()).Append('\n');

        Line(
            $"Read {result.ReadCount:N0} events of {result.SessionCount:N0} sessions "
                + $"from {result.FileCount:N0} files ({result.ByteCount / 1048576.0:N1} MB)."
        );
        if (result.Formats.Count > 0)
            Line($"Formats: {string.Join(", ", result.Formats.Select(format => $"{format.Key} {format.Value}"))}.");
        if (result.UnchangedCount > 0)
            Line($"{result.UnchangedCount:N0} of the files are as they were when they were imported, and were not read again.");
        Line($"{(result.DryRun ? "Would store" : "Stored")} {result.NewCount:N0} new; {result.DuplicateCount:N0} are stored already.");
        if (result.FirstSeen is { } first && result.LastSeen is { } last)
            Line($"They span {first.UtcDateTime:yyyy-MM-dd HH:mm} to {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        if (result.UndatedCount > 0)
            Line($"{result.UndatedCount:N0} have no time of their own and got that of their file.");
        foreach (var skip in result.Skipped)
        {
            Line($"Skipped {skip.Count:N0}: {skip.Explanation}.");
            foreach (var example in skip.Examples)
                Line($"    {Printable(example)}");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>A warning when nothing could be imported, with what was seen instead; null when something was.</summary>
    public static string? Warn(ImportResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.ReadCount > 0)
            return null;

        var seen = result.Skipped.Select(skip =>
            string.Create(CultureInfo.InvariantCulture, $"{skip.Explanation} ({skip.Count:N0}), for example {Printable(skip.Examples[0])}")
        );
        var files = string.Create(CultureInfo.InvariantCulture, $"{result.FileCount:N0} {(result.FileCount == 1 ? "file" : "files")}");
        return result.SkippedCount == 0
            ? $"Nothing was imported: no event lies in {files}. Check the path."
            : $"Nothing was imported from {files}. Seen was: {string.Join("; ", seen)}.";
    }

    // A file's name may hold anything, and a terminal obeys control characters.
    private static string Printable(string path) => string.Concat(path.Select(character => char.IsControl(character) ? '?' : character));
}
