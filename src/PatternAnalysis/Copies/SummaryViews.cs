using PatternAnalysis.Approvals;

namespace PatternAnalysis.Copies;

/// <summary>Reads what a run came to of its properties: its numbers and its patterns, not what became of each row.</summary>
internal static class SummaryViews
{
    /// <summary>The summary; null when the properties tell of none.</summary>
    public static AnalysisSummary? Read(IObjectView view)
    {
        if (view.Time("StartedAt") is not { } startedAt || !view.Has("PatternsFound") || !view.Has("Patterns"))
            return null;

        ClassifiedPattern?[] patterns = [.. view.List("Patterns").Select(ReadPattern)];
        var run = new CompletedRun
        {
            StartedAt = startedAt,
            Reading = new EventReading(WindowOf(view["EvidenceWindow"]), view.Whole("EventCount") ?? 0, view.Counts("Excluded")),
            ReportWindow = WindowOf(view["Window"]),
            WindowActivity = view.Whole("WindowSteps") is { } steps ? (view.Count("WindowSessions"), steps) : null,
            SessionCount = view.Count("TotalSessions"),
            Patterns = [.. patterns.OfType<ClassifiedPattern>()],
            LeftOut = view.Counts("LeftOutPatterns").ToDictionary(pair => pair.Key, pair => (int)pair.Value),
            DisabledRules = view.Texts("DisabledRules"),
            GivenUp = view.Texts("GivenUp"),
            TotalSavings = (decimal)(view.Number("TotalSavings") ?? 0),
        };
        var saved = new SaveResult(view.Whole("RunId"), [], view.Count("NotStored"))
        {
            Covered = [.. view.List("Covered").Select(ApprovalViews.ReadCovered).OfType<CoveredPattern>()],
        };
        var copy = view.Text(ObjectCopy.PropertyName) is { } text ? CopyText.Read<SummaryCopy>(text) : null;
        saved = saved with { Ended = ApprovalCopy.Read(copy?.Ended ?? []) };
        return AnalysisSummary.Of(run, saved, view.Flag("DryRun")) with
        {
            SpentByDay = copy?.SpentByDay ?? [],
            SpentByClass = copy?.SpentByClass ?? [],
            Guidance = copy?.Guidance ?? RunGuidance.None,
            Adopted = copy?.Adopted ?? [],
            Comparison = copy?.Comparison?.ToComparison(),
            Database = view.Text("Database"),
            NewPatterns = view.Count("NewPatterns"),
            UpdatedPatterns = view.Count("UpdatedPatterns"),
            UnchangedPatterns = view.Count("UnchangedPatterns"),
            Spent = SpendingOf(view["Spent"]),
            CouldGo = SavingOf(view["CouldGo"]),
        };
    }

    private static ClassifiedPattern? ReadPattern(object? value) =>
        value as ClassifiedPattern ?? (value is IObjectView view ? PatternViews.Read(view) as ClassifiedPattern : null);

    private static TimeWindow WindowOf(object? value) =>
        value switch
        {
            TimeWindow window => window,
            IObjectView view when !(view.Time("Since") >= view.Time("Until")) => new TimeWindow(view.Time("Since"), view.Time("Until")),
            _ => TimeWindow.Always,
        };

    private static RunSpending? SpendingOf(object? value) =>
        value is IObjectView view
            ? new RunSpending(
                view.Whole("Turns") ?? 0,
                view.Whole("Tokens") ?? 0,
                (decimal)(view.Number("Usd") ?? 0),
                view.Whole("UnpricedTurns") ?? 0,
                ViewValues.AsDuration(view["ToolTime"]) ?? TimeSpan.Zero,
                ViewValues.AsDuration(view["ModelTime"]) ?? TimeSpan.Zero
            )
            : null;

    private static RunSaving SavingOf(object? value) =>
        value is IObjectView view
            ? new RunSaving(
                view.Count("RoutineCount"),
                view.Number("Turns") ?? 0,
                view.Number("Tokens") ?? 0,
                view.Number("Usd") ?? 0,
                view.Number("UsdLow") ?? 0,
                view.Number("UsdHigh") ?? 0,
                ViewValues.AsDuration(view["WaitTime"]) ?? TimeSpan.Zero,
                view.Flag("IsAssumed")
            )
            {
                WaitLow = ViewValues.AsDuration(view["WaitLow"]) ?? TimeSpan.Zero,
                WaitHigh = ViewValues.AsDuration(view["WaitHigh"]) ?? TimeSpan.Zero,
            }
            : RunSaving.None;
}
