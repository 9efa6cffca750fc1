using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>Masks ids out of payloads, each once.</summary>
internal sealed class MaskedIds
{
    private readonly Utf8Interner _ids = new();
    private readonly List<byte[]> _masked = [];

    /// <summary>The masked id; valid as long as this.</summary>
    public ReadOnlySpan<byte> Mask(ReadOnlySpan<byte> id)
    {
        var number = _ids.Add(id);
        if (number == _masked.Count)
            _masked.Add(Encoding.UTF8.GetBytes(SourceText.Mask(id)));
        return _masked[number];
    }
}
