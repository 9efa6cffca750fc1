using PatternAnalysis.Masking;

namespace PatternAnalysis.Tests.Masking;

/// <summary>
/// Realistic forms of secrets, each with a harmless neighbour: <c>secret-forms.tsv</c> holds the text, what of it must not be seen any
/// more, and a text of the same shape that stays as it is. A broken bar stands in tokens so that no scanner of this repository takes them
/// for real; <c>␤</c> is a line end.
/// </summary>
public class SecretFormTests
{
    public static TheoryData<string, string, string> Forms
    {
        get
        {
            var forms = new TheoryData<string, string, string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Masking", "secret-forms.tsv")))
            {
                var fields = line.Replace("¦", "", StringComparison.Ordinal).Replace('␤', '\n').Split('\t');
                forms.Add(fields[0], fields[1], fields[2]);
            }

            return forms;
        }
    }

    public static TheoryData<string> Lookalikes =>
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Masking", "harmless-forms.txt"))
                .Select(line => line.Replace('␤', '\n')),
        ];

    [Theory]
    [MemberData(nameof(Lookalikes))]
    public void What_only_sounds_like_a_secret_stays(string text) => Assert.Equal(text, SecretMasker.Mask(text));

    [Fact]
    public void There_are_at_least_150_forms() => Assert.True(Forms.Count >= 150);

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_secret_is_hidden_and_its_harmless_neighbour_stays(string text, string secret, string neighbour)
    {
        Assert.Contains(secret, text, StringComparison.Ordinal);

        var masked = SecretMasker.Mask(text);

        Assert.DoesNotContain(secret, masked, StringComparison.Ordinal);
        Assert.Equal(masked, SecretMasker.Mask(masked));
        Assert.Equal(neighbour, SecretMasker.Mask(neighbour));
    }
}
