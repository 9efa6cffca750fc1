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
