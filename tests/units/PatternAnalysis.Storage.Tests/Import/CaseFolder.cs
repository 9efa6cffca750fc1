using PatternAnalysis.Activities;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>Inputs made after reports of what went wrong elsewhere, on their way through a database.</summary>
internal static class CaseFolder
{
    /// <summary>Puts the files of a case into an import's folder.</summary>
    public static ImportFolder Of(string number)
    {
        var folder = new ImportFolder();
        foreach (var (name, content) in ImportCase.Files(number))
            folder.Add(name, content);
        return folder;
    }

    /// <summary>Every case with its steps and how their calls ended, then what was left out.</summary>
    public static string Told(this ImportFolder folder, CaseKind kind = CaseKind.Session, bool starts = false) =>
        ImportCase.Tell(
            sequencer => PatternDatabase.Open(folder.Database).Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None),
            kind,
            starts
        );

    public static int Count(this ImportFolder folder, string type) => folder.Stored().Count(row => row.Type == type);
}
