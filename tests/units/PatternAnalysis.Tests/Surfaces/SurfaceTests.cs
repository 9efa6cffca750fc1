using System.Text;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Notification;
using PatternAnalysis.Reporting;
using PatternAnalysis.Review;
using PatternAnalysis.Surfaces;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Tests.Surfaces;

/// <summary>Text of others is shown on every surface, and acts on none.</summary>
public class SurfaceTests
{
    private const string Harmless = "Harmless";

    private static readonly string[] s_scriptLines =
    [
        "set -euo pipefail",
        "if [ \"${1:-}\" != --run ]; then",
        "    cat \"$0\"",
        "    exit 0",
        "fi",
        "shift",
    ];

    [Fact]
    public void There_are_at_least_60_texts() => Assert.True(HostileTexts.All.Count >= 60);

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void A_name_acts_in_no_report(string text)
    {
        foreach (var format in Enum.GetValues<ReportFormat>())
        {
            var report = Report(text, format);
            var baseline = Report(Harmless, format);

            HostileTexts.AssertVisible(report);
            Assert.Equal(Lines(baseline), Lines(report));
            if (format == ReportFormat.Html)
                Assert.InRange(report.Count(character => character == '<'), 1, baseline.Count(character => character == '<'));
            if (format == ReportFormat.Markdown)
                HostileTexts.AssertInert(report);
            if (format == ReportFormat.Csv)
                HostileTexts.AssertNoFormula(report);
        }
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void A_tool_name_acts_in_no_draft(string text)
    {
        // A hook is drafted only of commands that are always the same, so no tool's name ever stands in one.
        foreach (var format in Enum.GetValues<WorkflowFormat>().Where(format => format != WorkflowFormat.Hook))
        {
            var writer = WorkflowWriters.For(format);
            var draft = writer.Write(Draft(text));

            HostileTexts.AssertVisible(draft);
            Assert.Equal(Lines(writer.Write(Draft(Harmless))), Lines(draft));
            if (format == WorkflowFormat.Script)
            {
                Assert.Contains("\nset -euo pipefail\n", draft, StringComparison.Ordinal);
                Assert.All(
                    draft.Split('\n'),
                    line => Assert.True(line.Length == 0 || line[0] == '#' || s_scriptLines.Contains(line), line)
                );
            }
            else
            {
                Assert.DoesNotMatch(@"(^|\n)```!|!`", draft);
                HostileTexts.AssertInert(draft[draft.IndexOf("\n---\n", StringComparison.Ordinal)..]);
            }

            Assert.All(draft.Split('\n'), line => Assert.True(line.Length < 1200));
        }
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void A_row_that_anybody_wrote_acts_in_no_notification_and_no_review(string text)
    {
        Assert.Equal(Lines(Notify(Row(Harmless))), Lines(Notify(Row(text))));
        HostileTexts.AssertVisible(Notify(Row(text)));

        var (hostile, harmless) = (Review(text), Review(Harmless));
        Assert.Equal(harmless.Length, hostile.Length);
        Assert.All(hostile, line => Assert.False(InvisibleText.IsIn(line)));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void What_an_object_shows_is_seen(string text)
    {
        var row = Row(text);
        var entry = new ReviewHistoryEntry("p", "approved", text, text, null);
        var sequence = new ToolSequence("s", [text, "Edit"]);
        var danger = new DangerAssessment(
            text,
            DangerLevel.Unknown,
            null,
            null,
            null,
            text,
            [new SegmentAssessment(text, DangerLevel.Safe, null)]
        );
        string?[] oneLine =
        [
            row.PatternId,
            row.Status,
            row.ToolSequence,
            .. row.ExampleSessions,
            entry.Reviewer,
            sequence.Text,
            .. sequence.Steps,
        ];
        string?[] block =
        [
            row.PatternContext,
            row.ReviewedBy,
            row.ApprovalNotes,
            entry.Notes,
            danger.Text,
            danger.Segment,
            danger.Segments[0].Text,
        ];

        Assert.All(oneLine, shown => Assert.False(InvisibleText.IsIn(shown!)));
        Assert.All(block, shown => Assert.False(InvisibleText.IsIn(shown!, allowLines: true)));
        HostileTexts.AssertVisible(PatternAnalysis.Masking.SecretMasker.MaskIdentifier(text));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void An_error_is_one_line(string text)
    {
        var message = new PatternAnalysisException(ErrorCatalogue.DatabaseError, $"The database failed: {text}").Message;

        Assert.False(InvisibleText.IsIn(message));
    }

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void Each_surface_keeps_its_promise(string text)
    {
        Assert.False(InvisibleText.IsIn(SurfaceText.Line(text)));
        Assert.False(InvisibleText.IsIn(SurfaceText.Sentence(text)));
        Assert.False(InvisibleText.IsIn(SurfaceText.Block(text), allowLines: true));
        Assert.DoesNotMatch("[<>\"']", HtmlText.Encode(text));
        Assert.DoesNotMatch("[<>]", SurfaceText.Chat(text));
        HostileTexts.AssertNoFormula(CsvText.Field(SurfaceText.Line(text)));
        HostileTexts.AssertInert(SurfaceText.Markdown(text));
        Assert.False(InvisibleText.IsIn(SurfaceText.Markdown(text)));
        Assert.False(InvisibleText.IsIn(SurfaceText.MarkdownCode(text)));
    }

    [Fact]
    public void In_a_chat_a_text_stays_the_text_that_it_is() => Assert.Equal("a &amp;lt; &lt;b&gt;\nc", SurfaceText.Chat("a &lt; <b>\nc"));

    [Fact]
    public void Tag_characters_are_judged_as_the_characters_that_they_are()
    {
        var hidden = string.Concat("rm -rf ~".Select(letter => char.ConvertFromUtf32(0xE0000 + letter)));

        Assert.True(InvisibleText.IsIn($"echo{hidden} hello"));
        Assert.Equal("\uFFFD\uFFFDx", SurfaceText.Line("\U000E0072\U000E006Dx"));
        Assert.Equal(@"\uDB40\uDC72x", InvisibleText.Escape("\U000E0072x"));
        Assert.Equal("👩 漢字 مرحبا ❤️", SurfaceText.Line("👩 漢字 مرحبا ❤️"));
    }

    [Theory]
    [InlineData("a;=1+1", "\"a;'=1+1\"")]
    [InlineData("a\t=1", "\"a\t'=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\"=1\"", "\"'\"\"=1\"\"\"")]
    [InlineData("plain; text - here", "\"plain; text - here\"")]
    public void A_formula_behind_another_separator_is_text(string text, string field) => Assert.Equal(field, CsvText.Field(text));

    [Theory]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("", "` `")]
    [InlineData("a\nb", "`a b`")]
    public void Code_ends_where_its_text_does(string text, string code) => Assert.Equal(code, MarkdownText.Code(text));

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\r\nb")]
    [InlineData("a\tb")]
    public void What_breaks_a_line_or_a_cell_is_a_blank(string text)
    {
        Assert.Equal("a b", MarkdownText.Escape(text).Replace("  ", " ", StringComparison.Ordinal));
        Assert.Equal("a b", SurfaceText.Sentence(text));
        Assert.DoesNotContain(SurfaceText.Line(text), character => character is '\n' or '\r' or '\t');
    }

    private static string Report(string name, ReportFormat format)
    {
        var summary = Reports.Routine("Read", name, "Write");
        summary = AnalysisSummary.Of([
            .. summary.Patterns.Select(pattern => new ClassifiedPattern(
                pattern,
                pattern.Policy,
                DangerVerdict.Safe,
                pattern.Decision with
                {
                    Status = PatternStatus.Pending,
                    Reasons = [$"seen: {name}"],
                }
            )),
        ]);
        return Reports.Write(summary, format);
    }

    private static WorkflowDraft Draft(string activity) =>
        new(
            Row(activity) with
            {
                Status = PatternStatus.Approved,
            },
            [
                new WorkflowStep(1, activity, null, [], null, new DangerVerdict(DangerLevel.Unknown, activity, "c", activity, activity)),
                new WorkflowStep(2, "Edit", null, [], null, DangerVerdict.Safe),
            ],
            3,
            2
        );

    private static PatternApproval Row(string text) =>
        new()
        {
            PatternId = text,
            Status = text,
            ToolSequence = $"Read→{text}",
            PatternContext = text,
            ExampleSessions = [text],
            ReviewedBy = text,
            ApprovalNotes = text,
        };

    private static string Notify(PatternApproval row) => NotificationMessage.Format(new ReviewNotification([row], "id"));

    private static string[] Review(string text) =>
        [
            .. ReviewText.Summarize(Row(text)),
            .. ReviewText.Explain(new PatternDetails(Row(text), null, [], [new ReviewHistoryEntry(text, text, text, text, null)])),
        ];

    [Theory]
    [MemberData(nameof(HostileTexts.Data), MemberType = typeof(HostileTexts))]
    public void What_a_monitor_asks_for_shows_what_others_wrote_as_text(string text)
    {
        var run = new PastRun
        {
            RunId = 1,
            Error = text,
            StartedAt = default,
            Window = TimeWindow.Always,
        };

        HostileTexts.AssertVisible(run.Error!);
        HostileTexts.AssertVisible(new EventSource(text, 1, null).SourceApp!);
        HostileTexts.AssertVisible($"{new EventSource(text, 1, null)}");
    }

    [Fact]
    public void An_occurrence_without_a_time_is_described_without_one()
    {
        var worst = new DangerousOccurrence
        {
            SessionId = "s",
            Command = "rm -r x",
            RuleId = "r",
            Level = DangerLevel.Destructive,
        };
        var evidence = new PatternEvidence
        {
            ConfidenceModel = "m",
            SessionCount = 1,
            OccurrenceCount = 1,
            TotalSessions = 1,
            ExpectedCount = 0,
            PValue = 1,
            QValue = 1,
            FamilySize = 1,
            MinimumSessions = 1,
            MinimumLift = 1,
            ObservedFrom = 0,
            ObservedTo = 0,
            WorstOccurrences = [worst],
        };

        Assert.Contains("Destructive in session s: rm -r x [r]", ReviewText.Explain(new PatternDetails(Row(Harmless), evidence, [], [])));
    }

    private static int Lines(string text) => text.Count(character => character == '\n');
}
