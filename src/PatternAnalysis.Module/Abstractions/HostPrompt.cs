using System.Management.Automation;
using System.Management.Automation.Host;
using PatternAnalysis.Review;

namespace PatternAnalysis.Commands;

/// <summary>The person at a PowerShell host, whatever kind of host it is.</summary>
internal sealed class HostPrompt(PSHostUserInterface ui) : IReviewPrompt
{
    public void WriteLine(string text) => ui.WriteLine(text);

    public string? ReadLine(string question)
    {
        try
        {
            ui.Write(question);
            return ui.ReadLine();
        }
        catch (Exception error)
            when (error is HostException or PSNotImplementedException or NotImplementedException or PSInvalidOperationException)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.NotInteractive,
                "Nobody can answer here: this PowerShell is not interactive. Use Approve-Pattern and Deny-Pattern instead.",
                error
            );
        }
    }
}
