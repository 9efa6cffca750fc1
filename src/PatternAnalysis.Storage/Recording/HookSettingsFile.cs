using System.Globalization;
using System.Text;

namespace PatternAnalysis.Storage.Recording;

/// <summary>A <c>settings.json</c> of Claude Code.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class HookSettingsFile(string path)
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

    /// <summary>Writes the text in one step, after a copy of what was there.</summary>
    /// <returns>The copy, or null when there was no file.</returns>
    public string? Write(string text)
    {
        // Whoever keeps the settings elsewhere and links to them keeps the link.
        var target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
        var draft = target + ".tmp";
        File.WriteAllText(draft, text, s_utf8);
        string? backup = null;
        if (File.Exists(target))
        {
            backup = string.Create(CultureInfo.InvariantCulture, $"{target}.{DateTime.UtcNow:yyyyMMddTHHmmssfffffff}.bak");
            File.Copy(target, backup);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
        }

        File.Move(draft, target, overwrite: true);
        return backup;
    }
}
