namespace PatternAnalysis; internal static class Placeholder { }
