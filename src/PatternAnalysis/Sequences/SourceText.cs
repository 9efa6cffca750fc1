using System.Text;
using System.Text.Unicode;
using PatternAnalysis.Activities;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Sequences;

/// <summary>The texts that tell whose a step is, as they are stored.</summary>
internal static class SourceText
{
    /// <summary>Bytes that are no UTF-8, or hold U+0000, as those of the text that can be stored in their place.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) && !text.Contains((byte)0) ? text : Encoding.UTF8.GetBytes(FactsMasker.Storable(Encoding.UTF8.GetString(text)));

    /// <summary>An id out of a payload, masked, and so that a database can keep it; empty for none.</summary>
    public static string Mask(ReadOnlySpan<byte> id) =>
        id.IsEmpty ? "" : FactsMasker.Mask(SecretMasker.MaskIdentifier(Encoding.UTF8.GetString(id)));
}
