using System.CommandLine;
using System.Globalization;
using PatternAnalysis.Application;
using PatternAnalysis.Effect;
using PatternAnalysis.Reporting;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli.Commands;

/// <summary><c>effect</c>: whether something occurs less since a moment.</summary>
internal static class EffectCommand
{
    public static Command Create(string name) =>
        new QueryCommand<EffectOptions, PatternEffect>
        {
            Ask = EffectRun.Run,
            WriteJson = (effect, _, output) => EffectJson.Write(effect, output),
            Write = Write,
        }.Create(
            name,
            "Say whether a pattern, or an activity, occurs less since a moment, "
                + "for the same work. Exit code: 0 ran, 1 failed, 2 bad arguments."
        );

    private static void Write(PatternEffect effect)
    {
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{SurfaceText.Line(effect.Explanation)} (cut {effect.Cut.UtcDateTime:u}, by {effect.Exposure})"
            )
        );
        Console.Out.WriteLine("           Sessions  Exposure     Count   Sessions  Exposure     Count   Ratio  95 % interval");
        Write("measured", effect.Measured);
        if (effect.Adopted is { } adopted)
            Write("adopted", adopted);
        foreach (var control in effect.Controls)
            Write("control", control);
        foreach (var group in effect.Groups)
            Write("in", group);
        if (effect.Realised is { } realised)
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"turns that did not happen: {realised.Turns:N0} [{realised.TurnsLow:N0}, "
                        + $"{realised.TurnsHigh:N0}]"
                        + $"{(realised.Usd is { } usd ? $", ${usd:N2} [{realised.UsdLow:N2}, {realised.UsdHigh:N2}]" : "")}"
                )
            );
    }

    private static void Write(string role, RateRatio ratio) =>
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{role, -9} {ratio.Before.Sessions, 9} {ratio.Before.Exposure, 9} {ratio.Before.Count, 9}  {ratio.After.Sessions, 9} "
                    + $"{ratio.After.Exposure, 9} {ratio.After.Count, 9}  {ratio.Ratio, 6:0.00} "
                    + $" [{ratio.Low:0.00}, {ratio.High:0.00}]  {SurfaceText.Line(ratio.Name)}"
            )
        );
}
