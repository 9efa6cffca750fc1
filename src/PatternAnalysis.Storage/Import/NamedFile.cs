using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// Files of agents that hold no JSON and no table, so that only their names and first bytes say what they are: named, for whoever looks for
/// what they hold.
/// </summary>
internal static class NamedFile
{
    private static readonly (string Name, string What)[] s_names =
    [
        (".aider.chat.history.md", "a chat of Aider, which keeps text and no calls"),
        (".aider.input.history", "the history of prompts of Aider"),
        (".aider.llm.history", "what Aider sent to the model, as text"),
    ];

    /// <summary>What a file is that lies in a folder; null for one that nobody here knows, or that may be read.</summary>
    public static string? NameOf(FileInfo file)
    {
        foreach (var (name, what) in s_names)
        {
            if (file.Name == name)
                return what;
        }

        var folders = file.DirectoryName?.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) ?? [];
        return file.Extension.ToUpperInvariant() switch
        {
            ".TXT" when folders.Contains("agent-transcripts") => "a transcript of Cursor in its older form, which is text and is not read",
            ".PB" when folders.Contains("cascade") => "a conversation of Windsurf, which is encrypted",
            _ => null,
        };
    }

    /// <summary>What the first bytes of a file are that no JSON begins with; null for what nobody here knows.</summary>
    public static string? NameOf(ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\u0003\u0004"u8) ? "a ZIP archive; unpack it first"
        : head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) ? "compressed by xz; unpack it first"
        : head.StartsWith("BZh"u8) ? "compressed by bzip2; unpack it first"
        : head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF]) ? "a 7-Zip archive; unpack it first"
        : head.StartsWith((ReadOnlySpan<byte>)[0x04, 0x22, 0x4D, 0x18]) ? "compressed by lz4; unpack it first"
        : head.StartsWith("user:\n"u8) || head.StartsWith("user:\r\n"u8)
            ? "a transcript of Cursor in its older form, which is text and is not read"
        : head.StartsWith("# aider chat started at"u8) || head.StartsWith("\n# aider chat started at"u8)
            ? "a chat of Aider, which keeps text and no calls"
        : null;
}
