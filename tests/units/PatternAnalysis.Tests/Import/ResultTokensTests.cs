using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What is kept of an answer: paths and words with a digit, masked, a bounded number of them, and never its text.</summary>
public class ResultTokensTests
{
    [Theory]
    [InlineData("wrote src/app/main.rs and C:\\repo\\a.txt", "src/app/main.rs C:\\repo\\a.txt")]
    [InlineData("see https://example.com/pull/7 for it", "https://example.com/pull/7")]
    [InlineData("src/a.cs:12:5: error CS0103: no", "src/a.cs 12 CS0103")]
    [InlineData("c:/x/y.txt:3", "c:/x/y.txt")]
    [InlineData("port:8080, name:value, v1.2.3!", "8080 v1.2.3")]
    [InlineData("(see [build.log]) <lib/core/> \"out/x\" 'y.js'; {z.md}|w.py=v.go", "build.log lib/core out/x y.js z.md w.py v.go")]
    [InlineData("#123 @v2.0 *a1* ?b2?", "123 v2.0 a1 b2")]
    [InlineData("a.b a1 a1 a.b a1", "a.b a1")]
    [InlineData("no word of this is kept", "")]
    [InlineData("1 / . 12", "12")]
    [InlineData("wait... really.", "")]
    [InlineData(".gitignore a.verylongextension a.tar-x a.b_c a.9z x.toolong9", "a.9z x.toolong9")]
    [InlineData("   12\tlet x = lib/a.rs;", "lib/a.rs")]
    [InlineData("   12→let x = lib/a.rs;", "lib/a.rs")]
    [InlineData("   12 let x = lib/a.rs;", "12 lib/a.rs")]
    [InlineData("one/a\r\ntwo/b\n\nthree/c\n", "one/a two/b three/c")]
    [InlineData("/usr/bin/ \\\\server\\share\\", "/usr/bin \\\\server\\share")]
    [InlineData("", "")]
    public void Paths_and_words_with_a_digit_are_kept_each_once_in_their_order(string text, string tokens)
    {
        Assert.Equal(tokens, string.Join(' ', ResultTokens.Of(text)));
        Assert.Equal(tokens, string.Join(' ', ResultTokens.Of(JsonFields.ObjectOf("a", text).Field("a"))));
    }

    [Fact]
    public void No_answer_has_no_tokens()
    {
        Assert.Empty(ResultTokens.Of((string?)null));
        Assert.Empty(ResultTokens.Of(default(PatternAnalysis.Import.Json.JsonSlice)));
    }

    [Theory]
    [InlineData("password=hunter2hunter2 in src/a.cs", "src/a.cs")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "")]
    [InlineData("Authorization: Bearer abc123def456ghi789\nlib/b.rs", "lib/b.rs")]
    [InlineData("a/b\n-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1\nline/2\n-----END RSA PRIVATE KEY-----\nc/d", "a/b c/d")]
    public void What_masking_takes_out_of_a_line_is_not_kept(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', ResultTokens.Of(text)));

    [Fact]
    public void A_token_has_two_characters_at_least_and_two_hundred_at_most()
    {
        var longest = "a/" + new string('x', CallResult.LongestToken - 2);

        Assert.Equal(["b2", longest], ResultTokens.Of($"/ 1 b2 {longest} {longest}x"));
    }

    [Theory]
    [InlineData(CallResult.MaximumTokens, "f1 f64")]
    [InlineData(CallResult.MaximumTokens + 1, "f1 f32 f34 f65")]
    [InlineData(500, "f1 f32 f469 f500")]
    public void Of_more_than_are_kept_it_is_the_first_and_the_last_of_them(int count, string edges)
    {
        var tokens = ResultTokens.Of(string.Join('\n', Enumerable.Range(1, count).Select(number => $"f{number}")));

        Assert.Equal(CallResult.MaximumTokens, tokens.Count);
        Assert.Equal(tokens.Order(Comparer<string>.Create((one, other) => int.Parse(one[1..]).CompareTo(int.Parse(other[1..])))), tokens);
        Assert.All(edges.Split(' '), edge => Assert.Contains(edge, tokens));
        Assert.Equal((edges.Split(' ')[0], edges.Split(' ')[^1]), (tokens[0], tokens[^1]));
    }

    [Fact]
    public void What_stands_at_the_start_and_at_the_end_of_many_is_kept_once()
    {
        var middle = string.Join('\n', Enumerable.Range(1, 500).Select(number => $"f{number}"));

        var tokens = ResultTokens.Of($"same/path\n{middle}\nsame/path");

        Assert.Equal(tokens.Distinct(), tokens);
        Assert.Equal("same/path", tokens[0]);
        Assert.Equal(CallResult.MaximumTokens - 1, tokens.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_a_long_answer_the_lines_that_are_cut_through_are_left_out(bool isRead)
    {
        var filler = string.Join('\n', Enumerable.Repeat(new string('w', 99), 300));
        var text = $"first/a.txt\n{filler}\nmiddle/b.txt\n{filler}\nlast/c.txt";
        var cut = new string('x', 20_000);

        Assert.Equal(["first/a.txt", "last/c.txt"], Of(text));
        Assert.Equal(["first/a.txt", "last/c.txt"], Of($"first/a.txt\ncut/{cut}/cut\nlast/c.txt"));
        Assert.Equal(["first/a.txt"], Of($"first/a.txt {cut}"));

        IReadOnlyList<string> Of(string answer) =>
            isRead ? ResultTokens.Of(JsonFields.ObjectOf("a", answer).Field("a")) : ResultTokens.Of(answer);
    }
}
