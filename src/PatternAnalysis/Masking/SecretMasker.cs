using System.Security.Cryptography;
using System.Text;

namespace PatternAnalysis.Masking;

/// <summary>
/// Takes secrets and personal data out of a text before it is stored, shown or sent. What it knows is a list of forms
/// (<c>docs/masking.md</c>); a secret of no known form stays. Masking twice is masking once. Time is linear in the text.
/// </summary>
public static class SecretMasker
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mark = "***";

    /// <summary>Grows with what is known of secrets: what was masked by an earlier one may hold some yet.</summary>
    public const int Version = 4;

    private const int MaximumPasses = 6;

    /// <summary>The text with every known form of secret replaced.</summary>
    /// <param name="text">Any text.</param>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // What stands in a secret's place can give the text around it the form of another, so the rules go over the result
        // until they leave it as it is. Most texts hold no secret and take one pass.
        for (var pass = 0; pass < MaximumPasses; pass++)
        {
            var before = text;
            text = MaskingRules.Apply(text);
            if (text == before)
                break;
        }

        return text;
    }

    /// <summary>Whether a text may hold something to mask; false is certain, and costs little.</summary>
    internal static bool MayMask(ReadOnlySpan<char> text) => MaskingRules.MayApply(text);

    /// <summary>
    /// A masked identifier: what had to be masked ends in <c>#</c> and eight digits of the SHA-256 of the whole, so that two identifiers
    /// stay two.
    /// </summary>
    /// <param name="identifier">Any text.</param>
    public static string MaskIdentifier(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);

        // Nearly every id is a UUID, which holds nothing to mask.
        if (Guid.TryParseExact(identifier, "D", out _))
            return identifier;

        // What nobody sees would make two ids look like one, and a terminal obey one.
        var masked = InvisibleText.Replace(Mask(identifier));
        return masked == identifier
            ? identifier
            : $"{masked}#{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(identifier)).AsSpan(0, 4)).ToLowerInvariant()}";
    }

    /// <summary>The masked value of a field, of which the name may tell that it is a secret.</summary>
    /// <param name="name">The field's name, in any spelling.</param>
    /// <param name="value">Its value.</param>
    public static string MaskField(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return NamedValueRule.MaskField(name, Mask(value));
    }

    /// <summary>Whether whatever stands under a name is a secret.</summary>
    public static bool IsSecretName(string name) => SecretName.Judge(name).Verdict >= NameVerdict.Certain;

    /// <summary>The masked text, cut to a length; what is cut off is masked before, so no half of a secret is left.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maximumLength">At least 1; a longer result ends in an ellipsis.</param>
    public static string Mask(string text, int maximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, 1);
        var masked = Mask(text);
        if (masked.Length <= maximumLength)
            return masked;
        var length = maximumLength - 1;
        // Half of a surrogate pair is no character.
        if (length > 0 && char.IsHighSurrogate(masked[length - 1]))
            length--;
        return masked[..length] + "…";
    }
}
