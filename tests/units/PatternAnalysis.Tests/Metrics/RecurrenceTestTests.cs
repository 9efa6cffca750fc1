using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>What the confidence of a single step states: it recurs in more sessions than texts do by coincidence.</summary>
public class RecurrenceTestTests
{
    [Fact]
    public void A_command_of_many_sessions_among_texts_thought_up_anew_is_found()
    {
        var random = new Random(7);
        var calls = new RecordedCalls();
        for (var session = 0; session < 40; session++)
        {
            for (var step = 0; step < 20; step++)
                calls.Bash($"s{session}", Invented(random, 4000));
            if (session % 3 == 0)
                Between(calls, $"s{session}", session, "make lint");
        }

        var patterns = Appraisals.Measured(Appraisals.Corpus(calls));

        Assert.True(patterns.Single(pattern => pattern.ToolSequence == "Bash(make lint)").ConfidenceScore > 0.99);
    }

    [Fact]
    public void Texts_that_come_back_by_coincidence_only_are_no_discovery()
    {
        var discoveries = 0;
        var tests = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var calls = new RecordedCalls();

            // Each session has its own mix: it takes to some words more than to others.
            for (var session = 0; session < 40; session++)
            {
                var favourites = Enumerable.Range(0, 5).Select(_ => Invented(random, 600)).ToArray();
                for (var step = 0; step < 20; step++)
                    calls.Bash($"s{session}", random.Next(2) == 0 ? favourites[random.Next(5)] : Invented(random, 600));
            }

            var singles = Appraisals.Measured(Appraisals.Corpus(calls)).Where(IsText).ToArray();
            tests += singles.Length;
            discoveries += singles.Count(pattern => pattern.ConfidenceScore >= 0.95);
        }

