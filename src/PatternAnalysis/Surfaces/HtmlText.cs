using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PatternAnalysis.Surfaces;

/// <summary>Makes any text safe to stand in HTML and SVG, in an attribute as well.</summary>
internal static class HtmlText
{
    // All letters stay readable; what HTML reads as its own is escaped all the same.
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The text, masked, without what no document may hold, cut to a length, and encoded.</summary>
    public static string Encode(string text, int maximumLength = 400) => s_encoder.Encode(SurfaceText.Masked(text, maximumLength));
}
