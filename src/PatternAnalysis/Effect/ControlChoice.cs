namespace PatternAnalysis.Effect;

/// <summary>Chooses the activities that show whether something else changed at the same time.</summary>
internal static class ControlChoice
{
    private const int ControlCount = 2;

    /// <summary>
    /// Those of most sessions before the cut, then of most calls, then by name: nothing that happened after the cut has a say. An activity
    /// needs as many sessions as an effect does.
    /// </summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<ObservedSession> sessions, EffectQuery query)
    {
        var cut = query.Cut.UtcTicks;
        var seen = new Dictionary<string, (int Sessions, int Calls)>();
        foreach (var session in sessions)
        {
            var calls = session.Cases.SelectMany(steps => steps).Where(step => step.UtcTicks < cut && MayBeControl(step, query));
            foreach (var activity in calls.GroupBy(step => step.Activity))
            {
                var (known, count) = seen.GetValueOrDefault(activity.Key);
                seen[activity.Key] = (known + 1, count + activity.Count());
            }
        }

        return
        [
            .. seen.Where(activity => activity.Value.Sessions >= EffectQuery.FewestSessions)
                .OrderByDescending(activity => activity.Value.Sessions)
                .ThenByDescending(activity => activity.Value.Calls)
                .ThenBy(activity => activity.Key, StringComparer.Ordinal)
                .Take(ControlCount)
                .Select(activity => activity.Key),
        ];
    }

    private static bool MayBeControl(ObservedStep step, EffectQuery query) =>
        query.Steps?.Contains(step.Activity) != true
        && query.Activity?.Invoke(step.Activity) != true
        && query.Adopted?.Invoke(step.Activity) != true
        && !(query.Exposure == ExposureKind.Edit && step.IsEdit);
}
