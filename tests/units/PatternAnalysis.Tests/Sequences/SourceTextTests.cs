using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>The texts that tell whose a step is can be stored, and hold no secret.</summary>
public class SourceTextTests
{
    [Theory]
    [InlineData("session-1")]
    [InlineData("")]
    [InlineData("読む")]
    public void What_is_text_stays_as_it_is(string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(SourceText.Valid(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData(new byte[] { 0x61, 0x00, 0x62 })]
    [InlineData(new byte[] { 0x61, 0xFF, 0x62 })]
    [InlineData(new byte[] { 0xC3 })]
    public void Bytes_that_no_database_gives_back_become_text_that_it_does(byte[] text)
    {
        var valid = SourceText.Valid(text).ToArray();

        Assert.DoesNotContain((byte)0, valid);
        Assert.Equal(valid, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(valid)));
        Assert.NotEqual(text, valid);
    }

    [Fact]
    public void Ids_out_of_payloads_are_masked_each_by_itself()
    {
        var ids = new MaskedIds();

        Assert.Equal("", SourceText.Mask([]));
        Assert.Equal("a1", Masked("a1"));
        Assert.DoesNotContain("0123456789", Masked("ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"), StringComparison.Ordinal);
        Assert.Equal("a2", Masked("a2"));
        Assert.Equal("a1", Masked("a1"));

        string Masked(string id) => Encoding.UTF8.GetString(ids.Mask(Encoding.UTF8.GetBytes(id)));
    }

    [Fact]
    public void A_set_of_sources_holds_those_that_were_added()
    {
        var set = new SourceSet();
        foreach (var source in new[] { 5, 0, 64, 5, 63 })
            set.Add(source);

        Assert.Equal([0, 5, 63, 64], Enumerable.Range(0, 200).Where(set.Contains));
        Assert.False(new SourceSet().Contains(0));
    }

    [Fact]
    public void Verdicts_are_numbered_as_they_come_and_the_worse_of_two_is_told_by_their_numbers()
    {
        var table = new VerdictTable();
        var unknown = new JudgedStep(new DangerVerdict(DangerLevel.Unknown, "u", null, null, "x"));
        var destructive = new JudgedStep(new DangerVerdict(DangerLevel.Destructive, "d", null, null, "y"), "y z");
        var another = destructive with { Command = "y w" };

        Assert.Equal(
            [0, 1, 2, 3, 1, 0],
            new[] { new(DangerVerdict.Safe), unknown, destructive, another, unknown, new(DangerVerdict.Safe) }.Select(table.Add)
        );
        Assert.Equal(4, table.Count);
        Assert.Equal(
            [DangerLevel.Safe, DangerLevel.Unknown, DangerLevel.Destructive, DangerLevel.Destructive],
            Enumerable.Range(0, 4).Select(table.Level)
        );
        Assert.Equal(
            (1, 1, 2, 3, 2, 0),
            (table.Worst(0, 1), table.Worst(1, 0), table.Worst(2, 3), table.Worst(3, 2), table.Worst(1, 2), table.Worst(0, 0))
        );
        Assert.Equal(another, table[3]);
    }
}
