namespace PatternAnalysis.Copies;

/// <summary>Reads what an import came to of its properties.</summary>
internal static class ImportViews
{
    /// <summary>The result; null when the properties tell of none.</summary>
    public static ImportResult? Read(IObjectView view) =>
        view.Has("FileCount") && view.Has("NewCount") && view.Has("DuplicateCount")
            ? new ImportResult
            {
                Database = view.Text("Database") ?? "",
                FileCount = view.Count("FileCount"),
                UnchangedCount = view.Count("UnchangedCount"),
                Formats = view.Counts("Formats").ToDictionary(pair => pair.Key, pair => (int)pair.Value),
                ByteCount = view.Whole("ByteCount") ?? 0,
                NewCount = view.Whole("NewCount") ?? 0,
                DuplicateCount = view.Whole("DuplicateCount") ?? 0,
                Skipped = [.. view.List("Skipped").Select(ReadSkipped).OfType<SkippedInput>()],
                UndatedCount = view.Whole("UndatedCount") ?? 0,
                SessionCount = view.Count("SessionCount"),
                FirstSeen = view.Time("FirstSeen"),
                LastSeen = view.Time("LastSeen"),
                Warning = view.Text("Warning"),
                DryRun = view.Flag("DryRun"),
            }
            : null;

    private static SkippedInput? ReadSkipped(object? value) =>
        value switch
        {
            SkippedInput skipped => skipped,
            IObjectView view when view.Text("Reason") is { } reason => new SkippedInput(
                reason,
                view.Whole("Count") ?? 0,
                view.Texts("Examples")
            ),
            _ => null,
        };
}
