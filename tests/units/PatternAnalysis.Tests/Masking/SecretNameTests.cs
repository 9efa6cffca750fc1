using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>A name says by its words whether what stands beside it is a secret.</summary>
public sealed class SecretNameTests
{
    [Theory]
    [InlineData("DB_PASSWORD", "Certain")]
    [InlineData("dbPassword2", "Certain")]
    [InlineData("PASSWORD_1", "Certain")]
    [InlineData("old-password", "Certain")]
    [InlineData("userpasscode", "Certain")]
    [InlineData("mnemonic", "Certain")]
    [InlineData("cred", "Certain")]
    [InlineData("creds", "Certain")]
    [InlineData("jwt", "Certain")]
    [InlineData("psk", "Certain")]
    [InlineData("pw", "Certain")]
    [InlineData("APIKey", "Certain")]
    [InlineData("signing_key", "Certain")]
    [InlineData("token", "Certain")]
    [InlineData("auth_token", "Certain")]
    [InlineData("Authorization", "WholeLine")]
    [InlineData("Set-Cookie", "WholeLine")]
    [InlineData("cookies", "WholeLine")]
    [InlineData("key", "Likely")]
    [InlineData("signing_keys", "Likely")]
    [InlineData("auth", "Likely")]
    [InlineData("basicauth", "Likely")]
    [InlineData("tokens", "Likely")]
    [InlineData("secrets", "Likely")]
    [InlineData("signature", "Likely")]
    [InlineData("sig", "Likely")]
    [InlineData("otp", "Likely")]
    [InlineData("totp", "Likely")]
    [InlineData("password_banana", "Likely")]
    [InlineData("use_token", "Likely")]
    [InlineData("no-db-password", "Likely")]
    [InlineData("OAuth", "Harmless")]
    [InlineData("oauth", "Harmless")]
    [InlineData("max_tokens", "Harmless")]
    [InlineData("max_token", "Harmless")]
    [InlineData("low_pass", "Harmless")]
    [InlineData("primary_key", "Harmless")]
    [InlineData("bypass", "Harmless")]
    [InlineData("password_file", "Harmless")]
    [InlineData("password_file_1", "Harmless")]
    [InlineData("keyboard", "Harmless")]
    [InlineData("passive", "Harmless")]
    [InlineData("", "Harmless")]
    [InlineData("123", "Harmless")]
    public void The_words_of_a_name_decide(string name, string verdict) => Assert.Equal(verdict, SecretName.Judge(name).Verdict.ToString());

    [Theory]
    [InlineData(0)]
    [InlineData(87)]
    [InlineData(88)]
    [InlineData(10_000)]
    public void Of_a_long_name_the_end_counts(int length) =>
        Assert.Equal(NameVerdict.Certain, SecretName.Judge(new string('x', length) + "_password").Verdict);
}
