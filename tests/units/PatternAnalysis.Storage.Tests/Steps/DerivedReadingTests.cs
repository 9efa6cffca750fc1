using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

/// <summary>
/// Whatever is asked for, derived steps give what the events themselves give: with all of them, with half of them, with some of other
/// rules, and with some that somebody changed behind their back.
/// </summary>
public abstract class DerivedReadingTests : IDisposable
{
    private const int OptionsPerState = 8;

    private const string OtherRules =
        """{ "rules": [{ "id": "test.npm", "category": "test", "level": "destructive", "programs": ["npm"], "why": "tests" }] }""";

    private readonly EventDatabase _events;
    private readonly EventDatabase _plain;

    private protected DerivedReadingTests(EventDatabase events, EventDatabase plain) => (_events, _plain) = (events, plain);

    public void Dispose()
    {
        _events.Dispose();
        _plain.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_query_finds_the_same_in_any_state_of_the_tables(int seed)
    {
        var random = new Random(seed);
        var events = AnyEvents.Generate(random, 1500);
        events.AddTo(_plain);
        var half = random.Next(events.Length);

        events[..half].AddTo(_events);
        Derive(random);
        events[half..].AddTo(_events);
        AssertSame(random, "derived in part");

        Derive(random);
        AssertSame(random, "derived");

        var other = DangerRuleSet.BuiltIn.With(OtherRules, "test");
        AssertSame(random, "derived by other rules", other);
        Derive(random, other);
        AssertSame(random, "derived by other rules than the built-in ones");
        AssertSame(random, "derived anew", other);

        _events.Execute($"DELETE FROM pattern_step_blocks WHERE first_event > {random.Next(events.Length)}");
        AssertSame(random, "with a stretch that is not derived", other);

        _events.Execute($"DELETE FROM pattern_step_facts WHERE id = {_events.Steps().First(step => step.Facts != 0).Facts}");
        AssertSame(random, "with facts that are missing", other);
    }

    [StoreFact]
    public void Events_that_somebody_removed_or_put_in_the_place_of_others_are_seen()
    {
        var random = new Random(7);
        AnyEvents.Generate(random, 600).AddTo(_events);
        _events.Database.Steps.Derive();
        AnyEvents.Generate(random, 300).AddTo(_plain);

        foreach (
            var change in (string[])
                [
                    "DELETE FROM hook_events WHERE id > 550",
                    "DELETE FROM hook_events WHERE id <= 40",
                    "UPDATE hook_events SET session_id = 'another' WHERE id = (SELECT max(id) FROM hook_events)",
                    "DELETE FROM hook_events",
                ]
        )
        {
            _events.Execute(change);
            var expected = AnyReading.Describe(_events, new EventQuery(), new ActivityOptions(), derived: false);
            Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
            _events.Database.Steps.Derive();
            Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
        }
    }

    [StoreFact]
    public void A_damaged_row_has_the_events_read_and_the_check_say_so()
    {
        AnyEvents.Generate(new Random(9), 300).AddTo(_events);
        _events.Database.Steps.Derive();
        var expected = AnyReading.Describe(_events, new EventQuery(), new ActivityOptions(), derived: false);
        Assert.True(_events.Database.Steps.Check().IsTrue);

        _events.Execute("UPDATE pattern_step_facts SET arguments = '[1'");

        Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
        Assert.True(_events.Database.Steps.Check().ChangedCount > 0);
    }

    [StoreFact]
    public void Nothing_is_read_of_payloads_that_are_derived()
    {
        AnyEvents.Generate(new Random(8), 600).AddTo(_events);
        _events.Database.Steps.Derive();
        var expected = AnyReading.Describe(_events, new EventQuery(), new ActivityOptions());

        // Behind its back, and in a way that no edge and no count shows.
        _events.Execute("UPDATE hook_events SET payload = '{}'");

        Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
        Assert.NotEqual(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions(), derived: false));
    }

