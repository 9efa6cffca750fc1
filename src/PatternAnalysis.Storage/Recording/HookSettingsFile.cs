using System.Globalization;
using System.Text;
using PatternAnalysis.Files;

namespace PatternAnalysis.Storage.Recording;

/// <summary>A <c>settings.json</c> of Claude Code.</summary>
/// <param name="path">The file; it need not exist.</param>
/// <param name="project">The project that they are the settings of; null for the user's own.</param>
public sealed class HookSettingsFile(string path, string? project = null)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The user's settings: in the folder that <c>CLAUDE_CONFIG_DIR</c> names, or in <c>~/.claude</c>.</summary>
    public static string UserPath =>
        Path.Combine(
            Environment.GetEnvironmentVariable("CLAUDE_CONFIG_DIR") is { Length: > 0 } folder
                ? folder
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".claude"),
            "settings.json"
        );

    /// <summary>The text; empty when there is no file.</summary>
    /// <exception cref="PatternAnalysisException">It is no UTF-8.</exception>
    public string Read()
    {
        try
        {
            return File.Exists(path) ? s_utf8.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF') : "";
        }
        catch (DecoderFallbackException error)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.SettingsUnreadable,
                $"The settings '{path}' are no UTF-8. Nothing was changed; save them as UTF-8 first.",
                error
            );
        }
    }

    /// <summary>
    /// Writes the text in one step, after a copy of what was there. The copy is for its owner alone; the file keeps its mode.
    /// </summary>
    /// <returns>The copy, or null when there was no file.</returns>
    /// <exception cref="PatternAnalysisException"><c>LinkedFile</c>: the settings of a project are, or lie behind, a link.</exception>
    public string? Write(string text)
    {
        // Whoever keeps his own settings elsewhere and links to them keeps the link. A link in a project is whoever's made the project.
        if (project is not null)
            SafeFile.RefuseLinks(path, project);
        var target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        string? backup = null;
        if (File.Exists(target))
        {
            backup = string.Create(CultureInfo.InvariantCulture, $"{target}.{DateTime.UtcNow:yyyyMMddTHHmmssfffffff}.bak");
            using var copy = SafeFile.Create(backup);
            using var original = File.OpenRead(target);
            original.CopyTo(copy);
        }

        SafeFile.Write(target, text);
        return backup;
    }
}
