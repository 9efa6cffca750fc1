using System.Text;
using CsCheck;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Texts are numbered as they come, however many and however strange they are.</summary>
public class Utf8InternerTests
{
    private static readonly Gen<string[]> s_texts = Gen.OneOf(Gen.Int[0, 300].Select(number => $"tool-{number}"), Gen.String[0, 4])
        .Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))
        .Array[0, 600];

    [Fact]
    public void Every_text_has_the_number_of_its_first_coming_as_text_and_as_bytes() =>
        s_texts.Sample(
            texts =>
            {
                var (interner, known) = (new Utf8Interner(), new List<string>());
                foreach (var (number, text) in texts.Index())
                {
                    if (!known.Contains(text))
                        known.Add(text);
                    Assert.Equal(known.IndexOf(text), number % 2 == 0 ? interner.Add(text) : interner.Add(Encoding.UTF8.GetBytes(text)));
                }

                Assert.Equal(known, interner.Texts);
                Assert.Equal(known.Count, interner.Count);
                Assert.Equal(known, Enumerable.Range(0, interner.Count).Select(id => interner[id]));
            },
            iter: 50
        );

    [Fact]
    public void The_texts_of_another_get_their_own_numbers_or_the_next() =>
        Gen.Select(s_texts, s_texts)
            .Sample(
                (texts, others) =>
                {
                    var (interner, other) = (new Utf8Interner(), new Utf8Interner());
                    foreach (var text in texts)
                        interner.Add(text);
                    foreach (var text in others)
                        other.Add(text);

                    var numbers = interner.AddAll(other);

                    Assert.Equal(texts.Concat(others).Distinct(), interner.Texts);
                    Assert.Equal(other.Texts, numbers.Select(number => interner[number]));
                    Assert.All(interner.Texts.ToArray(), text => Assert.Equal(text, interner[interner.Add(text)]));
                    Assert.Equal(texts.Concat(others).Distinct().Count(), interner.Count);
                },
                iter: 50
            );

    [Fact]
    public void A_text_of_any_length_is_itself()
    {
        var interner = new Utf8Interner();
        string[] texts = ["", .. Enumerable.Range(165, 10).Select(length => new string('鼠', length)), new string('x', 100_000)];

        Assert.Equal(Enumerable.Range(0, texts.Length), texts.Select(interner.Add));
        Assert.Equal(texts, interner.Texts);
    }
}