    [StoreFact]
    public void Steps_of_an_hour_that_the_clock_shows_twice_are_told_apart_like_its_events()
    {
        var random = new Random(9);
        var events = AnyEvents.Generate(random, 300).InLongNight(random);
        events.AddTo(_events);
        events.AddTo(_plain);
        var steps = _events.InBerlin.Steps;
        (steps.Derivation.BatchCount, steps.Derivation.BlockCount) = (3, 3);
        steps.Derive();

        // Behind its back, so that who reads them is seen.
        _events.Execute("UPDATE hook_events SET payload = '{}'");

        // Before, in, between and after the two times that the hour is shown.
        foreach (var hour in (int?[])[null, -2, 0, 1, 2])
        {
            var start = hour is { } number
                ? new DateTimeOffset(2026, 10, 25, 0, 0, 0, TimeSpan.Zero).AddHours(number)
                : (DateTimeOffset?)null;
            var query = new EventQuery { Window = new TimeWindow(start, null) };
            Assert.Equal(
                AnyReading.Describe(_plain.InBerlin, query, new ActivityOptions(), derived: false),
                AnyReading.Describe(_events.InBerlin, query, new ActivityOptions())
            );
        }
    }

    // In blocks of any size.
    private void Derive(Random random, DangerRuleSet? rules = null)
    {
        var steps = _events.Database.Steps;
        steps.Derivation.BatchCount = 1 + random.Next(200);
        steps.Derivation.BlockCount = 1 + random.Next(600);
        steps.Derive(rules);
    }

    private void AssertSame(Random random, string state, DangerRuleSet? rules = null)
    {
        for (var i = 0; i < OptionsPerState; i++)
        {
            var (query, activity) = (AnyReading.Query(random), AnyActivity.Options(random) with { Rules = rules ?? DangerRuleSet.BuiltIn });
            var asked = string.Join(", ", query.EventTypes.Append($"{query.Window} {activity.Model} {activity.Case}"));
            var (expected, actual) = (
                AnyReading.Describe(_plain, query, activity).Split('\n'),
                AnyReading.Describe(_events, query, activity).Split('\n')
            );
            Assert.True(
                expected.SequenceEqual(actual),
                $"{state}: {asked}\n- {string.Join("\n- ", expected.Except(actual))}\n+ {string.Join("\n+ ", actual.Except(expected))}"
            );
        }
    }
}

public sealed class SqliteDerivedReadingTests()
    : DerivedReadingTests(new SqliteEvents(AnyEvents.SqliteSchema), new SqliteEvents(AnyEvents.SqliteSchema));

[Collection(PostgresTests.Name)]
public sealed class PostgresDerivedReadingTests()
    : DerivedReadingTests(new PostgresEvents(AnyEvents.PostgresSchema), new PostgresEvents(AnyEvents.PostgresSchema));

/// <summary>A database in UTF-16: its texts are converted where they are read as bytes.</summary>
public sealed class Utf16DerivedReadingTests : IDisposable
{
    private readonly SqliteEvents _events = new("PRAGMA encoding = 'UTF-16'; " + AnyEvents.SqliteSchema);

    public void Dispose() => _events.Dispose();

    [Fact]
    public void What_failed_calls_say_is_what_their_events_say()
    {
        string[] errors = ["Größe unknown", "Exit code 1\n読む not found", "plain words"];
        foreach (var (error, number) in errors.Select((error, number) => (error, number)))
        {
            var payload = JsonSerializer.Serialize(new { tool_use_id = $"c{number}", error });
            _events.AddCall("one", "PostToolUseFailure", "Bash", $"2026-03-02 10:00:0{number}", payload);
        }

        _events.Database.Steps.Derive();
        var sequencer = new EventSequencer(
            new EventQuery { EventTypes = ["PostToolUseFailure"] },
            new ActivityOptions { ReadsOutcomes = true }
        );
        _events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);

        var corpus = sequencer.Build();
        Assert.Equal(
            ["Größe unknown", "読む not found", "plain words"],
            Enumerable.Range(0, corpus.Length(0)).Select(step => corpus.Records!.Errors[corpus.End(0, step).Error])
        );
    }
}
