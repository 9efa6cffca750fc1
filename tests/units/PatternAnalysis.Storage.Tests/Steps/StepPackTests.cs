using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Sqlite;
using PatternAnalysis.Storage.Steps;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

/// <summary>What keeping many steps in one row of SQLite promises.</summary>
public sealed class StepPackTests : IDisposable
{
    private static readonly EventRange s_all = new(long.MinValue, long.MaxValue);

    private readonly SqliteEvents _events = new(AnyEvents.SqliteSchema);

    public void Dispose() => _events.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_steps_are_read_as_they_were_written_however_many_come_at_a_time(int seed)
    {
        var random = new Random(seed);
        AnyEvents.Generate(random, 10).AddTo(_events);
        _events.Database.Steps.Derive();
        var expected = AnySteps(random, random.Next(1, 3 * SqliteStepTable.StepsPerPack));
        var table = (SqliteStepTable)_events.Database.Steps.Table;
        using var connection = _events.Open();
        using var transaction = connection.BeginTransaction();
        table.Remove(connection, transaction, default);

        for (var written = 0; written < expected.Length; )
        {
            var next = Math.Min(expected.Length, written + random.Next(1, SqliteStepTable.StepsPerPack));
            EventRange? block = written == 0 ? null : new EventRange(expected[0].Event, expected[written - 1].Event);
            table.Add(connection, transaction, expected[written..next], block);
            written = next;
        }

        Assert.Equal(expected, table.Read(connection, transaction, s_all));
        transaction.Commit();
        Assert.Equal(
            (expected.Length + SqliteStepTable.StepsPerPack - 1) / SqliteStepTable.StepsPerPack,
            _events.Scalar<int>("SELECT count(*) FROM pattern_steps")
        );
        Assert.Equal(
            expected.Where(step => step.UtcTicks is null).Select(step => step.Event),
            _events.Numbers(SqliteStepTable.SelectUnreadable(s_all)).Order()
        );
        foreach (var (content, ids) in ContentsOf(expected))
            Assert.Equal(ids.Distinct().Order(), _events.Numbers(table.SelectIds(content, [s_all])).Distinct().Order());
    }

    [Fact]
    public void Whatever_is_wrong_in_a_row_has_the_events_read_and_the_check_say_so()
    {
        AnyEvents.Generate(new Random(9), 300).AddTo(_events);
        var expected = AnyReading.Describe(_events, new EventQuery(), new ActivityOptions(), derived: false);
        foreach (
            var damage in (string[])
                [
                    "steps = substr(steps, 1, length(steps) - 1)",
                    "steps = CAST(steps || x'00' AS BLOB)",
                    "steps = x''",
                    "steps = 'words'",
                    "step_count = step_count + 1",
                    "step_count = -1",
                    "last_event = last_event + 1",
                    "sources = '[1'",
                    "sources = '[1.5]'",
                    "facts = '{}'",
                    "verdicts = 7",
                ]
        )
        {
            _events.Database.Steps.Build(again: true);
            Assert.True(_events.Database.Steps.Check().IsTrue);

            _events.Execute($"UPDATE pattern_steps SET {damage}");

            Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
            Assert.False(_events.Database.Steps.Check().IsTrue, damage);
        }
    }

    [Fact]
    public void Steps_that_an_earlier_version_kept_one_in_a_row_are_not_read_and_are_derived_anew()
    {
        AnyEvents.Generate(new Random(6), 300).AddTo(_events);
        var steps = _events.Database.Steps;
        steps.Derive();
        var expected = AnyReading.Describe(_events, new EventQuery(), new ActivityOptions(), derived: false);
        _events.Execute("DROP TABLE pattern_steps");
        _events.Execute(StepSchema.OnSqlite);
        _events.Execute("INSERT INTO pattern_steps (event, type, source) VALUES (1, 1, 1)");
        var version = SqliteSchema.Versions.ToList().IndexOf(StepSchema.OnSqlite) + 1;
        _events.Execute($"DELETE FROM pattern_schema WHERE version > {version}");

        Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
        Assert.Equal((0, 300), (steps.Check().DerivedCount, steps.Check().UnderivedCount));
        Assert.Equal(300, steps.Derive().EventCount);
        Assert.Equal((300, true), (steps.Check().DerivedCount, steps.Check().IsTrue));
        Assert.Equal(expected, AnyReading.Describe(_events, new EventQuery(), new ActivityOptions()));
    }

    [Fact]
    public void Bytes_that_are_no_steps_are_never_read_without_end_or_beyond_their_end()
    {
        var random = new Random(4);
        var (pack, bytes) = StepPack.Of(AnySteps(random, 200));
        for (var i = 0; i < 2000; i++)
        {
            var damaged = bytes[..random.Next(bytes.Length)];
            if (damaged.Length > 0)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);

            Assert.Throws<StepsChangedException>(() => Count(pack, damaged));
        }
    }

    private static int Count(StepPack pack, byte[] bytes)
    {
        var count = 0;
        var reader = pack.Read(bytes);
        while (reader.TryRead(out _))
            count++;
        return count;
    }

    private static IEnumerable<(StepContent Content, IEnumerable<long> Ids)> ContentsOf(StoredStep[] steps) =>
        [
            (StepContent.Sources, steps.Select(step => step.Source)),
            (StepContent.Facts, steps.Select(step => step.Facts).Where(id => id != 0)),
            (StepContent.Verdicts, steps.Select(step => step.Verdict).Where(id => id != 0)),
        ];

    // Also the numbers at both ends of what there is.
    private static StoredStep[] AnySteps(Random random, int count)
    {
        var numbers = new SortedSet<long> { long.MinValue, long.MaxValue };
        while (numbers.Count < count + 2)
            numbers.Add(random.Next(3) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(1_000_000));
        return [.. numbers.Select(Any)];

        StoredStep Any(long number) =>
            new(
                number,
                random.Next(1, 13),
                random.Next(20) == 0 ? null : random.NextInt64(DateTime.MaxValue.Ticks),
                0,
                Id(100) ?? 7,
                Id(1000) ?? 0,
                Id(5) ?? 0,
                random.Next(2) == 0 ? 0 : (ulong)random.NextInt64(long.MinValue, long.MaxValue) | 1,
                random.Next(2) == 0 ? 0 : (ulong)random.NextInt64(long.MinValue, long.MaxValue) | 1,
                random.Next(3) == 0 ? -1 : random.NextInt64(random.Next(2) == 0 ? 10_000 : long.MaxValue),
                random.Next(10) == 0 ? string.Concat(Enumerable.Repeat("Größe ☃ ", random.Next(1, 40))) : null
            );

        long? Id(int among) => random.Next(4) == 0 ? null : unchecked(random.Next(1, among) * -7_046_029_254_386_353_131);
    }
}
