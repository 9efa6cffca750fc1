using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace PatternAnalysis.Surfaces;

/// <summary>How JSON is written that people may look at.</summary>
internal static class JsonText
{
    /// <summary>
    /// All that is seen stands unescaped, so that → stays readable; what nobody sees, and &lt; &gt; &amp; and quotes, are escaped.
    /// </summary>
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(Settings());

    private static TextEncoderSettings Settings()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([
            .. Enumerable
                .Range(0, char.MaxValue + 1)
                .Select(code => (char)code)
                .Where(character => Rune.TryCreate(character, out var rune) && InvisibleText.IsInvisible(rune)),
        ]);
        return settings;
    }
}
