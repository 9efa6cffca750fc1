using System.Xml.Linq;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>Who refers to whom among the projects of src, and to which packages.</summary>
public sealed class ProjectTests
{
    [Fact]
    public void The_domain_refers_to_nothing() => Assert.Empty(References("PatternAnalysis", "ProjectReference", "PackageReference"));

    [Theory]
    [InlineData("PatternAnalysis.Storage")]
    [InlineData("PatternAnalysis.Delivery")]
    [InlineData("PatternAnalysis.Scheduling")]
    [InlineData("PatternAnalysis.Panel")]
    public void A_surrounding_project_refers_to_the_domain_alone(string project) =>
        Assert.Equal(["PatternAnalysis"], References(project, "ProjectReference").Except(["PatternAnalysis.Generators"]));

    [Theory]
    [InlineData("PatternAnalysis.Cli")]
    [InlineData("PatternAnalysis.Module")]
    public void Nobody_refers_to_a_front(string front)
    {
        var projects = Sources.Files(["src"], ".csproj").Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        Assert.Contains(front, projects);
        Assert.DoesNotContain(front, projects.SelectMany(project => References(project, "ProjectReference")));
    }

    private static List<string> References(string project, params string[] kinds)
    {
        var document = XDocument.Load(Path.Combine(Sources.Root, "src", project, $"{project}.csproj"));
        return
        [
            .. document
                .Descendants()
                .Where(element => kinds.Contains(element.Name.LocalName))
                .Select(element => element.Attribute("Include")!.Value.Replace('\\', '/'))
                .Select(name => name.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name) : name)
                .Order(StringComparer.Ordinal),
        ];
    }
}
