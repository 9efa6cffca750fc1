using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>Whoever an address logs in as is hidden; a host, a port, a path and a query stay.</summary>
public sealed class UrlCredentialsTests
{
    [Theory]
    [InlineData("https://bob@h/x", "https://***@h/x")]
    [InlineData("https://:tok@h/x", "https://***@h/x")]
    [InlineData("https://a@b@h/x", "https://***@h/x")]
    [InlineData("https://bob:pa/ss@h/x", "https://***@h/x")]
    [InlineData("https://bob:80a/x@y", "https://***@y")]
    [InlineData("https://bob:p,b@h", "https://***@h")]
    [InlineData("https://bob:p(b);c@h/x", "https://***@h/x")]
    [InlineData("https://git:tok@h/x", "https://***@h/x")]
    [InlineData("sftp://bob:pw@h", "sftp://***@h")]
    [InlineData("xssh://bob@h/x", "xssh://***@h/x")]
    [InlineData("https://x@h y https://z@k", "https://***@h y https://***@k")]
    [InlineData("[a](https://bob:pw@h)b@c", "[a](https://***@h)b@c")]
    [InlineData("\"https://bob:pw@h\" x", "\"https://***@h\" x")]
    public void A_password_in_an_address_is_hidden_whatever_it_holds(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("https://@h/x", "https://@h/x")]
    [InlineData("https://bob:@h/x", "https://bob:@h/x")]
    [InlineData("https://$USER@h/x", "https://$USER@h/x")]
    [InlineData("https://bob:$PW@h/x", "https://bob:$PW@h/x")]
    [InlineData("https://git@h/x", "https://git@h/x")]
    [InlineData("ssh://bob@h/x", "ssh://bob@h/x")]
    [InlineData("SSH://bob@h/x", "SSH://bob@h/x")]
    [InlineData("svn+ssh://bob@h/x", "svn+ssh://bob@h/x")]
    [InlineData("https://bob:80/x@y", "https://bob:80/x@y")]
    [InlineData("https://h/x@y", "https://h/x@y")]
    [InlineData("https://h?x@y", "https://h?x@y")]
    [InlineData("https://h#x@y", "https://h#x@y")]
    [InlineData("https://h/a:b,x@y", "https://h/a:b,x@y")]
    [InlineData("https://h:$PORT/a@b", "https://h:$PORT/a@b")]
    [InlineData("https://h:{port}/a@b", "https://h:{port}/a@b")]
    [InlineData("https://h:%PORT%/a@b", "https://h:%PORT%/a@b")]
    [InlineData("https://h:/a@b", "https://h:/a@b")]
    [InlineData("https://h:80,x@y", "https://h:80,x@y")]
    [InlineData("https://a:b,https://c:80/x@y", "https://a:b,https://c:80/x@y")]
    public void What_is_no_password_in_an_address_stays(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));
}
