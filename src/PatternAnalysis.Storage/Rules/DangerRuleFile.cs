using PatternAnalysis.Activities;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Storage.Rules;

/// <summary>Reads rule files.</summary>
public static class DangerRuleFile
{
    /// <summary>The options with the rules of the files that they name.</summary>
    /// <exception cref="PatternAnalysisException">A file can't be read, or is not valid.</exception>
    public static ActivityOptions LoadRules(this ActivityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.RulePath.Count == 0 ? options : options with { Rules = Load(options.RulePath) };
    }

    /// <summary>The built-in rules with those of files, each file on top of those before it.</summary>
    /// <exception cref="PatternAnalysisException">A file can't be read, or is not valid.</exception>
    public static DangerRuleSet Load(IEnumerable<string> paths)
    {
        var rules = DangerRuleSet.BuiltIn;
        foreach (var path in paths)
            rules = rules.With(Read(path), path);
        return rules;
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.RuleFileUnreadable,
                $"The rule file '{path}' can't be read: {error.Message}",
                error
            );
        }
    }
}
