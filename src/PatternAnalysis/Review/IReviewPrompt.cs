namespace PatternAnalysis.Review;

/// <summary>Where a person reads and answers, line by line: a terminal, a PowerShell host, a script of answers.</summary>
public interface IReviewPrompt
{
    /// <summary>Shows a line.</summary>
    void WriteLine(string text);

    /// <summary>Asks, and waits for a line.</summary>
    /// <returns>The answer, or null when no more answers come.</returns>
    string? ReadLine(string question);
}
