using System.Data.Common;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Analysis;
using PatternAnalysis.Storage.Approvals;
using PatternAnalysis.Storage.Tests.Support;
using SQLitePCL;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What saving asks the database for before it writes.</summary>
public sealed class SavePlanTests : IDisposable
{
    private readonly SqliteEvents _events = new();

    public void Dispose() => _events.Dispose();

    [Fact]
    public void Planning_asks_as_many_questions_for_a_hundred_patterns_as_for_ten()
    {
        AddPatterns(0, 10);
        _events.Analyze();
        var forTen = CountQuestions(10);
        AddPatterns(10, 100);
        _events.Analyze();

        var forAHundred = CountQuestions(100);

        Assert.True(forTen > 0);
        Assert.Equal(forTen, forAHundred);
    }

    [Fact]
    public void Of_many_patterns_some_hundreds_are_asked_for_at_a_time_so_that_memory_does_not_hold_all()
    {
        AddPatterns(0, 200);
        _events.Analyze();
        var forOneBatch = CountQuestions(200);
        AddPatterns(200, 201);
        _events.Analyze();

        Assert.True(CountQuestions(201) > forOneBatch);
    }

    private int CountQuestions(int patterns)
    {
        var database = new CountingDatabase(_events.Database.Sql);
        var summary = new DailyAnalysis(_events.Database.Events, new SqlApprovalStore(database)).Run(EventDatabase.LastDay(dryRun: true));
        Assert.Equal(patterns, summary.UnchangedPatterns);
        return database.Count;
    }

    private void AddPatterns(int from, int to)
    {
        var start = DateTimeOffset.UtcNow.AddHours(-2);
        for (var pattern = from; pattern < to; pattern++)
        for (var session = 0; session < 3; session++)
            _events.AddSession($"{pattern}-{session}", start, $"First{pattern}", $"Second{pattern}");
    }

    // SQLite tells of every statement that it begins.
    private sealed class CountingDatabase(ISqlDatabase inner) : DatabaseDecorator(inner)
    {
        public int Count { get; private set; }

        public override DbConnection OpenForReading()
        {
            var connection = (SqliteConnection)base.OpenForReading();
            raw.sqlite3_trace(connection.Handle, (object _, string _) => Count++, null);
            return connection;
        }
    }
}
