using PatternAnalysis.Pricing;

namespace PatternAnalysis.Tests.Pricing;

public sealed class PriceTableTests
{
    [Theory]
    [InlineData("claude-opus-4-5-20251101", 5)]
    [InlineData("claude-opus-4-1-20250805", 15)]
    [InlineData("claude-sonnet-4-5-20250929", 3)]
    [InlineData("claude-haiku-4-5-20251001", 1)]
    [InlineData("GPT-5-mini", 0.25)]
    public void A_model_has_the_price_of_the_longest_name_that_fits(string model, double input) =>
        Assert.Equal((decimal)input, PriceTable.BuiltIn.Find(model)?.Input);

    [Theory]
    [InlineData("some-new-model")]
    [InlineData("")]
    [InlineData(null)]
    public void A_model_that_nobody_named_has_no_price(string? model) => Assert.Null(PriceTable.BuiltIn.Find(model));

    [Fact]
    public void Every_sort_of_token_has_its_own_price()
    {
        var price = ModelPrice.OfInput("x", 10);

        Assert.Equal(10 + 50 + 1 + 12.5m, price.Cost(1_000_000, 1_000_000, 1_000_000, 1_000_000));
    }

    [Fact]
    public void A_table_of_ones_own_replaces_the_built_in_one()
    {
        var table = PriceTable.Parse("""{ "date": "2027-01-31", "models": [ { "model": "x*", "input": 2, "output": 3 } ] }""", "own.json");

        Assert.Equal(new ModelPrice("x*", 2, 3, 0.2m, 2.5m), table.Find("x-1"));
        Assert.Null(table.Find("claude-opus-4-5"));
        Assert.Equal(new DateOnly(2027, 1, 31), table.Date);
    }

    [Theory]
    [InlineData("nonsense", "no JSON")]
    [InlineData("null", "object")]
    [InlineData("[]", "object")]
    [InlineData("""{ "models": [] }""", "'date'")]
    [InlineData("""{ "date": 5, "models": [] }""", "'date'")]
    [InlineData("""{ "date": "2026-01-01", "models": null }""", "'models'")]
    [InlineData("""{ "date": "2026-01-01", "models": [ null ] }""", "models[0]")]
    [InlineData("""{ "date": "2026-01-01", "models": [ { "input": 1 } ] }""", "'model'")]
    [InlineData("""{ "date": "2026-01-01", "models": [ { "model": "x", "input": null } ] }""", "models[0].input")]
    [InlineData("""{ "date": "2026-01-01", "models": [ { "model": "x", "input": -1 } ] }""", "models[0].input")]
    [InlineData("""{ "date": "2026-01-01", "models": [ { "model": "x" } ] }""", "'input'")]
    public void What_is_wrong_in_a_table_is_said_with_its_place(string json, string expected)
    {
        var error = Assert.Throws<PatternAnalysisException>(() => PriceTable.Parse(json, "own.json"));

        Assert.Equal("InvalidPriceTable", error.ErrorId);
        Assert.Contains("own.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
