using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PatternAnalysis.Storage.Steps;

/// <summary>Numbers of texts by their content: the first 64 bits of a SHA-256, so nobody can choose texts that get the same.</summary>
internal static class ContentId
{
    /// <summary>The number of texts in their order; never 0. A missing text and an empty one are different.</summary>
    public static long Of(params ReadOnlySpan<string?> texts)
    {
        var content = new StringBuilder();
        foreach (var text in texts)
            content.Append(text?.Length ?? -1).Append(':').Append(text);
        var hash = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())));
        return hash == 0 ? 1 : hash;
    }

    /// <summary>The number to try when another content has one already; never 0.</summary>
    public static long Next(long id) => unchecked(id + 1) is not 0 and var next ? next : 1;
}
