namespace PatternAnalysis.Tests.Import.Support;

/// <summary>A transcript while it is written.</summary>
internal static class GrowingFile
{
    /// <summary>
    /// What it holds at some moments, the last time whole. An agent may just be writing: half a line is as good a place to look as any.
    /// </summary>
    public static IEnumerable<string> Of(int seed)
    {
        var random = new Random(seed);
        var text = string.Concat(AgentWork.Invent(3, seed).Select(work => TranscriptWriter.Write(work)));
        for (var length = random.Next(1, 900); length < text.Length; length += random.Next(1, 2500))
            yield return text[..length];
        yield return text;
    }
}
