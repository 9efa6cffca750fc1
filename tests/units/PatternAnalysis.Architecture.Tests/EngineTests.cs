using System.Text.RegularExpressions;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>Who uses what was mined does not ask which engine mined it.</summary>
public sealed partial class EngineTests
{
    [Fact]
    public void No_room_but_Mining_casts_to_an_engine() =>
        Assert.Empty(
            from path in Sources.Files(["src"], ".cs")
            where !path.Contains("/Mining/", StringComparison.Ordinal)
            let text = File.ReadAllText(Path.Combine(Sources.Root, path))
            where Cast().IsMatch(text)
            select path
        );

    [GeneratedRegex(@"\((Indexed|Counted)(Pattern|Run)\)|\b(is|as) (not )?(Indexed|Counted)(Pattern|Run)\b")]
    private static partial Regex Cast();
}
