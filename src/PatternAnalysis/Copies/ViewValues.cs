using System.Globalization;

namespace PatternAnalysis.Copies;

/// <summary>Reads values of views. Text that is none of what is asked for gives null: whoever asks decides what that means.</summary>
internal static class ViewValues
{
    public static bool Has(this IObjectView view, string name) => view.Names.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static string? Text(this IObjectView view, string name) => view[name] as string;

    public static double? Number(this IObjectView view, string name) =>
        view[name] switch
        {
            null or bool => null,
            string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
            _ => null,
        };

    public static long? Whole(this IObjectView view, string name) =>
        view.Number(name) is { } number && Math.Abs(number) < 9e15 ? (long)number : null;

    public static int Count(this IObjectView view, string name) => (int)Math.Clamp(view.Whole(name) ?? 0, 0, int.MaxValue);

    public static bool Flag(this IObjectView view, string name) =>
        view[name] is true || (view[name] is string text && text.Equals("true", StringComparison.OrdinalIgnoreCase));

    public static DateTimeOffset? Time(this IObjectView view, string name) => AsTime(view[name]);

    /// <summary>A time without a zone is UTC, as everywhere in the product.</summary>
    public static DateTimeOffset? AsTime(object? value) =>
        value switch
        {
            DateTimeOffset time => time.ToUniversalTime(),
            DateTime { Kind: DateTimeKind.Unspecified } time => new DateTimeOffset(time, TimeSpan.Zero),
            DateTime time => new DateTimeOffset(time).ToUniversalTime(),
            string text => DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
                ? time
                : null,
            IObjectView view => view.Time("UtcDateTime") ?? view.Time("DateTime"),
            _ => null,
        };

    public static TimeSpan? AsDuration(object? value) =>
        value switch
        {
            TimeSpan duration => duration,
            string text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) ? duration : null,
            IObjectView view => view.Whole("Ticks") is { } ticks ? new TimeSpan(ticks) : null,
            _ => null,
        };

    public static T? Choice<T>(object? value)
        where T : struct, Enum =>
        value switch
        {
            T choice => choice,
            string text => Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice : null,
            IConvertible number and not bool => Enum.ToObject(typeof(T), number.ToInt64(CultureInfo.InvariantCulture)) is T choice
            && Enum.IsDefined(choice)
                ? choice
                : null,
            _ => null,
        };

    public static object?[] List(this IObjectView view, string name) =>
        view[name] switch
        {
            null => [],
            object?[] list => list,
            var one => [one],
        };

    public static string[] Texts(this IObjectView view, string name) => [.. view.List(name).OfType<string>()];

    /// <summary>A dictionary of counts.</summary>
    public static Dictionary<string, long> Counts(this IObjectView view, string name) =>
        view[name] is IObjectView counts ? counts.Names.ToDictionary(reason => reason, reason => counts.Whole(reason) ?? 0) : [];
}
