using System.Management.Automation;
using PatternAnalysis.Approvals;
using DriveNotFoundException = System.Management.Automation.DriveNotFoundException;

namespace PatternAnalysis.Commands;

/// <summary>
/// The ids of patterns as people type them: in any case, by their first digits where no other id begins with them, and, where several are
/// wanted, by wildcards.
/// </summary>
internal static class PatternIds
{
    private const int Length = 16;

    /// <summary>
    /// The full ids. What is no beginning of a stored id is given back as it is: whoever looks for it says that it is not
    /// there.
    /// </summary>
    /// <exception cref="PatternAnalysisException"><c>AmbiguousPattern</c>: several begin with it.</exception>
    public static string[] Resolve(IPatternApprovalStore store, IEnumerable<string> typed, bool allowsWildcards)
    {
        string[]? known = null;
        var resolved = new List<string>();
        foreach (var id in typed)
        {
            if (id.Length == Length && id.All(char.IsAsciiHexDigit))
            {
                resolved.Add(id.ToLowerInvariant());
                continue;
            }

            known ??= [.. store.Find(new ApprovalQuery()).Select(pattern => pattern.PatternId)];
            if (allowsWildcards && WildcardPattern.ContainsWildcardCharacters(id))
            {
                var wanted = WildcardPattern.Get(id, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
                resolved.AddRange(known.Where(wanted.IsMatch));
                continue;
            }

            string[] matching = [.. known.Where(pattern => pattern.StartsWith(id, StringComparison.OrdinalIgnoreCase))];
            if (matching.Length > 1)
            {
                throw new PatternAnalysisException(
                    ErrorCatalogue.AmbiguousPattern,
                    $"{matching.Length} patterns begin with '{id}': {string.Join(", ", matching.Take(5))}. Write more of the id."
                );
            }

            resolved.Add(matching is [var only] ? only : id);
        }

        return [.. resolved.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether what was typed is a file: nobody means a pattern by that.</summary>
    public static bool IsFile(string id, Func<string, string> path)
    {
        try
        {
            return id.AsSpan().ContainsAny('/', '\\', '.') && File.Exists(path(id));
        }
        catch (DriveNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Refuses a file in the place of an id.</summary>
    /// <exception cref="PatternAnalysisException"><c>NotAPattern</c>: it is a file.</exception>
    public static void RefuseFile(string id, Func<string, string> path)
    {
        if (IsFile(id, path))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.NotAPattern,
                $"'{id}' is a file, and what is wanted here is the id of a pattern. Name the database: -Database '{id}'."
            );
        }
    }
}
