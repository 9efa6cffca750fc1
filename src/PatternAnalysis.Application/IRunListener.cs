using PatternAnalysis.Analysis;

namespace PatternAnalysis.Application;

/// <summary>A front, as a run sees it: it shows what is told, each in its own way.</summary>
public interface IRunListener : IProgress<AnalysisStage>
{
    /// <summary>Something that only who asked for details wants to know.</summary>
    void Note(string text);

    /// <summary>Something that everybody should know.</summary>
    void Warn(string text);

    /// <summary>The result; it is saved, whatever follows.</summary>
    void Finish(AnalysisSummary summary);

    /// <summary>Something failed that does not end the run.</summary>
    /// <param name="failure">What.</param>
    /// <param name="target">What it is about.</param>
    void Fail(PatternAnalysisException failure, string target);
}
