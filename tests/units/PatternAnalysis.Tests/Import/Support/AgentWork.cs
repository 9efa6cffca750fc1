namespace PatternAnalysis.Tests.Import.Support;

/// <summary>What an agent did, told apart from the form in which somebody wrote it down.</summary>
internal sealed record AgentWork(string SessionId, IReadOnlyList<AgentCall> Calls)
{
    public static DateTime Start { get; } = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    /// <summary>Sessions of some prompts each, with failures, parallel calls and a sub-agent; the same for the same seed.</summary>
    public static IReadOnlyList<AgentWork> Invent(int sessions, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, sessions).Select(number => Invent(random, number))];
    }

    private static AgentWork Invent(Random random, int number)
    {
        var calls = new List<AgentCall>();
        var time = Start.AddHours(number);
        var message = 0;
        for (var prompt = 0; prompt < random.Next(1, 4); prompt++)
        {
            for (var turn = random.Next(1, 6); turn > 0; turn--)
            {
                message++;
                time = time.AddSeconds(random.Next(2, 40));
                for (var parallel = random.Next(5) == 0 ? 3 : 1; parallel > 0; parallel--)
                {
                    var (tool, field, value) = s_tools[random.Next(s_tools.Length)];
                    calls.Add(
                        new AgentCall
                        {
                            Id = $"toolu_{number:D4}{calls.Count:D6}{random.Next():x8}",
                            MessageId = $"msg_{number:D4}_{message:D6}",
                            PromptId = $"{number:x8}-cccc-4ddd-8eee-{prompt:x12}",
                            Tool = tool,
                            InputField = field,
                            InputValue = value,
                            StartedAt = time,
                            Duration = TimeSpan.FromMilliseconds(random.Next(5, 1900)),
                            Failed = random.Next(8) == 0,
                        }
                    );
                }
            }
        }

        return new AgentWork($"{number:x8}-aaaa-4bbb-8ccc-{number:x12}", calls);
    }

    private static readonly (string Tool, string Field, string Value)[] s_tools =
    [
        ("Read", "file_path", "/repo/src/Parser.cs"),
        ("Edit", "file_path", "/repo/src/Parser.cs"),
        ("Bash", "command", "dotnet test --filter \"Näme\""),
        ("Bash", "command", "git status"),
        ("Write", "file_path", "C:\\repo\\docs\\index.md"),
        ("mcp__tracker__get_issue", "id", "42"),
    ];
}

/// <summary>One call of a tool.</summary>
internal sealed record AgentCall
{
    public required string Id { get; init; }

    public required string MessageId { get; init; }

    public required string PromptId { get; init; }

    public required string Tool { get; init; }

    public required string InputField { get; init; }

    public required string InputValue { get; init; }

    public required DateTime StartedAt { get; init; }

    public required TimeSpan Duration { get; init; }

    public bool Failed { get; init; }

    public DateTime EndedAt => StartedAt + Duration;
}
