using System.Buffers;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Masking;

/// <summary>One form of secret: what it looks like and what of it may stay.</summary>
internal sealed partial class MaskingRule
{
    private const string SecretName =
        "(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|auth[_-]?key|credentials?)";

    private static readonly string[] s_secretWords = ["pass", "pwd", "secret", "token", "key", "credential"];

    private const string Value = """(?:"[^"\n]*"|'[^'\n]*'|[^\s"'&;|,)}\]]+)""";

    private readonly string[] signs;
    private readonly Func<string, MatchEvaluator, string> replace;
    private readonly bool keepsReferences;

    /// <param name="name">The rule's name.</param>
    /// <param name="signs">What every match holds at least one of, in upper or lower case. A text without any is not searched: making the
    /// pattern alone takes milliseconds.</param>
    /// <param name="pattern">What a secret looks like.</param>
    /// <param name="keepsReferences">Whether what names a secret's place, and is none, stays.</param>
    private MaskingRule(string name, string[] signs, string pattern, bool keepsReferences = false)
        : this(name, signs, new BoundedRegex(pattern).Replace) => this.keepsReferences = keepsReferences;

    private MaskingRule(string name, string[] signs, Func<string, MatchEvaluator, string> replace)
    {
        Name = name;
        this.signs = signs;
        this.replace = replace;
    }

    /// <summary>
    /// Every rule in the order of use. In each pattern the groups <c>before</c> and <c>after</c> stay, what is between them goes.
    /// The whole forms come first: an assignment of a token must not leave half of it. An underscore before a token does not hide it, as a
    /// word border
    /// would have it.
    /// </summary>
    public static IReadOnlyList<MaskingRule> All { get; } =
    [
        new(
            "private-key",
            ["-----BEGIN"],
            @"-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY( BLOCK)?-----|\z)"
        ),
        new("json-web-token", ["eyJ"], @"(?<before>eyJ)[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(\.[A-Za-z0-9_-]*)?"),
        new(
            "github-token",
            ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
            @"(?<before>gh[pousr]_)[A-Za-z0-9]{16,}|(?<before>github_pat_)[A-Za-z0-9_]{16,}"
        ),
        new("gitlab-token", ["glpat-", "glrt-", "glptt-", "gldt-"], @"(?<before>gl(pat|rt|ptt|dt)-)[A-Za-z0-9_-]{16,}"),
        new(
            "secret-key",
            ["sk-", "k_live_", "k_test_"],
            @"(?<before>(\b|_)sk-(ant-|proj-)?)[A-Za-z0-9_-]{16,}|(?<before>[rsp]k_(live|test)_)[A-Za-z0-9]{10,}"
        ),
        new("aws-key", ["AKIA", "ASIA"], @"(?<before>(\b|_)(AKIA|ASIA))[A-Z0-9]{16}(\b|(?<after>_))"),
        new(
            "slack-token",
            ["xox", "xapp-", "hooks.slack.com"],
            @"(?<before>xox[a-z]-|xapp-)[A-Za-z0-9-]{8,}|(?<before>hooks\.slack\.com/(services|workflows)/)[A-Za-z0-9/]+"
        ),
        new("google-key", ["AIza", "ya29."], @"(?<before>AIza)[A-Za-z0-9_-]{30,}|(?<before>ya29\.)[A-Za-z0-9_-]{16,}"),
        new(
            "registry-token",
            ["npm_", "pypi-", "hf_", "oy2"],
            @"(?<before>npm_)[A-Za-z0-9]{30,}|(?<before>pypi-)[A-Za-z0-9_-]{30,}|(?<before>hf_)[A-Za-z0-9]{30,}|(?<before>(\b|_)oy2)[a-z0-9]{43}(\b|(?<after>_))"
        ),
        new(
            "service-token",
            ["_v1_", "SG.", "hvs."],
            @"(?<before>do[opr]_v1_)[a-f0-9]{32,}|(?<before>(\b|_)SG\.)[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|(?<before>hvs\.)[A-Za-z0-9_-]{20,}"
        ),
        new(
            "authorization",
            ["authorization"],
            @"(?i)(?<before>\b(proxy-)?authorization[""']?\s*[:=]\s*[""']?((bearer|basic|token|digest|negotiate)\s+)?)[^\s""']+",
            keepsReferences: true
        ),
        new("bearer", ["bearer"], @"(?<before>\b[Bb]earer\s+)[A-Za-z0-9._+-][A-Za-z0-9._~+/-]{11,}=*"),
        new("url-credentials", ["://"], @"(?<before>\b[A-Za-z][A-Za-z0-9+.-]*://)[^\s/""'<>$*]+(?<after>@)", keepsReferences: true),
        new(
            "user-option",
            ["curl"],
            @"(?<before>\bcurl\s([^\n|;&]*?\s)?(-u|--user)(\s+|=)[""']?[^\s:""'|;&]+:)[^\s""'|;&]+",
            keepsReferences: true
        ),
        new(
            "short-password-option",
            ["mysql", "mariadb", "sshpass", "docker login", "podman login", "7z", "redis-cli"],
            @"(?<before>\b(mysql|mysqldump|mysqladmin|mariadb|mariadb-dump)\s([^\n|;&]*?\s)?-p)[^\s|;&]+|(?<before>\b(sshpass|docker login|podman login|7z)\s([^\n|;&]*?\s)?-p\s*)[^\s|;&]+|(?<before>\bredis-cli\s([^\n|;&]*?\s)?-a\s+)[^\s|;&]+",
            keepsReferences: true
        ),
        new("password-option", s_secretWords, $@"(?i)(?<before>(^|\s)(--[a-z0-9_-]*|-){SecretName}(\s+|=)){Value}", keepsReferences: true),
        new("assignment", s_secretWords, $@"(?i)(?<before>{SecretName}(_[a-z0-9_]+)?[""']?\s*(=|:)\s*){Value}", keepsReferences: true),
        new("e-mail", ["@"], @"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b"),
        new("home-folder", ["home", "Users"], HomeFolder().Replace),
    ];

    public string Name { get; }

    public string Apply(string text) =>
        Array.Exists(signs, sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase)) ? replace(text, Replace) : text;

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
    private static string Quoted(ReadOnlySpan<char> secret) =>
        secret switch
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

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    // Nearly every hook event holds such a path, and a recorder lives for one event: this pattern is compiled ahead of time. It can't
    // backtrack far,
    // because nothing follows its only repetition.
    [GeneratedRegex(
        @"(?<before>^|[^A-Za-z0-9._~/\\-]|file://)((/mnt)?/[a-z])?/(home|Users)/[^\s/\\""':;|&<>()*]+|(?<before>^|[^A-Za-z0-9._~-])[A-Za-z]:(\\|\\\\|/)Users(\\|\\\\|/)[^\s/\\""':;|&<>()*]+",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex HomeFolder();
}
