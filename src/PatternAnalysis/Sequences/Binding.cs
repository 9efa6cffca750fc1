namespace PatternAnalysis.Sequences;

/// <summary>What names all that varies in a step.</summary>
internal enum Binding : byte
{
    /// <summary>Nothing does, or nothing varies.</summary>
    None,

    /// <summary>The calls before it.</summary>
    Calls,

    /// <summary>The files of the last edits before it: who is told which file was edited can fill it in.</summary>
    Edits,
}
