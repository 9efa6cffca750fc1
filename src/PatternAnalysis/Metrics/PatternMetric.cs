namespace PatternAnalysis.Metrics;

/// <summary>The statistics of one pattern of a run.</summary>
internal readonly record struct PatternMetric(double ConfidenceScore, double Expected, double PValue, double QValue, double Dispersion);
