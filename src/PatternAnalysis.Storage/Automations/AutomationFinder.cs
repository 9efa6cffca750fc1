using System.Text.Json;
using PatternAnalysis.Automations;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Storage.Automations;

/// <summary>
/// Looks for skills, slash commands, hooks, allow rules and tasks in a user's and in projects' folders. Only reads; links that lead out of
/// the folder are not followed, and what is too large or no regular file is left out and counted.
/// </summary>
public static class AutomationFinder
{
    /// <summary>A larger file describes no automation.</summary>
    public const int MaximumBytes = 1 << 20;

    private const int MaximumFiles = 2000;

    private static readonly string[] s_rootFiles =
    [
        "package.json",
        "Makefile",
        "makefile",
        "GNUmakefile",
        "justfile",
        "Justfile",
        ".justfile",
        "mise.toml",
        ".mise.toml",
    ];

    /// <summary>What a project automates: its task runners, and its <c>.claude</c> folder.</summary>
    public static AutomationSearch InProject(string folder) => Search(folder, ".claude", s_rootFiles);

    /// <summary>What a user automates in every project: the folder <c>.claude</c> of the home folder.</summary>
    public static AutomationSearch OfUser(string homeFolder) => Search(homeFolder, ".claude", []);

    private static AutomationSearch Search(string folder, string agentFolder, IEnumerable<string> rootFiles)
    {
        var root = Path.GetFullPath(folder);
        var (found, skipped) = (new List<ExistingAutomation>(), new List<string>());
        if (!Directory.Exists(root))
            return new AutomationSearch(found, [$"{SecretMasker.Mask(root)}: there is no such folder"]);

        var agent = Path.Combine(root, agentFolder);
        IEnumerable<string> files =
        [
            .. rootFiles.Select(name => Path.Combine(root, name)),
            Path.Combine(agent, "settings.json"),
            Path.Combine(agent, "settings.local.json"),
            .. Files(Path.Combine(agent, "skills")),
            .. Files(Path.Combine(agent, "commands")),
        ];
        foreach (var file in files.Where(File.Exists).Take(MaximumFiles))
        {
            try
            {
                if (IsInside(root, file))
                    found.AddRange(AutomationFile.Read(SecretMasker.Mask(file), Relative(root, file), ReadText(file)));
                else
                    skipped.Add($"{SecretMasker.Mask(file)}: it is a link that leads out of the folder");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
            {
                skipped.Add($"{SecretMasker.Mask(file)}: {SecretMasker.Mask(failure.Message)}");
            }
        }

        return new AutomationSearch(found, skipped);
    }

    // Folders that are links are not entered.
    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null
            ? Directory
                .EnumerateFiles(
                    folder,
                    "*.md",
                    new EnumerationOptions
                    {
                        RecurseSubdirectories = true,
                        MaxRecursionDepth = 4,
                        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device,
                    }
                )
                .Order(StringComparer.Ordinal)
            : [];

    private static bool IsInside(string root, string file)
    {
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        return Path.GetFullPath(target)
            .StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    private static string ReadText(string file)
    {
        var info = new FileInfo(file);
        if (info.Length > MaximumBytes)
            throw new IOException($"it is larger than {MaximumBytes:N0} bytes");

        // A pipe or a device has no length, and reading it may never end.
        return info.Length == 0 ? "" : File.ReadAllText(file);
    }
}

/// <summary>What was found, and what was left out with the reason.</summary>
/// <param name="Found">The automations.</param>
/// <param name="Skipped">A line for each file that was left out.</param>
public sealed record AutomationSearch(IReadOnlyList<ExistingAutomation> Found, IReadOnlyList<string> Skipped);
