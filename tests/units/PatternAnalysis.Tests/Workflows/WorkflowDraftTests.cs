using PatternAnalysis.Activities;
using PatternAnalysis.Masking;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Tests.Workflows;

/// <summary>A draft is made of the very occurrences that the analysis counted.</summary>
public class WorkflowDraftTests
{
    private static readonly ActivityOptions s_prompts = new() { Case = CaseKind.Prompt };

    [Fact]
    public void Steps_of_a_sub_agent_do_not_stand_between_those_of_its_session()
    {
        var calls = new RecordedCalls()
            .Bash("s", "git status")
            .Bash("s", "ls", agent: "a1")
            .Bash("s", "git diff --stat")
            .Bash("s", "pwd", agent: "a1");

        Assert.Equal(["git status", "git diff --stat"], Commands(calls, "Bash(git status)→Bash(git diff)", "s"));
        Assert.Equal(["ls", "pwd"], Commands(calls, "Bash(ls)→Bash(pwd)", "s/a1"));
    }

    [Fact]
    public void A_pattern_of_prompts_does_not_reach_over_a_prompt()
    {
        var calls = new RecordedCalls()
            .Bash("s", "git status", prompt: "p1")
            .Bash("s", "git diff one", prompt: "p2")
            .Bash("s", "git status", prompt: "p3")
            .Bash("s", "git diff two", prompt: "p3");

        Assert.Equal(["git status", "git diff two"], Commands(calls, s_prompts, "Bash(git status)→Bash(git diff)", "s#p2", "s#p3"));
    }

    [Fact]
    public void Prompts_without_an_id_are_borders_as_well()
    {
        var calls = new RecordedCalls()
            .Prompt("s")
            .Bash("s", "git status")
            .Prompt("s")
            .Bash("s", "git diff one")
            .Bash("s", "git status")
            .Bash("s", "git diff two");

        Assert.Equal(
            ["git status", "git diff two"],
            Commands(calls, s_prompts, "Bash(git status)→Bash(git diff)", "s#20260302T100001.000Z", "s#20260302T100003.000Z")
        );
    }

    [Fact]
    public void Other_sessions_are_not_looked_into()
    {
        var calls = new RecordedCalls().Bash("s", "git status").Bash("s", "git diff").Bash("s2", "git status").Bash("s2", "git diff other");

        Assert.Equal(["git status", "git diff"], Commands(calls, "Bash(git status)→Bash(git diff)", "s"));
    }

    [Fact]
    public void A_session_whose_name_was_masked_is_found()
    {
        const string Session = "ada@example.com";
        var calls = new RecordedCalls().Bash(Session, "git status").Bash(Session, "git diff").Bash("s", "ls");

        Assert.Equal(["git status", "git diff"], Commands(calls, "Bash(git status)→Bash(git diff)", SecretMasker.MaskIdentifier(Session)));
    }

    [Fact]
    public void A_file_that_sessions_begin_by_reading_is_found_where_it_goes_by_its_path()
    {
        var calls = new RecordedCalls().Call("s", "Read", "file_path", "README.md").Bash("s", "make");

        Assert.Equal(["README.md", "make"], Commands(calls, "Read(README.md)→Bash(make)", "s"));
    }

    [Fact]
    public void A_pattern_of_bare_tool_names_is_found_too() =>
        Assert.Equal(
            ["git status", "git diff"],
            Commands(
                new RecordedCalls().Bash("s", "git status").Bash("s", "git diff"),
                new ActivityOptions { Model = ActivityModel.Tool },
                "Bash→Bash",
                "s"
            )
        );

    [Fact]
    public void Every_part_of_an_example_session_is_looked_into_wherever_the_window_of_its_run_began()
    {
        var calls = new RecordedCalls().Bash("a#b", "git status").Bash("a#b", "git diff");

        Assert.Equal(["git status", "git diff"], Commands(calls, "Bash(git status)→Bash(git diff)", "a#b"));
        Assert.Equal(
            ["git status", "git diff"],
            Commands(calls, new ActivityOptions { Case = CaseKind.Idle }, "Bash(git status)→Bash(git diff)", "a#b#20260302T100000.500Z")
        );
    }

    [Fact]
    public void What_is_no_longer_in_the_store_is_an_error() =>
        Assert.Equal(
            "OccurrencesNotFound",
            Assert.Throws<PatternAnalysisException>(() => Commands(new RecordedCalls().Bash("s", "ls"), "Bash(ls)→Bash(pwd)", "s")).ErrorId
        );

    [Theory]
    [InlineData(PatternStatus.Pending)]
    [InlineData(PatternStatus.Rejected)]
    [InlineData(PatternStatus.AutoRejected)]
    public void Only_what_is_approved_is_drafted(string status) =>
        Assert.Equal(
            "PatternNotApproved",
            Assert
                .Throws<PatternAnalysisException>(() =>
                    new WorkflowDrafter(new RecordedCalls(), new Drafts.OneRun()).Draft(
                        Drafts.Approved("a→b", "s") with
                        {
                            Status = status,
                        }
                    )
                )
                .ErrorId
        );

    [Fact]
    public void A_file_is_named_by_letters_and_digits_whatever_the_steps_and_the_id_are()
    {
        var draft = Drafts.Of(new RecordedCalls().Tool("s", "../../etc").Tool("s", "x y\u202e"), "../../etc→x y\\u202E") with { };

        Assert.Matches("^[a-z0-9-]+$", (draft with { Pattern = draft.Pattern with { PatternId = "../../../x" } }).Name);
    }

    private static string[] Commands(RecordedCalls calls, string sequence, params string[] examples) =>
        Commands(calls, new ActivityOptions(), sequence, examples);

    private static string[] Commands(RecordedCalls calls, ActivityOptions options, string sequence, params string[] examples) =>
        [.. Drafts.Of(calls, options, sequence, examples).Steps.Select(step => Assert.Single(step.Inputs).Text)];
}
