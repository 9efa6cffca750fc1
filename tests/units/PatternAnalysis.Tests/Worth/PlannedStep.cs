using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Worth;

/// <summary>A step that a test plans: what it is to an automation is known, for the test says so.</summary>
/// <param name="Session">Its session.</param>
/// <param name="Name">The name that it goes by.</param>
/// <param name="Class">Its class.</param>
/// <param name="Command">What the shell is given, or the file.</param>
/// <param name="Message">The message that asks for it.</param>
/// <param name="Tokens">What the message read, at three dollars for a million.</param>
/// <param name="Wait">How many seconds it is waited for.</param>
internal sealed record PlannedStep(string Session, string Name, StepClass Class, string Command, string Message, long Tokens, int Wait)
{
    public bool IsEdit => Name == "Edit(.cs)";

    public bool OnlyShows => Name == "Bash(git status)";

    public bool TakesEdit => Class == StepClass.Bound;

    public bool IsCommit => Class == StepClass.Message;

    public bool CanRun => Class is StepClass.Constant or StepClass.Bound or StepClass.Parameter or StepClass.Message;

    public bool IsCheck => (Class == StepClass.Constant && !OnlyShows) || TakesEdit;

    /// <summary>Sessions of chunks that follow each other at random; equal seeds give equal sessions.</summary>
    public static List<PlannedStep> Sessions(int seed, int sessions, int chunks)
    {
        string[] routines = ["lt", "flt", "ac", "ew", "ewt", "elt", "r", "s", "c", "tc", "rl", "e", "af", "rf", "lx"];
        var (random, steps) = (new Random(seed), new List<PlannedStep>());
        for (var session = 0; session < sessions; session++)
        {
            for (var chunk = 0; chunk < chunks; chunk++)
            {
                var file = $"f{steps.Count}.cs";
                foreach (var symbol in routines[random.Next(routines.Length)])
                {
                    // Calls of one message stand side by side, in the order of their names.
                    var step = Of(symbol, $"s{session:D2}", steps.Count, file, 100 * random.Next(1, 9), random.Next(1, 9));
                    steps.Add(symbol == 'x' ? step with { Message = steps[^1].Message, Tokens = steps[^1].Tokens, Wait = 1 } : step);
                }
            }
        }

        return steps;
    }

    /// <summary>The events of steps, as a hook would have written them.</summary>
    public static RecordedCalls Record(IEnumerable<PlannedStep> steps)
    {
        var calls = new RecordedCalls();
        foreach (var step in steps)
        {
            calls.Wait(TimeSpan.FromSeconds(step.Wait - 1));
            _ = step.Name[..4] switch
            {
                "Bash" => calls.Call(step.Session, "Bash", "command", step.Command, step.Message),
                "Edit" => calls.Call(step.Session, "Edit", "file_path", step.Command, step.Message),
                _ => calls.Call(step.Session, "Read", "file_path", step.Command, step.Message),
            };
        }

        return calls;
    }

    /// <summary>What their messages used.</summary>
    public static ToldUsage Usage(IEnumerable<PlannedStep> steps) =>
        new()
        {
            Messages =
            [
                .. steps
                    .GroupBy(step => step.Message)
                    .Select(calls => new MessageUsage
                    {
                        SessionId = calls.First().Session,
                        MessageId = calls.Key,
                        Timestamp = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc),
                        Model = "claude-sonnet-4-5",
                        InputTokens = calls.First().Tokens,
                        CallCount = calls.Count(),
                    }),
            ],
        };

    private static PlannedStep Of(char symbol, string session, int number, string file, long tokens, int wait)
    {
        var (name, kind, command) = symbol switch
        {
            'l' => ("Bash(make lint)", StepClass.Constant, "make lint"),
            't' => ("Bash(make test)", StepClass.Constant, "make test"),
            'x' => ("Bash(make lint)", StepClass.Constant, "make lint"),
            'f' => ("Bash(make fmt)", StepClass.Constant, "make fmt"),
            's' => ("Bash(git status)", StepClass.Constant, "git status"),
            'a' => ("Bash(git add <path>)", StepClass.Parameter, $"git add new/{number}.md"),
            'c' => ("Bash(git commit -m <text>)", StepClass.Message, $"git commit -m 'Say {number} again'"),
            'w' => ("Bash(fmt --write <path>)", StepClass.Bound, $"fmt --write {file}"),
            'e' => ("Edit(.cs)", StepClass.Free, file),
            _ => ("Read(.md)", StepClass.Look, $"doc{number}.md"),
        };
        return new PlannedStep(session, name, kind, command, $"m{number}", tokens, wait);
    }
}
