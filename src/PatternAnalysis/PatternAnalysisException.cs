using PatternAnalysis.Surfaces;

namespace PatternAnalysis;

/// <summary>An error that its reader can act on: the message says what happened, where, and what to do.</summary>
public class PatternAnalysisException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">A stable name that scripts may test for, for example <c>TableNotFound</c>.</param>
    /// <param name="message">What happened, where, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public PatternAnalysisException(string errorId, string message, Exception? innerException = null)
        : base(SurfaceText.Sentence(message), innerException) => ErrorId = errorId;

    /// <summary>The stable name of the error.</summary>
    public string ErrorId { get; }
}
