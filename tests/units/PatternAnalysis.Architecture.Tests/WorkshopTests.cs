using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PatternAnalysis.Architecture.Tests.Support;

namespace PatternAnalysis.Architecture.Tests;

/// <summary>
/// What the editor, the container and the server of the project run by name is there under that name: nobody else would notice before it is
/// needed.
/// </summary>
public sealed partial class WorkshopTests
{
    private static readonly string s_workflow = Read(".github/workflows/ci.yml");

    private static readonly JsonDocumentOptions s_withComments = new() { CommentHandling = JsonCommentHandling.Skip };

    [Theory]
    [InlineData(".vscode/extensions.json")]
    [InlineData(".vscode/launch.json")]
    [InlineData(".vscode/tasks.json")]
    [InlineData(".devcontainer/devcontainer.json")]
    [InlineData(".config/dotnet-tools.json")]
    [InlineData("global.json")]
    public void A_file_of_the_workshop_is_JSON(string path) => Assert.Equal(JsonValueKind.Object, Parse(path).ValueKind);

    [Fact]
    public void The_server_tests_on_three_systems_and_publishes_what_it_tested_on_a_tag()
    {
        Assert.Contains("os: [ubuntu-latest, windows-latest, macos-latest]", s_workflow, StringComparison.Ordinal);
        Assert.Contains("tags: ['v*']", s_workflow, StringComparison.Ordinal);
        Assert.Contains("if: startsWith(github.ref, 'refs/tags/v')\n    needs: [test, unit]", s_workflow, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(s_workflow, "build.ps1 -Task Build"));
    }

    [Fact]
    public void The_server_tests_with_the_versions_of_PowerShell_that_README_and_the_manifest_promise()
    {
        var tested = Regex
            .Matches(Regex.Match(s_workflow, @"powershell: \[(.*)\]").Groups[1].Value, @"'(\d+\.\d+)\.\*'")
            .Select(match => match.Groups[1].Value)
            .ToList();
        var promised = Regex.Match(Read("README.md"), @"PowerShell (\d+\.\d+(?:(?:, | and | or )\d+\.\d+)+)").Groups[1].Value;
        var oldest = Regex.Match(Read("PatternAnalysis.psd1"), @"PowerShellVersion\s+= '(.*)'").Groups[1].Value;

        Assert.Equal(tested, Regex.Split(promised, ", | and | or "));
        Assert.Equal(tested[0], oldest);
        Assert.StartsWith($"{tested[^1]}.", PinnedPowerShell(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_the_server_runs_or_reads_is_there()
    {
        var files = OwnFile().Matches(s_workflow).Select(match => match.Value).Distinct().ToList();

        Assert.Contains(".ci/run", files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Sources.Root, file)), file));
    }

    [Fact]
    public void A_task_of_the_build_that_somebody_names_is_one()
    {
        var known = Regex
            .Match(Read("build.ps1"), @"ArgumentCompletions\((.*)\)")
            .Groups[1]
            .Value.Split(", ")
            .Select(name => name.Trim('\''));
        var named = Regex.Matches(s_workflow + Read(".vscode/tasks.json") + Read("README.md"), @"build\.ps1 -Task ([A-Za-z, ]+)");

        Assert.Empty(
            named
                .SelectMany(match => match.Groups[1].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
                .Where(IsTask)
                .Except(known)
        );
    }

    [Fact]
    public void The_editor_starts_programs_that_are_built_and_tools_that_are_restored()
    {
        var launch = Read(".vscode/launch.json");
        var powerShell = PinnedPowerShell();
        var props = XDocument.Load(Path.Combine(Sources.Root, "Directory.Build.props"));
        var framework = props.Descendants("ProgramTargetFramework").Single().Value;

        Assert.Equal(2, Regex.Count(launch, Regex.Escape($"/powershell/{powerShell}/tools/")));
        Assert.Contains($"/src/PatternAnalysis.Cli/bin/Debug/{framework}/pattern-analysis.dll", launch, StringComparison.Ordinal);
        var tasks = Parse(".vscode/tasks.json").GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("label").GetString());
        var needed = Regex.Matches(launch + Read(".vscode/tasks.json"), "\"(?:preLaunchTask|dependsOn)\": \"([^\"]+)\"");
        Assert.Empty(needed.Select(match => match.Groups[1].Value).Except(tasks));
    }

    // The words behind the tasks: other parameters, and prose.
    private static bool IsTask(string word) => char.IsUpper(word[0]);

    private static string PinnedPowerShell() =>
        Parse(".config/dotnet-tools.json").GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;

    private static string Read(string path) => File.ReadAllText(Path.Combine(Sources.Root, path));

    private static JsonElement Parse(string path) => JsonDocument.Parse(Read(path), s_withComments).RootElement;

    [GeneratedRegex(@"(?<![\w/$.-])(\.ci/run|global\.json|build\.ps1|(?:tools|tests|src)/[\w./-]+)")]
    private static partial Regex OwnFile();
}
