using System.Reflection;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Architecture.Tests.Support;

/// <summary>The project's own files.</summary>
internal static partial class Sources
{
    /// <summary>The folder of the sources.</summary>
    public static string Root { get; } =
        typeof(Sources).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "Root").Value!;

    /// <summary>Files with one of these endings below folders of the root, by their paths below it; nothing that a build made.</summary>
    public static IEnumerable<string> Files(string[] folders, params string[] endings) =>
        folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories))
            .Where(path => endings.Contains(Path.GetExtension(path)))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(folder => folder is "bin" or "obj" or "output"))
            .Order(StringComparer.Ordinal);

    /// <summary>The room of each type of the domain: the folder in which it is declared. A type beside the rooms has none.</summary>
    public static Dictionary<string, string> Rooms()
    {
        var rooms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Files(["src/PatternAnalysis"], ".cs").Where(path => path.Count(letter => letter == '/') > 2))
        {
            var text = File.ReadAllText(Path.Combine(Root, path));
            var space = Namespace().Match(text).Groups[1].Value;
            foreach (Match type in TypeDeclaration().Matches(text))
                rooms[$"{space}.{type.Groups[1].Value}"] = path.Split('/')[2];
        }

        return rooms;
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // A type of the namespace stands at the beginning of its line.
    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|record|interface|enum|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();
}
