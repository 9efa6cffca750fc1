using System.Reflection;

namespace PatternAnalysis.Mutation;

/// <summary>What Stryker puts into a changed assembly: all changes are in it, and a number says which one acts.</summary>
internal sealed class Switch(Assembly assembly)
{
    private const int None = -1;

    private readonly Type _control = assembly.GetTypes().Single(type => type.Name == "MutantControl");

    /// <summary>The change that acts; none by default.</summary>
    public int? Active
    {
        set => _control.GetField("ActiveMutant")!.SetValue(null, value ?? None);
    }

    /// <summary>Whether it takes down which changes are come to. None acts meanwhile.</summary>
    public bool IsWatching
    {
        set => _control.GetField("CaptureCoverage")!.SetValue(null, value);
    }

    /// <summary>Takes the changes that were come to since it was asked last.</summary>
    public int[] Take()
    {
        var lists = (IList<int>[])_control.GetMethod("GetCoverageData")!.Invoke(null, null)!;
        int[] taken = [.. lists[0].Distinct()];
        _control.GetMethod("ResetCoverage")!.Invoke(null, null);
        return taken;
    }
}
