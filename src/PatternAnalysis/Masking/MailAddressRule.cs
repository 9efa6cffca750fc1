namespace PatternAnalysis.Masking;

/// <summary>Addresses of persons.</summary>
internal sealed class MailAddressRule : IMaskingRule
{
    private readonly BoundedRegex _regex = new(@"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b");

    public IReadOnlyCollection<string> Signs { get; } = ["@"];

    // An SSH address is no person's.
    public string Apply(string text) =>
        _regex.Replace(
            text,
            match => match.Value.StartsWith("git@", StringComparison.Ordinal) ? match.Value : SecretMasker.Mark + "@" + SecretMasker.Mark
        );
}
