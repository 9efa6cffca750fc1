namespace PatternAnalysis.Masking;

/// <summary>
/// Every kind of secret that is known, in the order of use: whole forms first, so that an assignment of one leaves no half of it.
/// </summary>
internal static class MaskingRules
{
    private static readonly IMaskingRule[] s_all =
    [
        new PatternRule(
            "PRIVATE KEY",
            @"-{4,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)? ?-{4,5}[\s\S]*?(-{4,5} ?END [A-Z0-9 ]*PRIVATE KEY( BLOCK)? ?-{4,5}|\z)"
        ),
        new PatternRule("Private-Lines", @"(?<before>Private-Lines: *\d+)[\s\S]*?((?<after>Private-MAC)|\z)"),
        new PatternRule("Private-MAC", @"(?<before>Private-MAC: *)[0-9a-fA-F]+"),
        new PatternRule("eyJ", @"(?<before>eyJ)[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)*"),
        new TokenRule(),
        new UrlCredentialsRule(),
        new PatternRule("bearer", @"(?<before>\b[Bb]earer\s+)[A-Za-z0-9._+-][A-Za-z0-9._~+/-]{11,}=*"),
        new PatternRule(
            "basic",
            @"(?<before>\b[Bb]asic\s+)([A-Za-z0-9+/]*[0-9=][A-Za-z0-9+/=]{11,}|[A-Za-z0-9+/]{12,}[0-9=][A-Za-z0-9+/=]*)"
        ),
        new PatternRule("password", @"(?i)(?<before>\b(create|alter|set|grant)\b[^;\n]*?\bpassword\s*=?\s*')[^'\n]*"),
        new PatternRule("auth", @"(?i)(?<before>\bauth\s*[=:]\s*[(\[]\s*[""'][^""'\n]*[""']\s*,\s*[""'])[^""'\n]*"),
        new PatternRule("PDO", @"(?<before>\bPDO\([^,\n]*,[^,\n]*,\s*[""'])[^""'\n]*"),
        new PatternRule("mysqli", @"(?<before>\bmysqli(_connect)?\([^,\n]*,[^,\n]*,\s*[""'])[^""'\n]*"),
        new PatternRule("identified", @"(?i)(?<before>\bidentified\s+(with\s+\S+\s+)?by\s+(password\s+)?[""'])[^""'\n]*"),
        new PatternRule("ConvertTo-SecureString", @"(?i)(?<before>\bConvertTo-SecureString\s+(-String\s+)?[""']?)[^""'\s|;)]+"),
        new PatternRule("Credential", @"(?i)(?<before>(?:PS|Network)Credential\W[^,\n]*,\s*[""'])[^""'\n]*"),
        new PatternRule("pgpass", @"(?<before>[A-Za-z0-9.*-]+:(\d+|\*):[^:\s]+:[^:\s]+:)[^\s""'|;&>]+"),
        new PatternRule("oracle:thin:", @"(?<before>oracle:thin:[^/\s@]+/)[^@\s]+(?<after>@)"),
        // .netrc, on one line or several.
        new PatternRule("login", @"(?<before>\blogin\s+\S+\s+password\s+)[^\s""']+"),
        new PatternRule("machine", @"(?<before>\bmachine\s+\S+\s+(login\s+\S+\s+)?password\s+)[^\s""']+"),
        new CommandLineRule(),
        new NamedValueRule(),
        new MailAddressRule(),
        new HomeFolderRule(),
    ];

    // Behind the rules, whose signs it takes: fields are made in the order in which they stand.
    private static readonly SecretSigns s_signs = new(s_all);

    /// <summary>Whether a rule may find something in a text; a first look that costs little.</summary>
    public static bool MayApply(ReadOnlySpan<char> text) => s_signs.Find(text) != 0;

    /// <summary>The text without what the rules know, each used once and in its order; the same instance when there is nothing.</summary>
    public static string Apply(string text)
    {
        var held = s_signs.Find(text);
        for (var i = 0; held >> i != 0 && i < s_all.Length; i++)
        {
            if ((held >> i & 1) == 0)
                continue;

            var masked = s_all[i].Apply(text);
            if (!ReferenceEquals(masked, text))
                held = s_signs.Find(masked);
            text = masked;
        }

        return text;
    }
}
