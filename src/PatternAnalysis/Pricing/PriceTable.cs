using System.Globalization;
using System.Text.Json;

namespace PatternAnalysis.Pricing;

/// <summary>
/// Prices of models by name, as a data file gives them. A model that is not named has no price: it is named, never guessed silently.
/// </summary>
/// <remarks>
/// The file: <c>{ "date": "YYYY-MM-DD", "default": { "input": 5 }, "models": [ { "model": "NAME or PREFIX*", "input": 3, "output": 15,
/// "cache_read": 0.3, "cache_write": 3.75 } ] }</c>, US dollars for a million tokens. Where only <c>input</c> is given, the others follow
/// by the ratios of <see cref="ModelPrice.OfInput"/>. Of several names that fit, the longest counts.
/// </remarks>
public sealed class PriceTable
{
    private const string DefaultName = "default";

    private static readonly Lazy<PriceTable> s_builtIn = new(LoadBuiltIn);

    private readonly ModelPrice[] _prices;

    private PriceTable(DateOnly date, ModelPrice fallback, IEnumerable<ModelPrice> prices)
    {
        Date = date;
        Default = fallback;
        _prices = [.. prices.OrderByDescending(price => price.Model.Length).ThenBy(price => price.Model, StringComparer.Ordinal)];
    }

    /// <summary>The prices that the product brings along.</summary>
    public static PriceTable BuiltIn => s_builtIn.Value;

    /// <summary>When the prices were taken.</summary>
    public DateOnly Date { get; }

    /// <summary>What is taken for a model that nobody named, where an assumption is asked for and marked as one.</summary>
    public ModelPrice Default { get; }

    /// <summary>The price of a model; null when the table does not name it.</summary>
    public ModelPrice? Find(string? model) => model is null ? null : Array.Find(_prices, price => price.IsFor(model));

    /// <summary>Reads a table.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="sourceName">Where it comes from, for messages.</param>
    /// <exception cref="PatternAnalysisException"><c>InvalidPriceTable</c>: something in it is not as it must be.</exception>
    public static PriceTable Parse(string json, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            return Read(document.RootElement, sourceName);
        }
        catch (JsonException error)
        {
            throw Invalid(sourceName, $"it is no JSON: {error.Message}");
        }
    }

    private static PriceTable Read(JsonElement root, string sourceName)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Invalid(sourceName, "it must be an object with 'date' and 'models'");
        if (
            !root.TryGetProperty("date", out var date)
            || date.ValueKind != JsonValueKind.String
            || !DateOnly.TryParseExact(date.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        )
            throw Invalid(sourceName, "'date' must say when the prices were taken, as YYYY-MM-DD");
        if (!root.TryGetProperty("models", out var models) || models.ValueKind != JsonValueKind.Array)
            throw Invalid(sourceName, "'models' must be a list of prices");

        var prices = models.EnumerateArray().Select((entry, index) => ReadPrice(entry, null, $"models[{index}]", sourceName)).ToArray();
        var fallback = root.TryGetProperty(DefaultName, out var given)
            ? ReadPrice(given, DefaultName, DefaultName, sourceName)
            : BuiltIn.Default;
        return new PriceTable(day, fallback, prices);
    }

    private static ModelPrice ReadPrice(JsonElement entry, string? name, string place, string sourceName)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            throw Invalid(sourceName, $"{place} must be an object");
        if (
            name is null
            && entry.TryGetProperty("model", out var model)
            && model.ValueKind == JsonValueKind.String
            && model.GetString() is { Length: > 0 } text
        )
            name = text;
        if (name is null)
            throw Invalid(sourceName, $"{place} needs a 'model'");

        var usual = ModelPrice.OfInput(
            name,
            Number(entry, "input", place, sourceName) ?? throw Invalid(sourceName, $"{place} needs an 'input' price")
        );
        return usual with
        {
            Output = Number(entry, "output", place, sourceName) ?? usual.Output,
            CacheRead = Number(entry, "cache_read", place, sourceName) ?? usual.CacheRead,
            CacheWrite = Number(entry, "cache_write", place, sourceName) ?? usual.CacheWrite,
        };
    }

    private static decimal? Number(JsonElement entry, string property, string place, string sourceName)
    {
        if (!entry.TryGetProperty(property, out var value))
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is >= 0 and <= 1_000_000
            ? number
            : throw Invalid(sourceName, $"{place}.{property} must be a number of US dollars from 0 to 1,000,000");
    }

    private static PriceTable LoadBuiltIn()
    {
        const string name = "prices.json";
        using var stream = typeof(PriceTable).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), name);
    }

    private static PatternAnalysisException Invalid(string sourceName, string what) =>
        new(ErrorCatalogue.InvalidPriceTable, $"The price table '{sourceName}' can't be used: {what}. docs/worth.md shows its form.");
}
