using PatternAnalysis.Analysis;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Reporting;

/// <summary>What a reader wants to know of a routine, in words, the same for every format. Nothing in it is escaped yet.</summary>
internal static class RoutineText
{
    // Fewer sessions than these can't show that it will come back.
    private const int FewSessions = 5;

    /// <summary>What it is: its steps in a sentence. What a hook waits for stands in front.</summary>
    public static string Title(ClassifiedPattern pattern)
    {
        var steps = pattern.Worth!.Steps;
        StepWorth[] waited = pattern.Worth.Kind == WorthKind.Hook ? [.. steps.TakeWhile(NeedsModel)] : [];
        return waited.Length == 0 || waited.Length == steps.Length ? Join(steps) : $"after {Join(waited)}: {Join(steps[waited.Length..])}";
    }

    /// <summary>A step: the text or form that it has in most occurrences, else its name.</summary>
    public static string What(StepWorth step) => step.Template ?? step.Activity;

    /// <summary>A kind in one word.</summary>
    public static string NameOf(WorthKind kind) =>
        kind switch
        {
            WorthKind.None => "nothing to automate",
            WorthKind.NotAssessed => "not assessed",
            _ => kind.ToString().ToLowerInvariant(),
        };

    /// <summary>Its kind, what is decided on it, and how sure it is.</summary>
    public static string State(ClassifiedPattern pattern) =>
        $"{NameOf(pattern.Worth!.Kind)}; {pattern.Status}, id {pattern.PatternId}, "
        + ReportText.Text($"confidence {pattern.ConfidenceScore:0.######}");

    /// <summary>Why so many patterns are no routines.</summary>
    public static string NotAssessed(int count) =>
        $"Not assessed: {RunWords.Count(count, "pattern")}, because the events do not say what their tools were given. "
        + "They stand in the tables below, whole routines first.";

    /// <summary>What to build of it.</summary>
    public static string Build(PatternWorth worth) =>
        worth.Kind switch
        {
            WorthKind.Hook when worth.Steps.Any(step => step.Class == StepClass.Bound) =>
                $"a hook that runs it {When(worth)}; what varies are the edited files, which a hook is told of",
            WorthKind.Hook => $"a hook that runs it {When(worth)}",
            WorthKind.Script => "a script that runs its steps in one call",
            WorthKind.Command => "a command of its own, or a rule that allows it: it is one call already",
            _ => "a skill or a slash command: a model writes the message, the rest runs as it stands",
        };

    /// <summary>How often, and in how many sessions.</summary>
    public static string HowOften(ClassifiedPattern pattern)
    {
        var days = Days(pattern) is > 0 and var count ? $", on {RunWords.Count(count, "day")}" : "";
        return $"{RunWords.Count(pattern.OccurrenceCount, "time")} "
            + ReportText.Text($"in {pattern.SessionCount:N0} of {pattern.TotalSessionCount:N0} sessions{days}");
    }

    /// <summary>What goes away, with its parts.</summary>
    public static string Goes(Routine routine)
    {
        var worth = routine.Pattern.Worth!;
        if (routine.Turns <= 0)
            return "nothing by itself: it is one call, or cannot run without a model";
        var perMonth = worth.WorthUsdPer30Days is { } usd ? ReportText.Text($"; worth ${usd:N2} in 30 days") : "";
        var all = SavingTotal.IntervalsOf([routine.Pattern, .. routine.Parts]);
        return $"{RunWords.Count(routine.Turns, "turn")} of a model, {RunWords.Count(routine.Tokens, "token")}, "
            + ReportText.Text($"${routine.Usd:N2} of cash ({(worth.IsAssumed ? "assumed" : "measured")}; 95 % interval ")
            + ReportText.Text($"${all.UsdLow:N2} to ${all.UsdHigh:N2}), ")
            + $"{RunWords.Time(routine.Wait)} of waiting ({RunWords.Time(all.WaitLow)} to {RunWords.Time(all.WaitHigh)}; not in the dollars"
            + ReportText.Text($"); in {worth.HitShare:P0} of the occurrences{perMonth}");
    }

