using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>The rooms of the domain (the folders of src/PatternAnalysis) and who may know whom, as docs/architecture.md draws it.</summary>
public sealed class RoomTests
{
    private static readonly Lazy<ILookup<(string From, string To), string>> s_arrows = new(FindArrows);

    [Fact]
    public void Arrows_are_those_that_are_drawn()
    {
        Assert.Fail(string.Join('\n', s_arrows.Value.GroupBy(a => a.Key.From).OrderBy(g => g.Key).Select(g => $"{g.Key}: {string.Join(", ", g.Select(a => a.Key.To + "(" + a.Count() + ")").Order())}")) + "\n" + string.Join('\n', s_arrows.Value.Where(a => a.Key.From is "Activities" or "Sequences" or "Events" or "Payloads" or "Danger" or "Mining" or "Classification" or "Metrics").SelectMany(a => a)));
    }

    private static ILookup<(string From, string To), string> FindArrows()
    {
        var rooms = Sources.Rooms();
        string? RoomOf(IType type) => rooms.GetValueOrDefault(type.FullName.Split(['+', '`', '<', '/'])[0]);
        var architecture = new ArchLoader().LoadAssembly(typeof(PatternAnalysisException).Assembly).Build();
        return (
            from type in architecture.Types
            from dependency in type.Dependencies
            let arrow = (From: RoomOf(type), To: RoomOf(dependency.Target))
            where arrow.From is not null && arrow.To is not null && arrow.From != arrow.To
            select (Arrow: (arrow.From, arrow.To), Text: $"{arrow.From} knows {arrow.To}: {type.Name} uses {dependency.Target.Name}")
        )
            .Distinct()
            .ToLookup(found => found.Arrow, found => found.Text);
    }
}
