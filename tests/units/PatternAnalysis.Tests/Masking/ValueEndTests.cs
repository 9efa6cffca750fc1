using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>Where a secret ends: no character of it stays, and nothing that stands behind it goes.</summary>
public sealed class ValueEndTests
{
    [Theory]
    [InlineData("password=hunter22;x", "password=***;x")]
    [InlineData("password=hunter22|x", "password=***|x")]
    [InlineData("password=hunter22>out", "password=***>out")]
    [InlineData("password=hunter22<in", "password=***<in")]
    [InlineData("password=hunter22&x", "password=***&x")]
    [InlineData("password=hunter22\tx", "password=***\tx")]
    [InlineData("password=hunter22\r\nx", "password=***\r\nx")]
    [InlineData("password=hunter22\nx", "password=***\nx")]
    [InlineData("password=hunter22\\\n --x", "password=***\\\n --x")]
    [InlineData("password=hun\\ ter22 x", "password=*** x")]
    [InlineData("password=hunter22\\", "password=***")]
    [InlineData("password=hunter22$", "password=***")]
    [InlineData("password=hunter22\\nfoo bar", "password=*** bar")]
    [InlineData("password=hunter22\\ruser=bob", "password=***\\ruser=bob")]
    public void A_secret_without_quotes_ends_with_the_word(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("\"a?password=hunt&er22\"", "\"a?password=***\"")]
    [InlineData("\"a?password=hunter22&\"", "\"a?password=***&\"")]
    [InlineData("\"a?password=hunter22& b\"", "\"a?password=***& b\"")]
    [InlineData("\"a?password=hunter22&&b\"", "\"a?password=***&&b\"")]
    [InlineData("\"a?password=hunter22&a-b.c_d:b\"", "\"a?password=***&a-b.c_d:b\"")]
    [InlineData("\"a?password=hunter22&=b\"", "\"a?password=***\"")]
    [InlineData("password=hunter22,", "password=***,")]
    [InlineData("password=hunter22, user", "password=***, user")]
    [InlineData("password=hunter22,\nuser", "password=***,\nuser")]
    [InlineData("password=hunter22,\"user\":1", "password=***,\"user\":1")]
    [InlineData("password=hunter22,'user':1", "password=***,'user':1")]
    [InlineData("password=hunter22,{a}", "password=***,{a}")]
    [InlineData("password=hunt,er22", "password=***")]
    [InlineData("password=hunt,er22:x", "password=***,er22:x")]
    public void One_of_several_named_values_ends_where_the_next_begins(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("password=\"hunt\\\"er22\" x", "password=\"***\" x")]
    [InlineData("password='hunt\\'er22' x", "password='***' x")]
    [InlineData("password='hunt'\\''er22' x", "password=*** x")]
    [InlineData("password='hunter22'\"more\" x", "password=*** x")]
    [InlineData("password='hunter22'$x y", "password=*** y")]
    [InlineData("password='hunter22'abc y", "password=*** y")]
    [InlineData("password='hunter22'! y", "password=*** y")]
    [InlineData("password='hunter22'# y", "password=*** y")]
    [InlineData("password='hunter22'_ y", "password=*** y")]
    [InlineData("password=\"$X\"'hunter22' y", "password=*** y")]
    [InlineData("password='hunter22'-y z", "password='***'-y z")]
    [InlineData("password='hunter22',user=bob", "password='***',user=bob")]
    [InlineData("password=ab\"c d\"e f", "password=*** f")]
    [InlineData("password=ab'c d'e f", "password=*** f")]
    [InlineData("bash -c \"password=ab'c d'e x\" y", "bash -c \"password=*** x\" y")]
    public void Quotes_inside_of_a_word_belong_to_it(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("password=ab\"cd x", "password=*** x")]
    [InlineData("echo \"password=hunt'er22\" x", "echo \"password=***\" x")]
    [InlineData("echo \"password=hunt'er22\" && rm 'x'", "echo \"password=***\" && rm 'x'")]
    [InlineData("{\"a\":\"password=abc'd\",\"b\":\"it's\"}", "{\"a\":\"password=***\",\"b\":\"it's\"}")]
    [InlineData("password='hunter22", "password='***")]
    [InlineData("password=\"hunter22", "password=\"***")]
    [InlineData("password='hunter22\nnext line", "password='***\nnext line")]
    public void A_quote_that_nothing_ends_is_a_character_of_the_secret(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("password=hunter22\" x", "password=***\" x")]
    [InlineData("password=hunter22\") x", "password=***\") x")]
    [InlineData("echo \"password=hunter22\" x", "echo \"password=***\" x")]
    [InlineData("echo 'password=hunter22' x", "echo 'password=***' x")]
    [InlineData("echo `password=hunter22` x", "echo `password=***` x")]
    [InlineData("echo \"it's password=hunter22\" x", "echo \"it's password=***\" x")]
    [InlineData("it's 'password=hunter22' x", "it's 'password=***' x")]
    [InlineData("it's the password=hunter22 isn't it", "it's the password=*** isn't it")]
    [InlineData("don't\npassword='hunter 22' x", "don't\npassword='***' x")]
    [InlineData("\"{\\\"password\\\":\\\"hunter22\\\",\\\"a\\\":1}\"", "\"{\\\"password\\\":\\\"***\\\",\\\"a\\\":1}\"")]
    [InlineData(
        "\"{\\\\\\\"password\\\\\\\":\\\\\\\"hunter22\\\\\\\",\\\\\\\"a\\\\\\\":1}\"",
        "\"{\\\\\\\"password\\\\\\\":\\\\\\\"***\\\\\\\",\\\\\\\"a\\\\\\\":1}\""
    )]
    public void A_quote_behind_the_secret_is_none_of_it(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("(password=hunter22) x", "(password=***) x")]
    [InlineData("f(password=hunter(2)2) x", "f(password=***) x")]
    [InlineData("password=hunter)22 x", "password=*** x")]
    [InlineData("password=hunter22)", "password=***)")]
    [InlineData("password=hunter22],x", "password=***],x")]
    [InlineData("password=hunt[er]22] x", "password=***] x")]
    [InlineData("password=hunt{er}22} x", "password=***} x")]
    [InlineData("{password:hunter22,user:bob}", "{password:***,user:bob}")]
    public void A_bracket_belongs_to_the_secret_when_it_was_opened_in_it(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("password=a$(date +%s)b x", "password=***$(date +%s)*** x")]
    [InlineData("password=a$(date $(id) x)b y", "password=***$(date $(id) x)*** y")]
    [InlineData("password=\"$(cat x)\"hunter22 y", "password=***$(cat x)*** y")]
    [InlineData("password=`cat x`hunter22 y", "password=`***`*** y")]
    [InlineData("password=hunter$(abc x", "password=***")]
    [InlineData("password=a`hunter22 x", "password=*** x")]
    [InlineData("password='a`hunter22' x", "password='***' x")]
    [InlineData("password='a$(hunter22' x", "password='***' x")]
    public void What_a_shell_puts_into_a_secret_stays_when_it_ends(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));

    [Theory]
    [InlineData("password: hunter22 and more", "password: ***")]
    [InlineData("  password: hunter22 and more", "  password: ***")]
    [InlineData("a\npassword: hunter22 and more\nb", "a\npassword: ***\nb")]
    [InlineData("- password: hunter22 and more", "- password: ***")]
    [InlineData("a:\n  - password: hunter22 and more", "a:\n  - password: ***")]
    [InlineData("a - password: hunter22 and more", "a - password: *** and more")]
    [InlineData("a password: hunter22 and more", "a password: *** and more")]
    [InlineData("password:hunter22 and more", "password:*** and more")]
    [InlineData("echo \"password: hunter22 and more\" x", "echo \"password: *** and more\" x")]
    [InlineData("Authorization: Digest username=\"bob\", response=\"abc123\" x", "Authorization: Digest ***")]
    [InlineData("curl -H 'Cookie: a=b; c=d' https://x", "curl -H 'Cookie: ***' https://x")]
    [InlineData("curl -H \"Cookie: a=b; c=d\" https://x", "curl -H \"Cookie: ***\" https://x")]
    [InlineData("\"curl -H \\\"Cookie: a=b; c=d\\\" https://x\"", "\"curl -H \\\"Cookie: ***\\\" https://x\"")]
    [InlineData("Cookie: a=b; c=d\nnext", "Cookie: ***\nnext")]
    [InlineData("Cookie: a=b; c=d\r\nnext", "Cookie: ***\r\nnext")]
    public void A_header_and_a_line_of_yaml_go_on_to_their_end(string text, string masked) => Assert.Equal(masked, SecretMasker.Mask(text));
}
