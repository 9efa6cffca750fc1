using PatternAnalysis.Review;

namespace PatternAnalysis.Cli;

/// <summary>The terminal that the program runs in.</summary>
internal sealed class ConsolePrompt : IReviewPrompt
{
    public void WriteLine(string text) => Console.Out.WriteLine(text);

    public string? ReadLine(string question)
    {
        Console.Out.Write(question);
        return Console.In.ReadLine();
    }
}
