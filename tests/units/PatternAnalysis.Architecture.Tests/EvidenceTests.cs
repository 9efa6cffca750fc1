using System.Text.RegularExpressions;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>What documents name as evidence is there.</summary>
public sealed partial class EvidenceTests
{
    [Theory]
    [InlineData("SECURITY.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/reliability.md")]
    public void Each_test_that_a_document_names_is_there(string document)
    {
        var named = Name().Matches(File.ReadAllText(Path.Combine(Sources.Root, document))).ToArray();
        var files = Sources.Files(["tests"], ".cs", ".ps1").Select(path => Path.Combine(Sources.Root, path)).ToArray();
        var texts = files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(File.ReadAllText).ToArray();
        var classes = texts.SelectMany(text => Class().Matches(text)).Select(match => match.Groups[1].Value);
        var known = classes.Concat(files.Select(path => Path.GetFileName(path))).ToHashSet(StringComparer.Ordinal);
        var methods = texts.SelectMany(text => Method().Matches(text)).Select(match => match.Groups[1].Value).ToArray();

        Assert.NotEmpty(named);
        Assert.Empty(named.Where(name => !known.Contains(name.Groups["class"].Value)).Select(name => name.Value));
        Assert.Empty(named.Where(name => !IsThere(name.Groups["method"], name.Groups["cut"].Success)).Select(name => name.Value));

        bool IsThere(Group method, bool isCut) =>
            !method.Success
            || methods.Any(known => isCut ? known.StartsWith(method.Value, StringComparison.Ordinal) : known == method.Value);
    }

    // A class of tests, alone or with one of them, whose name may be cut; or a file of PowerShell's.
    [GeneratedRegex(@"`(?<class>\w+Tests|[\w-]+\.Tests\.ps1)(\.(?<method>\w+)(?<cut>\.\.\.)?)?`")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex Class();

    [GeneratedRegex(@"\bpublic (?:override |static )?(?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Method();
}
