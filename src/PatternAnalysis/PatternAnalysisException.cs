using PatternAnalysis.Surfaces;

namespace PatternAnalysis;

/// <summary>An error that its reader can act on: the message says what happened, where, and what to do.</summary>
public class PatternAnalysisException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="error">Which one, of <see cref="ErrorCatalogue"/>.</param>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public PatternAnalysisException(ErrorDefinition error, string message, Exception? innerException = null)
        : base(SurfaceText.Sentence(message), innerException)
    {
        ArgumentNullException.ThrowIfNull(error);
        Error = error;
    }

    /// <summary>What kind of error it is.</summary>
    public ErrorDefinition Error { get; }

    /// <summary>The stable name of the error, that scripts may test for.</summary>
    public string ErrorId => Error.Id;

    /// <summary>Whether it is one of some errors.</summary>
    public bool Is(params ReadOnlySpan<ErrorDefinition> errors) => errors.Contains(Error);
}
