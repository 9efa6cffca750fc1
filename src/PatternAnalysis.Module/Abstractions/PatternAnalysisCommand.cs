using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Copies;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>What all cmdlets share: they stop within a second, and their errors have stable ids.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PatternAnalysisCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _losses = [];

    /// <summary>Tells how far the work is.</summary>
    private protected StageClock Stages => field ??= new StageClock(this, ProgressTitle);

    /// <summary>What the bar of this cmdlet's progress is called.</summary>
    private protected virtual string ProgressTitle => "Analysing patterns";

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
    }

    /// <summary>Whether an error is said and the next input is looked at, instead of ending the cmdlet.</summary>
    private protected virtual bool GoesOnAfterError => false;

    /// <summary>Does work whose failure ends the cmdlet, or its part of the pipeline.</summary>
    /// <param name="work">The work.</param>
    /// <param name="target">What an error is about.</param>
    private protected void Guard(Action work, object? target = null)
    {
        try
        {
            work();
        }
        catch (PatternAnalysisException error)
        {
            Fail(error, target);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(new PatternAnalysisException(ErrorCatalogue.InputOutput, error.Message, error), target);
        }
        catch (Exception error) when (error.GetType().Assembly != typeof(PSObject).Assembly)
        {
            // Not PowerShell's own, which end a pipeline in ways of their own; and none that anybody foresaw.
            ThrowTerminatingError(Errors.Record(ErrorCatalogue.OfUnforeseen(error), WithoutPassword(target)));
        }
    }

    /// <summary>Says, once, what an object lost when it was copied to a file, a job or a text.</summary>
    private protected void WarnOfLoss(object input)
    {
        if (ObjectCopy.LossOf(input) is { } loss && _losses.Add(loss))
            WriteWarning(loss);
    }

    private void Fail(PatternAnalysisException error, object? target)
    {
        var record = Errors.Record(error, WithoutPassword(target));
        if (GoesOnAfterError)
            WriteError(record);
        else
            ThrowTerminatingError(record);
    }

    // The address of a database may hold a password, and a record shows its target; the message names the database without it.
    private static object? WithoutPassword(object? target) =>
        target is string text && DatabaseName.IsConnectionString(text) ? null : target;

    /// <summary>A path as the file system knows it, relative to the current location; it need not exist.</summary>
    private protected string Resolve(string path)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new PatternAnalysisException(
                ErrorCatalogue.NotAFile,
                $"'{path}' is not in the file system but in {provider.Name}. Give a file."
            );
    }

    /// <summary>The folder that the current location is in, or the process is in where the location is in no file system.</summary>
    private protected string CurrentFolder => SessionState.Path.CurrentFileSystemLocation.ProviderPath;
}
