namespace PatternAnalysis.Pricing;

/// <summary>What the tokens of a model cost, in US dollars for a million.</summary>
/// <param name="Model">The model's name; one that ends in <c>*</c> stands for all names that begin like it.</param>
/// <param name="Input">Tokens read anew.</param>
/// <param name="Output">Tokens written.</param>
/// <param name="CacheRead">Tokens read from the cache.</param>
/// <param name="CacheWrite">Tokens written to the cache.</param>
public sealed record ModelPrice(string Model, decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite)
{
    private const decimal Million = 1_000_000;

    /// <summary>
    /// The usual ratios to the price of input, where a table names that alone: output 5, reading the cache 0.1, writing it 1.25.
    /// </summary>
    public static ModelPrice OfInput(string model, decimal input) => new(model, input, 5 * input, 0.1m * input, 1.25m * input);

    /// <summary>What tokens cost, in US dollars.</summary>
    public decimal Cost(long input, long output, long cacheRead, long cacheWrite) =>
        (input * Input + output * Output + cacheRead * CacheRead + cacheWrite * CacheWrite) / Million;

    /// <summary>Whether the price is meant for a model.</summary>
    internal bool IsFor(string model) =>
        Model.EndsWith('*')
            ? model.StartsWith(Model[..^1], StringComparison.OrdinalIgnoreCase)
            : model.Equals(Model, StringComparison.OrdinalIgnoreCase);
}
