using System.Management.Automation;
using System.Management.Automation.Host;
using PatternAnalysis.Review;

namespace PatternAnalysis.Commands;

/// <summary>The person at a PowerShell host, whatever kind of host it is.</summary>
internal sealed class HostPrompt(PSHost host, CancellationToken stop) : IReviewPrompt
{
    public void WriteLine(string text) => host.UI.WriteLine(text);

    public string? ReadLine(string question)
    {
        try
        {
            host.UI.Write(question);
            return TerminalLine.IsHere(host.Name) ? TerminalLine.Read(host.UI, stop) : host.UI.ReadLine();
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
