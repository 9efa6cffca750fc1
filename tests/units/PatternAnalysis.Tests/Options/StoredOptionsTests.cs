using System.Text.Json;
using System.Text.Json.Serialization;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Options;

namespace PatternAnalysis.Tests.Options;

/// <summary>What a store keeps of a run's options makes the same options again.</summary>
public class StoredOptionsTests
{
    private static readonly AnalysisOptions s_options = new()
    {
        Query = new EventQuery { EventTypes = ["PostToolUse"], SessionFilter = WildcardFilter.Of("s[12]", "x*") },
        Activity = new ActivityOptions
        {
            Model = ActivityModel.Tool,
            Case = CaseKind.Idle,
            IdleMinutes = 5,
            ExcludeFilter = WildcardFilter.Of("TodoWrite"),
            RulePath = ["/srv/rules.json"],
        },
        Metric = new MetricOptions
        {
            MinimumLift = 1.5,
            Reduction = new ReductionOptions { AllPatterns = true },
        },
        Worth = new WorthOptions { Top = 3 },
        Policy = new() { ApproveSavings = 12.34m, DestructiveTools = [] },
        DryRun = true,
    };

    // An instant's sign is escaped in what is kept: it was a text when it was masked.
    private static readonly JsonSerializerOptions s_serializer = new()
    {
        Converters = { new JsonStringEnumConverter(), new InstantAsText() },
    };

    [Fact]
    public void They_come_back_as_they_were()
    {
        var json = StoredOptions.Write(s_options);

        Assert.Equal(json, StoredOptions.Write(StoredOptions.Read<AnalysisOptions>(json)!));
        Assert.Equal(
            OptionCatalogue.ValuesOf(s_options).Select(option => (option.Option.Name, Text(option.Value))),
            OptionCatalogue.ValuesOf(StoredOptions.Read<AnalysisOptions>(json)!).Select(option => (option.Option.Name, Text(option.Value)))
        );
        Assert.Equal(5, StoredOptions.Read<ActivityOptions>(json)!.IdleMinutes);
    }

    [Fact]
    public void Every_option_is_kept_with_its_version_whether_it_has_its_default_or_not()
    {
        var json = StoredOptions.Write(new AnalysisOptions());

        Assert.StartsWith("{\"version\":1,", json, StringComparison.Ordinal);
        Assert.All(OptionCatalogue.Of<AnalysisOptions>(), option => Assert.Contains($"\"{option.Name}\":", json, StringComparison.Ordinal));
    }

    [Fact]
    public void An_option_that_the_run_did_not_have_yet_has_its_default_and_one_that_is_gone_is_passed_over()
    {
        var read = StoredOptions.Read<ActivityOptions>("""{"version": 1, "options": {"Case": "Prompt", "Gone": 7}}""")!;

        Assert.Equal((CaseKind.Prompt, 30), (read.Case, read.IdleMinutes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version": 2, "options": {}}""")]
    [InlineData("""{"version": "one", "options": {}}""")]
    [InlineData("""{"version": 1, "options": {"Case": "Weekly"}}""")]
    [InlineData("""{"version": 1, "options": {"IdleMinutes": "many"}}""")]
    [InlineData("""{"version": 1, "options": {"ExcludeActivity": ["[open"]}}""")]
    public void What_is_in_no_known_form_is_not_remembered(string? json) => Assert.Null(StoredOptions.Read<ActivityOptions>(json));

    [Fact]
    public void Secrets_are_not_kept() =>
        Assert.DoesNotContain(
            "ada@example.com",
            StoredOptions.Write(new EventQuery { SessionFilter = WildcardFilter.Of("ada@example.com") }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_kind_of_value_comes_back_and_is_written_as_the_serializer_writes_it()
    {
        var every = new EveryKind
        {
            Instant = new DateTimeOffset(2026, 3, 29, 2, 30, 0, 120, TimeSpan.FromHours(-3)),
            Duration = TimeSpan.FromMilliseconds(1_500),
            Whole = long.MinValue,
            Real = 0.1 + 0.2,
            Money = 1.10m,
            Name = "ü \"<+>\" 😀",
            Several = [CaseKind.Idle, CaseKind.Prompt],
        };

        var json = StoredOptions.Write(every);

        Assert.Equal(every with { Several = [] }, StoredOptions.Read<EveryKind>(json)! with { Several = [] });
        Assert.Equal(every.Several, StoredOptions.Read<EveryKind>(json)!.Several);
        var asSerialized = JsonSerializer.Serialize(every, s_serializer);
        Assert.Equal($$"""{"version":1,"options":{{asSerialized}}}""", json);
    }

    private static string Text(object? value) => value is IEnumerable<string> texts ? string.Join('|', texts) : $"{value}";

    private sealed class InstantAsText : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(JsonSerializer.SerializeToElement(value).GetString());
    }

    private sealed record EveryKind
    {
        [Option("Instant", "An instant.")]
        public DateTimeOffset? Instant { get; init; }

        [Option("Duration", "A duration.")]
        public TimeSpan Duration { get; init; }

        [Option("Whole", "A whole number.")]
        public long Whole { get; init; }

        [Option("Real", "A number.")]
        public double Real { get; init; }

        [Option("Money", "An amount.")]
        public decimal Money { get; init; }

        [Option("Name", "A text.")]
        public string? Name { get; init; }

        [Option("Nothing", "A text that is not there.")]
        public string? Nothing { get; init; }

        [Option("Several", "Some names.")]
        public IReadOnlyList<CaseKind> Several { get; init; } = [];
    }
}