    /// <summary>What speaks against it; empty when nothing does.</summary>
    /// <param name="pattern">The routine.</param>
    /// <param name="origins">Where sessions come from.</param>
    public static IReadOnlyList<string> Against(ClassifiedPattern pattern, SessionOrigins origins)
    {
        var against = new List<string>();
        if (pattern.Danger.Level != DangerLevel.Safe)
        {
            var what = pattern.Danger.Level == DangerLevel.Destructive ? "destructive" : "nobody knows what it does";
            against.Add($"{what}: {pattern.Danger.Reason ?? "no rule knows it"}{(pattern.Danger.Segment is { } text ? $" ({text})" : "")}");
        }

        if (pattern.Danger.DisabledRuleId is { } rule)
            against.Add($"judged with the rule {rule} disabled");
        if (pattern.SessionCount < FewSessions)
            against.Add(ReportText.Text($"seen in {pattern.SessionCount:N0} sessions only"));
        if (Days(pattern) == 1)
            against.Add("seen on one day only");
        AddFew(against, pattern, origins);
        if (pattern.Worth!.Kind != WorthKind.Hook && pattern.Worth.Steps.FirstOrDefault(NeedsModel) is { } open)
            against.Add($"{What(open)} needs a model: only what stands between such steps can run without one");
        if (pattern.Worth.NeedlessRuns is { Count: > 0 } needless)
            against.Add($"a hook there would have run {RunWords.Count(needless.Count, "time")} in vain{Taking(needless.ToolTime)}");
        if (pattern.Worth.FailureShare is >= 0.2 and var failed)
            against.Add(ReportText.Text($"it fails in {failed:P0} of its calls"));
        return against;
    }

    private static string Taking(TimeSpan time) => time > TimeSpan.Zero ? $", {RunWords.Time(time)} of its tools" : "";

    // Where a log tells of one person only, that is no news of any routine.
    private static void AddFew(List<string> against, ClassifiedPattern pattern, SessionOrigins origins)
    {
        SessionOrigin[] seen = [.. pattern.Place.SeenIn.Select(sighting => origins.Of(sighting.SessionId))];
        string[] people = [.. seen.Select(origin => origin.Person).OfType<string>().Distinct()];
        if (origins.PersonCount > 1 && people.Length == 1)
            against.Add(ReportText.Text($"done by one of {origins.PersonCount:N0} people only ({people[0]})"));
        string[] applications = [.. seen.Select(origin => origin.Application).OfType<string>().Distinct()];
        if (origins.ApplicationCount > 1 && applications.Length == 1)
            against.Add(ReportText.Text($"seen in one of {origins.ApplicationCount:N0} applications only ({applications[0]})"));
    }

    /// <summary>What is fixed in a step and what varies.</summary>
    public static string Describe(StepWorth step) =>
        ReportText.Text($"{StepClassText.NameOf(step.Class)} in {step.Share:P0} of the occurrences: {StepClassText.Explain(step.Class)}");

    /// <summary>A part in a line: its steps, and how often.</summary>
    public static string Part(ClassifiedPattern part) => $"{part.ToolSequence} ({HowOften(part)})";

    private static bool NeedsModel(StepWorth step) => step.Class is StepClass.Look or StepClass.Free;

    private static string Join(IEnumerable<StepWorth> steps) => string.Join(", then ", steps.Select(What));

    private static string When(PatternWorth worth)
    {
        var condition = worth.Conditions.Where(count => count.QValue <= 0.05).OrderByDescending(count => count.Count).FirstOrDefault();
        return condition is null
            ? "after edits"
            : ReportText.Text($"{NameOf(condition.Condition)}: there {condition.Count:N0} of {condition.Occasions:N0} times");
    }

    private static string NameOf(HookCondition condition) =>
        condition switch
        {
            HookCondition.AtStart => "at the start of a session",
            HookCondition.BeforeCommit => "before a commit",
            _ => "after edits",
        };

    // The number of days on which sessions with the pattern began, in UTC; 0 when the steps have no times.
    private static int Days(ClassifiedPattern pattern) =>
        pattern
            .Place.SeenIn.Where(seen => seen.ObservedFrom > 0)
            .Select(seen => seen.ObservedFrom / TimeSpan.TicksPerDay)
            .Distinct()
            .Count();
}
