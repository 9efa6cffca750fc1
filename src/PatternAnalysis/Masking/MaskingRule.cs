using System.Text.RegularExpressions;

namespace PatternAnalysis.Masking;

/// <summary>One form of secret: what it looks like and what of it may stay.</summary>
internal sealed class MaskingRule
{
    private const string SecretName =
        "(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|auth[_-]?key|credentials?)";

    private const string Value = """(?:"[^"\n]*"|'[^'\n]*'|[^\s"'&;|,)}\]]+)""";

    private readonly BoundedRegex pattern;
    private readonly bool keepsReferences;

    private MaskingRule(string name, string pattern, bool keepsReferences = false)
    {
        Name = name;
        this.pattern = new BoundedRegex(pattern);
        this.keepsReferences = keepsReferences;
    }

    /// <summary>
    /// Every rule in the order of use. In each pattern the groups <c>before</c> and <c>after</c> stay, what is between them goes.
    /// The whole forms come first: an assignment of a token must not leave half of it. An underscore before a token does not hide it, as a word border
    /// would have it.
    /// </summary>
    public static IReadOnlyList<MaskingRule> All { get; } =
    [
        new("private-key", @"-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|\z)"),
        new("json-web-token", @"(?<before>eyJ)[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?"),
        new("github-token", @"(?<before>gh[pousr]_)[A-Za-z0-9]{16,}|(?<before>github_pat_)[A-Za-z0-9_]{16,}"),
        new("gitlab-token", @"(?<before>gl(pat|rt|ptt|dt)-)[A-Za-z0-9_-]{16,}"),
        new("secret-key", @"(?<before>(\b|_)sk-(ant-|proj-)?)[A-Za-z0-9_-]{16,}|(?<before>[rsp]k_(live|test)_)[A-Za-z0-9]{10,}"),
        new("aws-key", @"(?<before>(\b|_)(AKIA|ASIA))[A-Z0-9]{16}(\b|(?<after>_))"),
        new("slack-token", @"(?<before>xox[a-z]-|xapp-)[A-Za-z0-9-]{8,}|(?<before>hooks\.slack\.com/(services|workflows)/)[A-Za-z0-9/]+"),
        new("google-key", @"(?<before>AIza)[A-Za-z0-9_-]{30,}|(?<before>ya29\.)[A-Za-z0-9_-]{16,}"),
        new("registry-token", @"(?<before>npm_)[A-Za-z0-9]{30,}|(?<before>pypi-)[A-Za-z0-9_-]{30,}|(?<before>hf_)[A-Za-z0-9]{30,}|(?<before>(\b|_)oy2)[a-z0-9]{43}(\b|(?<after>_))"),
        new("service-token", @"(?<before>do[opr]_v1_)[a-f0-9]{32,}|(?<before>(\b|_)SG\.)[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|(?<before>hvs\.)[A-Za-z0-9_-]{20,}"),
        new("authorization", @"(?i)(?<before>\b(proxy-)?authorization[""']?\s*[:=]\s*[""']?((bearer|basic|token|digest|negotiate)\s+)?)[^\s""']+", keepsReferences: true),
        new("bearer", @"(?<before>\b[Bb]earer\s+)[A-Za-z0-9._+-][A-Za-z0-9._~+/-]{11,}=*"),
        new("url-credentials", @"(?<before>\b[A-Za-z][A-Za-z0-9+.-]*://)[^\s/""'<>$*]+(?<after>@)", keepsReferences: true),
        new("user-option", @"(?<before>\bcurl\s([^\n|;&]*?\s)?(-u|--user)(\s+|=)[""']?[^\s:""'|;&]+:)[^\s""'|;&]+", keepsReferences: true),
        new("short-password-option", @"(?<before>\b(mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\s([^\n|;&]*?\s)?-p)[^\s|;&]+|(?<before>\b(sshpass|docker login|podman login|7z)\s([^\n|;&]*?\s)?-p\s*)[^\s|;&]+|(?<before>\bredis-cli\s([^\n|;&]*?\s)?-a\s+)[^\s|;&]+", keepsReferences: true),
        new("password-option", $@"(?i)(?<before>(^|\s)(--[a-z0-9_-]*|-){SecretName}(\s+|=)){Value}", keepsReferences: true),
        new("assignment", $@"(?i)(?<before>{SecretName}(_[a-z0-9_]+)?[""']?\s*(=|:)\s*){Value}", keepsReferences: true),
        new("e-mail", @"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b"),
        new("home-folder", @"(?<before>^|[^A-Za-z0-9._~/\\-]|file://)((/mnt)?/[a-z])?/(home|Users)/[^\s/\\""':;|&<>()*]+|(?<before>^|[^A-Za-z0-9._~-])[A-Za-z]:(\\|\\\\|/)Users(\\|\\\\|/)[^\s/\\""':;|&<>()*]+"),
    ];

    public string Name { get; }

    public string Apply(string text) => pattern.Replace(text, Replace);

    private string Replace(Match match)
    {
        var before = match.Groups["before"].Value;
        var after = match.Groups["after"].Value;
        var secret = match.ValueSpan[before.Length..^after.Length];
        if (keepsReferences && IsReference(secret))
            return match.Value;
        return Name switch
        {
            // An SSH address is no person's.
            "e-mail" when match.Value.StartsWith("git@", StringComparison.Ordinal) => match.Value,
            "e-mail" => SecretMasker.Mark + "@" + SecretMasker.Mark,
            "home-folder" => before + "~",
            _ => before + Quoted(secret) + after,
        };
    }

    // The quotes stay, so that the command around them still reads.
    private static string Quoted(ReadOnlySpan<char> secret) => secret switch
    {
        ['"', .., '"'] => $"\"{SecretMasker.Mark}\"",
        ['\'', .., '\''] => $"'{SecretMasker.Mark}'",
        _ => SecretMasker.Mark,
    };

    // $NAME, ${NAME}, $(command), %NAME%: where the secret comes from, not the secret. "git" is the user name of SSH addresses.
    private static bool IsReference(ReadOnlySpan<char> secret)
    {
        secret = secret.Trim("\"'");
        if (secret is "git" or ['$', '(', ..])
            return true;
        if (secret is ['%', .., '%'])
            return secret.Length > 2 && secret[1..^1].IndexOfAnyExcept(NameCharacters) < 0;
        return secret is ['$', _, ..] && secret[1..].Trim("{}").TrimStart("env:").IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
