using System.Collections.Frozen;

namespace PatternAnalysis.Masking;

/// <summary>What a name says about the value that stands beside it.</summary>
internal enum NameVerdict
{
    /// <summary>Nothing: the value stays.</summary>
    Harmless,

    /// <summary>The value is a secret when it looks like one.</summary>
    Likely,

    /// <summary>The value is a secret whatever it looks like.</summary>
    Certain,

    /// <summary>So is all that follows on the line: a header whose value has several parts.</summary>
    WholeLine,
}

/// <summary>
/// Judges a name by its words, in whatever spelling: <c>DB_PASSWORD</c>, <c>dbPassword</c>, <c>db-password</c>, <c>db.password</c>. A word
/// behind the telling one can take its meaning away (<c>token_count</c>, <c>password-file</c>), and so can one before it
/// (<c>max_token</c>, <c>primary key</c>).
/// </summary>
internal readonly record struct SecretName(NameVerdict Verdict, string Word)
{
    /// <summary>What every telling name holds at least one of, in lower case.</summary>
    public static IReadOnlyCollection<string> Stems => s_stems;

    private static readonly string[] s_stems =
    [
        "auth",
        "bearer",
        "cookie",
        "cred",
        "jwt",
        "kennwort",
        "key",
        "mnemonic",
        "otp",
        "pass",
        "psk",
        "psw",
        "pw",
        "secret",
        "sessid",
        "sig",
        "token",
    ];

    private static readonly FrozenSet<string> s_harmlessAfter = Words(
        "account address age alg algorithm annotations api app arg arn at attempts "
            + "audience backend banner budget bucket cache category changed char "
            + "check class client code column comment consent count counter created "
            + "description dialog dir directory domain duration element email enabled "
            + "endpoint env environment error event exists expiration expired expires "
            + "expiry expression fd field file filename fingerprint folder for form "
            + "format generator group handler header headers helper hint host icon import "
            + "in index info input interval invalid is issuer iterations jar keys kind "
            + "label language len length lifetime limit list loader location log manager "
            + "map max message method min missing mode model module name names needed "
            + "not ok option optional options owner page parser path pattern payload "
            + "permissions placeholder policies policy port position prefix present prompt "
            + "protocol provider rate ref reference regex region rejected repository "
            + "required requirement reset role rotation rules schema scheme scope scopes "
            + "screen script section server service size source stats status stdin store "
            + "strategy strength style suffix sum tag template test tests time timeout "
            + "title ts ttl type types updated uri url urls usage user username "
            + "validation validator valid variable version view visible window"
    );

    // What a secret's name goes on with and stays one's.
    private static readonly FrozenSet<string> s_neutralAfter = Words(
        "a b b64 base64 bytes cleartext clear current data default dev development "
            + "hash hashed live main new next old plain plaintext prev previous primary "
            + "prod production raw secondary staging string text val value"
    );

    private static readonly FrozenSet<string> s_harmlessBeforeToken = Words(
        "avg bos budget cache cached cls completion continuation csp eos input "
            + "limit mask max mean min n next num number output pad page pagination per "
            + "prompt reasoning remaining sep special stop total unk used"
    );

    private static readonly FrozenSet<string> s_harmlessBeforePass = Words(
        "band compiler first high low multi optimization render second shader single third two"
    );

    private static readonly FrozenSet<string> s_harmlessBeforeKey = Words(
        "alias any arrow cache composite dict duplicate enter env escape "
            + "event foreign group hash hot i18n idempotency index json lookup map "
            + "message metadata natural object partition press primary property "
            + "public query range registry routing row shift sort state surrogate "
            + "translation unique"
    );

    private static readonly FrozenSet<string> s_certainBeforeKey = Words(
        "access account admin aes api app application auth client consumer crypto "
            + "customer decryption deploy deployment developer encrypt encryption gpg "
            + "hmac ingest ingestion instrumentation integration jwt license live "
            + "management master org pgp private publish restricted rsa secret service "
            + "session shared signing ssh storage subscription webhook write"
    );

    // Yes or no, in words: --no-password, use_token, has_secret.
    private static readonly FrozenSet<string> s_asks = Words(
        "allow ask disable enable existing has hide is needs need no prompt require requires show skip use uses with without"
    );

    private static readonly FrozenSet<string> s_noPass = Words("bypass compass encompass overpass surpass trespass underpass");

    private static readonly string[] s_certainEnds =
    [
        "password",
        "passwd",
        "passphrase",
        "passcode",
        "passwort",
        "kennwort",
        "pwd",
        "pass",
        "secret",
        "token",
        "apikey",
        "accesskey",
        "secretkey",
        "authkey",
        "accountkey",
        "privatekey",
        "signingkey",
        "encryptionkey",
        "masterkey",
        "licensekey",
        "sessid",
    ];

    private const int LongestName = 96;

    /// <summary>Whether a telling word may begin at a place; a first look that costs next to nothing.</summary>
    public static bool IsStem(ReadOnlySpan<char> text)
    {
        var first = (char)(text[0] | 0x20);
        if (first is not ('p' or 's' or 't' or 'k' or 'a' or 'c' or 'b' or 'j' or 'm' or 'o'))
            return false;
        foreach (var stem in s_stems)
        {
            if (stem[0] == first && text.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>Judges a name. Time is bounded: of a long one the end counts.</summary>
    public static SecretName Judge(ReadOnlySpan<char> name)
    {
        var words = NameWords.Split(name.Length > LongestName ? name[^LongestName..] : name);
        for (var i = words.Count - 1; i >= 0; i--)
        {
            var found = JudgeWord(words, i);
            if (found != NameVerdict.Harmless)
                return new SecretName(Weaken(found, words, i), words[i]);
        }

        return default;
    }

    private static NameVerdict JudgeWord(List<string> words, int place)
    {
        var word = words[place];
        var before = place > 0 ? words[place - 1] : "";
        switch (word)
        {
            case "authorization" or "cookie" or "cookies":
                return NameVerdict.WholeLine;
            case "key" or "keys":
                return s_harmlessBeforeKey.Contains(before) ? NameVerdict.Harmless
                    : word == "key" && s_certainBeforeKey.Contains(before) ? NameVerdict.Certain
                    : NameVerdict.Likely;
            case "auth":
                return before == "o" ? NameVerdict.Harmless : NameVerdict.Likely;
            case "tokens" or "secrets" or "signature" or "sig" or "otp" or "totp":
                return s_harmlessBeforeToken.Contains(before) ? NameVerdict.Harmless : NameVerdict.Likely;
            case "token":
                return s_harmlessBeforeToken.Contains(before) ? NameVerdict.Harmless : NameVerdict.Certain;
            case "pass":
                return s_harmlessBeforePass.Contains(before) ? NameVerdict.Harmless : NameVerdict.Certain;
            case "pw"
            or "psw"
            or "psk"
            or "jwt"
            or "bearer"
            or "mnemonic"
            or "cred"
            or "creds"
            or "credential"
            or "credentials"
            or "passwords":
                return NameVerdict.Certain;
        }

        if (word.EndsWith("auth", StringComparison.Ordinal))
            return word is "oauth" ? NameVerdict.Harmless : NameVerdict.Likely;
        return !s_noPass.Contains(word) && Array.Exists(s_certainEnds, end => word.EndsWith(end, StringComparison.Ordinal))
            ? NameVerdict.Certain
            : NameVerdict.Harmless;
    }

    // Takes the words before and after the one that sounds like a secret into account.
    private static NameVerdict Weaken(NameVerdict verdict, List<string> words, int place)
    {
        for (var i = place + 1; i < words.Count; i++)
        {
            if (s_harmlessAfter.Contains(words[i]))
                return NameVerdict.Harmless;
            if (!s_neutralAfter.Contains(words[i]) && !int.TryParse(words[i], out _))
                verdict = NameVerdict.Likely;
        }

        return place > 0 && (s_asks.Contains(words[0]) || s_asks.Contains(words[place - 1])) && verdict == NameVerdict.Certain
            ? NameVerdict.Likely
            : verdict;
    }

    private static FrozenSet<string> Words(string text) => text.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
