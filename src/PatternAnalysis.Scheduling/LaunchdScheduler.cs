using System.Xml;
using System.Xml.Linq;

namespace PatternAnalysis.Scheduling;

/// <summary>Launch agents of a user of macOS. A run that was missed because the machine slept is made up for when it wakes.</summary>
internal sealed class LaunchdScheduler(string folder, Action<IEnumerable<string>>? control = null) : IScheduler
{
    private readonly Action<IEnumerable<string>> _control = control ?? (arguments => NativeCommand.Require("launchctl", arguments));

    /// <summary>Where a user's own agents lie.</summary>
    public static string UserFolder =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "LaunchAgents");

    public string Describe(AnalysisTask task) => $"# {FileOf(task.Name)}\n{Text(task)}";

    public void Register(AnalysisTask task)
    {
        Directory.CreateDirectory(folder);
        var file = FileOf(task.Name);
        using var written = WrittenFiles.Write((file, Text(task)));
        try
        {
            if (written.Replaced)
                _control(["unload", file]);
            _control(["load", "-w", file]);
        }
        catch (PatternAnalysisException) when (written.Replaced)
        {
            written.PutBack(() => _control(["load", "-w", file]));
            throw;
        }

        written.Keep();
    }

    public IReadOnlyList<ScheduledAnalysis> Find() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, LaunchdPlist.Prefix + "*.plist")
                    .Order(StringComparer.Ordinal)
                    .Select(Read)
                    .OfType<ScheduledAnalysis>(),
            ]
            : [];

    public bool Unregister(string name)
    {
        if (Find().All(task => task.Name != name))
            return false;
        _control(["unload", "-w", FileOf(name)]);
        File.Delete(FileOf(name));
        return true;
    }

    public void Start(ScheduledAnalysis task) => _control(["start", LaunchdPlist.Prefix + task.Name]);

    private static string Text(AnalysisTask task)
    {
        var plist = LaunchdPlist.Write(task);
        return $"{plist.Declaration}\n{plist}\n";
    }

    // Others may have files there that only begin alike.
    private static ScheduledAnalysis? Read(string file)
    {
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return LaunchdPlist.Read(XDocument.Load(reader));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private string FileOf(string name) => Path.Combine(folder, $"{LaunchdPlist.Prefix}{name}.plist");
}
