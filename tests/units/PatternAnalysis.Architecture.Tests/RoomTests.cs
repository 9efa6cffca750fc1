using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>The rooms of the domain: the folders of src/PatternAnalysis. docs/architecture.md draws them.</summary>
public sealed class RoomTests
{
    // From what knows nobody to what knows many. A room knows rooms above it only: so no two rooms know each other.
    private static readonly string[][] s_layers =
    [
        ["Errors", "Masking"],
        ["Loading", "Options", "Pricing", "Shell"],
        ["Automations", "Events", "Files", "Payloads", "Surfaces"],
        ["Danger"],
        ["Activities", "Permissions"],
        ["Sequences"],
        ["Cost", "Effect", "Mining"],
        ["Metrics"],
        ["Worth"],
        ["Classification"],
        ["Approvals", "Import"],
        ["Analysis", "Figures", "Notification", "Recording", "Review", "Scheduling"],
        ["Copies", "Reporting"],
        ["Workflows"],
    ];

    // The rooms that touch files: the module's loader finds its assemblies, and reports and drafts are written where they were asked for.
    private static readonly string[] s_fileRooms = ["Files", "Loading", "Reporting", "Workflows"];

    private static readonly string[] s_files = ["System.IO.Directory", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream"];

    private static readonly string[] s_outside = ["System.Console", "System.Diagnostics.Process", "System.Net."];

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> s_domain = new(() =>
        new ArchLoader().LoadAssembly(typeof(PatternAnalysisException).Assembly).Build()
    );

    private static readonly Dictionary<string, string> s_rooms = Sources.Rooms();

    [Fact]
    public void Every_room_has_its_layer()
    {
        var layered = s_layers.SelectMany(layer => layer).ToList();
        Assert.Equal(s_rooms.Values.Distinct().Order(), layered.Order());
    }

    [Fact]
    public void A_room_knows_rooms_of_layers_above_it_only()
    {
        var against =
            from type in s_domain.Value.Types
            from dependency in type.Dependencies
            let room = RoomOf(type)
            let other = RoomOf(dependency.Target)
            where room is not null && other is not null && room != other && LayerOf(other) >= LayerOf(room)
            select $"{room} knows {other}: {type.Name} uses {dependency.Target.Name}";
        var text = string.Join('\n', against.Distinct().Order());
        Assert.True(text.Length == 0, text);
    }

    [Fact]
    public void The_domain_touches_no_process_network_or_console() =>
        Assert.Empty(
            Uses(target => Array.Exists(s_outside, name => target.StartsWith(name, StringComparison.Ordinal)))
                .Select(use => $"{use.Type.Name} uses {use.Target}")
        );

    [Fact]
    public void Only_rooms_that_write_for_people_touch_files() =>
        Assert.Empty(
            Uses(s_files.Contains)
                .Where(use => !s_fileRooms.Contains(RoomOf(use.Type)))
                .Select(use => $"{use.Type.Name} of {RoomOf(use.Type)} uses {use.Target}")
        );

    private static IEnumerable<(IType Type, string Target)> Uses(Func<string, bool> isMeant) =>
        from type in s_domain.Value.Types
        from dependency in type.Dependencies
        where isMeant(dependency.Target.FullName)
        select (type, dependency.Target.FullName);

    private static string? RoomOf(IType type) => s_rooms.GetValueOrDefault(type.FullName.Split(['+', '`', '<', '/'])[0]);

    private static int LayerOf(string room) => Array.FindIndex(s_layers, layer => layer.Contains(room));
}
