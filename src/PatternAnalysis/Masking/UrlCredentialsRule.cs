using System.Buffers;
using System.Text;

namespace PatternAnalysis.Masking;

/// <summary><c>scheme://user:password@</c> and <c>scheme://token@</c>.</summary>
internal sealed class UrlCredentialsRule : IMaskingRule
{
    private const string Sign = "://";
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\r\n\"'`<>|\\,;()");

    // The others may stand in a password.
    private static readonly SearchValues<char> s_certainEnds = SearchValues.Create(" \t\r\n\"'`<>|\\");

    // A user alone is no secret there: whoever connects has a key.
    private static readonly string[] s_userSchemes = ["ssh", "sftp", "scp", "rsync", "svn+ssh", "git+ssh"];

    public IReadOnlyCollection<string> Signs { get; } = [Sign];

    public string Apply(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        for (var i = text.IndexOf(Sign, StringComparison.Ordinal); i >= 0; i = text.IndexOf(Sign, i, StringComparison.Ordinal))
        {
            var start = i + Sign.Length;
            var credentials = Credentials(text.AsSpan(start));
            i = start;
            if (credentials.IsEmpty || IsHarmless(credentials, Scheme(text, start - Sign.Length)))
                continue;

            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, start - copied).Append(SecretMasker.Mark);
            copied = i = start + credentials.Length;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static ReadOnlySpan<char> Credentials(ReadOnlySpan<char> rest)
    {
        var address = Until(rest, s_ends);
        var length = LengthOfCredentials(address);
        if (length == 0 && address.Length < rest.Length && address.IndexOf(':') is > 0 and var colon && !IsPort(address[(colon + 1)..]))
        {
            address = Until(rest, s_certainEnds);
            length = address.Contains(Sign, StringComparison.Ordinal) ? 0 : LengthOfCredentials(address);
        }

        return address[..length];
    }

    private static ReadOnlySpan<char> Until(ReadOnlySpan<char> rest, SearchValues<char> ends) =>
        rest.IndexOfAny(ends) is >= 0 and var length ? rest[..length] : rest;

    // Up to the last "@" before the path. What looks like a port and is no number is a password with a slash in it.
    private static int LengthOfCredentials(ReadOnlySpan<char> address)
    {
        var path = address.IndexOfAny("/?#");
        var host = path < 0 ? address : address[..path];
        var at = host.LastIndexOf('@');
        if (at >= 0)
            return at;
        if (path < 0 || host.IndexOf(':') is not (> 0 and var colon))
            return 0;

        return IsPort(host[(colon + 1)..]) ? 0 : Math.Max(0, address.IndexOf('@'));
    }

    private static bool IsPort(ReadOnlySpan<char> port) =>
        port.IsEmpty || port.IndexOfAnyExceptInRange('0', '9') < 0 || port[0] is '$' or '{' or '%';

    private static bool IsHarmless(ReadOnlySpan<char> credentials, ReadOnlySpan<char> scheme)
    {
        var colon = credentials.IndexOf(':');
        if (colon >= 0)
            return SecretValue.IsReference(credentials[(colon + 1)..]);
        if (credentials.SequenceEqual("git") || SecretValue.IsReference(credentials))
            return true;
        foreach (var known in s_userSchemes)
        {
            if (scheme.Equals(known, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Scheme(string text, int end)
    {
        var start = end;
        while (start > 0 && end - start < 16 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '+' or '-' or '.'))
            start--;
        return text.AsSpan(start, end - start);
    }
}