        Assert.True(tests > 100, $"{tests} tests");
        Assert.True(discoveries <= 1, $"{discoveries} of {tests}");
    }

    [Fact]
    public void A_command_that_one_session_runs_again_and_again_is_none()
    {
        var random = new Random(3);
        var calls = new RecordedCalls();
        for (var session = 0; session < 20; session++)
            calls.Bash($"s{session}", Invented(random, 4000)).Bash($"s{session}", Invented(random, 4000));
        for (var step = 0; step < 50; step++)
            calls.Bash("s0", "make lint").Bash("s0", Invented(random, 4000));

        Assert.DoesNotContain(
            Appraisals.Measured(Appraisals.Corpus(calls)),
            pattern => pattern.ToolSequence == "Bash(make lint)" && pattern.ConfidenceScore > 0
        );
    }

    [Fact]
    public void What_comes_back_on_many_days_is_surer_than_what_comes_back_in_as_many_sessions_of_a_few_days()
    {
        var random = new Random(11);
        var calls = new RecordedCalls();
        for (var day = 0; day < 12; day++, calls.Wait(TimeSpan.FromDays(1)))
        {
            for (var number = 0; number < 6; number++)
            {
                var session = $"d{day}-{number}";
                for (var step = 0; step < 20; step++)
                    calls.Bash(session, Invented(random, 2000));
                if (day < 2)
                    Between(calls, session, day + number, "make often");
                if (number == 0)
                    Between(calls, session, day, "make daily");
            }
        }

        var patterns = Appraisals.Measured(Appraisals.Corpus(calls)).ToDictionary(pattern => pattern.ToolSequence);
        var (daily, often) = (patterns["Bash(make daily)"], patterns["Bash(make often)"]);

        Assert.Equal((12, 12), (daily.SessionCount, often.SessionCount));
        Assert.True(daily.ConfidenceScore > 0.99);
        Assert.True(often.ConfidenceScore < 0.5);
    }

    [Fact]
    public void Of_many_texts_that_stand_in_one_session_those_of_three_are_no_coincidence_and_of_few_texts_they_may_be()
    {
        Assert.True(ConfidenceAmong(otherTexts: 40) >= 0.95);
        Assert.True(ConfidenceAmong(otherTexts: 1) < 0.95);

        static double ConfidenceAmong(int otherTexts)
        {
            var calls = new RecordedCalls();
            for (var session = 0; session < 20; session++)
            {
                for (var step = 0; step < otherTexts; step++)
                    calls.Bash($"s{session}", $"tool-{session}-{step}");
                if (session < 3)
                    Between(calls, $"s{session}", session, "make lint");
            }

            return Appraisals
                .Measured(Appraisals.Corpus(calls))
                .Single(pattern => pattern.ToolSequence == "Bash(make lint)")
                .ConfidenceScore;
        }
    }

    [Fact]
    public void In_a_week_a_task_that_says_the_same_in_all_of_its_sessions_does_not_hide_what_comes_back_on_every_day()
    {
        var random = new Random(13);
        var calls = new RecordedCalls();
        for (var day = 0; day < 7; day++, calls.Wait(TimeSpan.FromDays(1)))
        {
            // What the sessions of a day say alike is the day's task, and comes back on no other.
            for (var number = 0; number < 4; number++)
            {
                var session = $"d{day}-{number}";
                for (var step = 0; step < 20; step++)
                    calls.Bash(session, step < 10 ? $"run day{day}-task{step} --quiet" : Invented(random, 100_000));
                if (number == 0 && day < 5)
                    Between(calls, session, day, "make lint");
            }
        }

        var patterns = Appraisals.Measured(Appraisals.Corpus(calls));

        Assert.True(patterns.Single(pattern => pattern.ToolSequence == "Bash(make lint)").ConfidenceScore > 0.99);
        Assert.DoesNotContain(
            patterns,
            pattern => pattern is { Length: 1, ConfidenceScore: >= 0.5 } && pattern.ToolSequence.Contains("-task")
        );
    }

    [Fact]
    public void The_family_of_a_single_step_is_every_text_and_form_of_the_log()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 6; session++)
            Between(calls.Bash($"s{session}", $"tool{session} --quiet"), $"s{session}", session, "make lint");

        var found = Appraisals.Measured(Appraisals.Corpus(calls)).Single(pattern => pattern.ToolSequence == "Bash(make lint)");

        // Six tools and a lint, as texts and as forms; Edit, Glob and Grep, and the file that is read among the first steps.
        Assert.Equal(7 + 7 + 4, found.FamilySize);
    }

    [Fact]
    public void Within_a_week_sessions_count_whatever_days_they_lie_on()
    {
        var random = new Random(11);
        var calls = new RecordedCalls();
        for (var session = 0; session < 40; session++)
        {
            for (var step = 0; step < 20; step++)
                calls.Bash($"s{session}", Invented(random, 4000));
            if (session < 12)
                Between(calls, $"s{session}", session, "make lint");
            if (session % 8 == 7)
                calls.Wait(TimeSpan.FromDays(1));
        }

        var found = Appraisals.Measured(Appraisals.Corpus(calls)).Single(pattern => pattern.ToolSequence == "Bash(make lint)");

        Assert.True(found.ConfidenceScore > 0.99);
    }

    [Fact]
    public void A_check_that_follows_runs_of_edits_of_any_kind_and_length_stands_after_edits_beyond_chance()
    {
        var random = new Random(5);
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            for (var turn = 0; turn < 8; turn++)
            {
                calls.Call($"s{session}", "Read", "file_path", "a.cs").Call($"s{session}", "Grep", "pattern", "x");
                for (var edit = random.Next(1, 5); edit > 0; edit--)
                    calls.Call(
                        $"s{session}",
                        random.Next(2) == 0 ? "Edit" : "Write",
                        "file_path",
                        $"a{random.Next(9)}.{(edit % 2 == 0 ? "cs" : "md")}"
                    );
                if (random.Next(3) > 0)
                    calls.Bash($"s{session}", "make test");
                calls.Call($"s{session}", random.Next(2) == 0 ? "Glob" : "WebFetch", "pattern", "x");
            }
        }

        var patterns = Appraisals.Of(calls);
        var after = Assert.Single(patterns.WorthOf("Bash(make test)").Conditions, count => count.Condition == HookCondition.AfterEdit);

        Assert.Equal(96, after.Occasions);
        Assert.True(after.Count > 1.5 * after.ExpectedCount);
        Assert.True(after.QValue < 0.001);
        Assert.Equal(WorthKind.Hook, patterns.WorthOf("Bash(make test)").Kind);
    }

    [Fact]
    public void A_check_stands_after_an_edit_though_another_check_runs_first_but_not_behind_what_a_model_reads()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            calls
                .Call($"s{session}", "Read", "file_path", $"{session}.cs")
                .Call($"s{session}", "Edit", "file_path", "a.cs")
                .Bash($"s{session}", "make lint")
                .Bash($"s{session}", "make test")
                .Bash($"s{session}", "make test")
                .Call($"s{session}", "Grep", "pattern", "x")
                .Bash($"s{session}", "make docs");
            foreach (var command in new[] { "make lint", "make test", "make docs" })
                calls.Call($"s{session}", "Grep", "pattern", command).Bash($"s{session}", command);
        }

        var patterns = Appraisals.Of(calls, options: new WorthOptions { MinimumConfidence = 0 });

        Assert.Equal((12, 12), AfterEdit("Bash(make lint)"));
        Assert.Equal((12, 12), AfterEdit("Bash(make test)"));
        Assert.Equal((0, 0), AfterEdit("Bash(make docs)"));

        (int Count, int Occasions) AfterEdit(string step) =>
            patterns
                .Where(pattern => pattern.ToolSequence == step)
                .SelectMany(pattern => pattern.Worth!.Conditions)
                .Where(count => count.Condition == HookCondition.AfterEdit)
                .Select(count => (count.Count, count.Occasions))
                .SingleOrDefault();
    }

    [Fact]
    public void Commands_put_anywhere_stand_after_edits_and_behind_each_other_by_chance_only()
    {
        var (found, tests) = (0, 0);
        var (observed, expected) = (0, 0.0);
        for (var seed = 100; seed < 120; seed++)
        {
            var random = new Random(seed);
            var calls = new RecordedCalls();
            for (var session = 0; session < 15; session++)
            {
                for (var step = 0; step < 40; step++)
                {
                    var kind = random.Next(10);
                    if (kind < 3)
                        calls.Call($"s{session}", "Edit", "file_path", "a.cs");
                    else if (kind < 6)
                        calls.Call($"s{session}", "Read", "file_path", $"{random.Next()}.cs");
                    else
                        calls.Bash($"s{session}", $"make test{kind}");
                }
            }

            var counts = Appraisals
                .Of(calls)
                .Where(pattern => pattern.Length == 1)
                .SelectMany(pattern => pattern.Worth!.Conditions)
                .Where(count => count.Condition == HookCondition.AfterEdit)
                .ToArray();
            found += counts.Count(count => count.QValue <= 0.05);
            tests += counts.Length;
            observed += counts.Sum(count => count.Count);
            expected += counts.Sum(count => count.ExpectedCount);
        }

        Assert.Equal(80, tests);
        Assert.True(found <= 4, $"{found} of {tests}");
        // As many as are expected, to both sides: three standard errors of a count of that size.
        Assert.InRange(observed, expected - 3 * Math.Sqrt(expected), expected + 3 * Math.Sqrt(expected));
    }

    [Fact]
    public void A_call_behind_its_own_call_is_no_place_after_the_edit()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 12; session++)
        {
            if (session % 2 == 1)
                calls.Bash($"s{session}", "make test");
            calls.Call($"s{session}", "Edit", "file_path", "a.cs");
            if (session % 2 == 0)
                calls.Bash($"s{session}", "make test");
            calls.Call($"s{session}", "Grep", "pattern", $"x{session}").Call($"s{session}", "Read", "file_path", $"{session}.cs");
        }

        var count = Appraisals
            .Of(calls)
            .Single(pattern => pattern.Length == 1 && pattern.ToolSequence == "Bash(make test)")
            .Worth!.Conditions.Single(count => count.Condition == HookCondition.AfterEdit);

        // One call at one of four places, in each of twelve sessions.
        Assert.Equal((6, 3.0), (count.Count, count.ExpectedCount));
    }

    [Fact]
    public void A_command_put_anywhere_stands_after_edits_by_chance_only()
    {
        var found = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var calls = new RecordedCalls();
            for (var session = 0; session < 15; session++)
            {
                for (var step = 0; step < 40; step++)
                {
                    var kind = random.Next(10);
                    if (kind < 4)
                        calls.Call($"s{session}", "Edit", "file_path", "a.cs");
                    else if (kind < 8)
                        calls.Call($"s{session}", "Read", "file_path", $"{random.Next()}.cs");
                    else
                        calls.Bash($"s{session}", "make test");
                }
            }

            found += Appraisals
                .Of(calls)
                .Where(pattern => pattern.ToolSequence == "Bash(make test)")
                .Sum(pattern => pattern.Worth!.Conditions.Count(count => count.QValue <= 0.05));
        }

        Assert.True(found <= 3, $"{found} of 60");
    }

    // Different steps around it, so that it is no part of a longer pattern.
    private static void Between(RecordedCalls calls, string session, int number, string command) =>
        calls
            .Call(session, number % 2 == 0 ? "Edit" : "Glob", "file_path", "a.cs")
            .Bash(session, command)
            .Call(session, number % 2 == 0 ? "Read" : "Grep", "file_path", "a.cs");

    // The form of all of them does recur.
    private static bool IsText(MeasuredPattern pattern) =>
        pattern.Length == 1 && !pattern.ToolSequence.Contains('<', StringComparison.Ordinal);

    // The words of a command that nobody typed before, out of so many.
    private static string Invented(Random random, int words) => $"run task{random.Next(words)} --quiet";
}
