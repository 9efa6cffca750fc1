using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>What stands for a secret without being one, and what is one all the same.</summary>
public sealed class SecretValueTests
{
    [Theory]
    [InlineData("{{user}}", true)]
    [InlineData("{{user}}hunter22{{id}}", false)]
    [InlineData("${{ secrets.KEY }}", true)]
    [InlineData("${{ a }}hunter22${{ b }}", false)]
    [InlineData("<your key>", true)]
    [InlineData("<a>hunter22<b>", false)]
    [InlineData("#{name}", true)]
    [InlineData("#{a}hunter22#{b}", false)]
    [InlineData("$NAME", true)]
    [InlineData("$1", true)]
    [InlineData("$1abc", false)]
    [InlineData("$2b$10$abc", false)]
    [InlineData("${user}-${id}", true)]
    [InlineData("${user}hunter22", false)]
    [InlineData("$env:NAME", true)]
    [InlineData("$(pass show x)", true)]
    [InlineData("$(pass show x)hunter22", false)]
    [InlineData("%NAME%", true)]
    [InlineData("%NAME%hunter22", false)]
    [InlineData("op://vault/item", true)]
    [InlineData("'***'", true)]
    [InlineData("", true)]
    [InlineData("hunter22", false)]
    public void A_reference_is_one_from_its_first_to_its_last_character(string value, bool isReference) =>
        Assert.Equal(isReference, SecretValue.IsReference(value));

    [Theory]
    [InlineData("?")]
    [InlineData("%s")]
    [InlineData("%d")]
    [InlineData("-")]
    [InlineData("...")]
    [InlineData("…")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("|-")]
    [InlineData(">-")]
    [InlineData("@-")]
    [InlineData("!NAME!")]
    [InlineData("{name}")]
    [InlineData("`cat x`")]
    [InlineData("arn:aws:x")]
    [InlineData("file:x")]
    [InlineData("env:X")]
    [InlineData("vault:x")]
    [InlineData("ref+x")]
    [InlineData("projects/x")]
    [InlineData("@Microsoft.KeyVault(x)")]
    public void What_asks_for_a_secret_or_says_where_it_is_is_none(string value) => Assert.True(SecretValue.IsReference(value));

    [Theory]
    [InlineData("??")]
    [InlineData("%%")]
    [InlineData("%a b%")]
    [InlineData("%NAME!")]
    [InlineData("{}")]
    [InlineData("{a b}")]
    [InlineData("{name")]
    [InlineData("`cat x`hunter22")]
    public void What_only_begins_like_one_is_a_secret(string value) => Assert.False(SecretValue.IsReference(value));

    [Theory]
    [InlineData("12", true)]
    [InlineData("123", true)]
    [InlineData("1234", false)]
    [InlineData("12 of 12 tests", true)]
    [InlineData("12 of 12", true)]
    [InlineData("12 of 12.", true)]
    [InlineData("12 of 12x", false)]
    [InlineData("12 of them", false)]
    [InlineData("1234567 of 12", false)]
    [InlineData("12 of 1234567", false)]
    [InlineData("7/9", true)]
    [InlineData("7/x", false)]
    [InlineData("1 test", true)]
    [InlineData("1 test in 2 s", true)]
    [InlineData("12 tests", true)]
    [InlineData("12 tests passed", true)]
    [InlineData("12 testsx", false)]
    [InlineData("x", false)]
    public void A_number_of_tests_is_a_count(string value, bool isCount) => Assert.Equal(isCount, SecretValue.IsCount(value));

    [Theory]
    [InlineData("TestLogin", true)]
    [InlineData("TestLogin (0.00s)", true)]
    [InlineData("tests/log_in.py", true)]
    [InlineData("TestLogin failed", false)]
    [InlineData("Login", false)]
    [InlineData("test-login", false)]
    [InlineData("testa1b2c3", false)]
    public void An_identifier_that_begins_with_test_is_the_name_of_one(string value, bool isName) =>
        Assert.Equal(isName, SecretValue.IsTestName(value));

    [Theory]
    [InlineData("abc12", false)]
    [InlineData("abc123", true)]
    [InlineData("abcdef", false)]
    [InlineData("123456", false)]
    [InlineData("abc 123x", false)]
    [InlineData("abc\t123x", false)]
    [InlineData("abc(123x", false)]
    [InlineData("http://a1b2c3d4", false)]
    [InlineData("Abcdefghijklmnopqrst", true)]
    [InlineData("aBCDEFGHIJKLMNOPQRST", true)]
    [InlineData("Abcdefghijklmnopqrs", false)]
    [InlineData("abcdefghijklmnopqrst", false)]
    [InlineData("ABCDEFGHIJKLMNOPQRST", false)]
    [InlineData("x-a1b2c3d4", true)]
    [InlineData("a1b2c3d4-x", true)]
    [InlineData("a1b2c3d4-b1c2d3e4", true)]
    [InlineData("x-a1b2c3d", false)]
    [InlineData("x-abcd1234", false)]
    [InlineData("x-abcdefgh12345678", true)]
    [InlineData("x-abcdefg12345678", false)]
    [InlineData("user:geheim1", true)]
    [InlineData("user:geheim", true)]
    [InlineData("host:8080", false)]
    [InlineData("user:$PASS1", false)]
    [InlineData("12:34ab5", false)]
    [InlineData("abcuser:", false)]
    [InlineData("a/user:b1", false)]
    [InlineData("a:b:c1d2", false)]
    public void Letters_and_digits_mixed_look_like_a_secret(string value, bool looksSecret) =>
        Assert.Equal(looksSecret, SecretValue.LooksSecret(value));

    [Theory]
    [InlineData("getToken()", true)]
    [InlineData("process.env.TOKEN", true)]
    [InlineData("config[KEY]", true)]
    [InlineData("values[key]", true)]
    [InlineData("hunter22[7]", false)]
    [InlineData("hunter[7]", false)]
    [InlineData("hunter[x]y", false)]
    [InlineData("Get-Credential", true)]
    [InlineData("New-Winter", false)]
    [InlineData("hunter.two", false)]
    public void Code_that_reads_a_secret_is_none_unless_it_is_quoted(string value, bool isNone)
    {
        Assert.Equal(isNone, SecretValue.IsNoValue(value, isQuoted: false));
        Assert.False(SecretValue.IsNoValue(value, isQuoted: true));
    }

    [Theory]
    [InlineData("hunter22", "***")]
    [InlineData("a$(date)b", "***$(date)***")]
    [InlineData("`id`b`id`", "`id`***`id`")]
    public void What_a_secret_is_made_with_stays_to_be_judged(string value, string hidden) => Assert.Equal(hidden, SecretValue.Hide(value));

    [Theory]
    [InlineData("password=hunter22,user=bob", "password=***,user=bob")]
    [InlineData("password=hunter22,user bob", "password=*** bob")]
    [InlineData("password=hunter22\\nuser=bob", "password=***\\nuser=bob")]
    [InlineData("?password=hunter22&user=bob", "?password=***&user=bob")]
    [InlineData("say \"?password=hunter22&user=bob\"", "say \"?password=***&user=bob\"")]
    [InlineData("password=hunter22 && ls", "password=*** && ls")]
    [InlineData("(password=hunter22)", "(password=***)")]
    [InlineData("password=hunt(er)22", "password=***")]
    public void A_secret_ends_where_the_next_name_or_command_begins(string text, string masked) =>
        Assert.Equal(masked, SecretMasker.Mask(text));
}
