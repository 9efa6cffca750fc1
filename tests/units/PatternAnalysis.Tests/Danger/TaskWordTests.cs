using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Tests.Danger;

/// <summary>
/// Names of tasks of many projects: those that build, test and check, and those that send something somewhere or
/// delete it.
/// </summary>
public class TaskWordTests
{
    [Theory]
    [InlineData(
        "all build builds rebuild compile compiled compilation test tests testing spec specs check "
            + "checks checking lint linter lints linting"
    )]
    [InlineData(
        "fmt format formatting formatter fix typecheck type types typing tsc verify verification validate validation analyze analyse"
    )]
    [InlineData(
        "analysis doc docs javadoc documentation help list tasks projects properties dependencies dependency tree classes resources"
    )]
    [InlineData(
        "process assemble coverage cov unit units bench benchmark benchmarks query info version pub get dialyzer credo hex audit deps e2e"
    )]
    [InlineData(
        "integration functional smoke regression acceptance snapshot jest vitest mocha eslint prettier biome mypy pyright ruff black"
    )]
    [InlineData(
        "pytest flake isort stylelint rubocop rspec clippy phpstan phpunit detekt ktlint spotless checkstyle pmd shellcheck ui api web"
    )]
    [InlineData(
        "app apps server client frontend backend core lib libs common shared packages package src main prod production dev development"
    )]
    [InlineData(
        "debug local ci quick fast slow full watch run only dry report html xml json js jsx ts tsx css scss esm cjs umd node browser ios"
    )]
    [InlineData(
        "android linux windows macos mac darwin wasm x64 arm64 amd64 every each changed affected parallel serial silent verbose strict no"
    )]
    [InlineData(
        "and or with without the for of to py python go rust java kotlin swift c cpp cs dotnet net cargo jar war dist bundle effective pom"
    )]
    public void A_task_that_builds_or_checks_is_usual(string names)
    {
        foreach (var name in names.Split(' '))
        {
            Assert.True(TaskWords.AreUsual(name), name);
            Assert.True(TaskWords.AreUsual($"build:{name.ToUpperInvariant()}"), name);
            Assert.True(TaskWords.IsUsualOperand($":app:core:{name}"), name);
        }
    }

    [Theory]
    [InlineData(
        "deploy publish release push upload install uninstall clean drop delete remove reset seed migrate rollback start stop serve"
    )]
    [InlineData("sign tag send restore destroy apply prune wipe kill login secrets exec eval 7 : -")]
    public void A_task_that_may_do_something_else_is_not(string names)
    {
        foreach (var name in names.Split(' '))
        {
            Assert.False(TaskWords.AreUsual(name), name);
            Assert.False(TaskWords.AreUsual(name.Length > 1 ? $"test:{name}" : name), name);
            Assert.False(TaskWords.IsUsualOperand(name), name);
        }
    }

    [Theory]
    [InlineData("build:prod", true)]
    [InlineData("buildProd", true)]
    [InlineData("build_prod-2", true)]
    [InlineData("buildDeploy", false)]
    [InlineData("", false)]
    [InlineData("123", false)]
    [InlineData("e2e", true)]
    [InlineData("test:e2e:ci", true)]
    [InlineData("e", false)]
    [InlineData("e2d", false)]
    public void Every_word_of_a_name_counts(string name, bool isUsual) => Assert.Equal(isUsual, TaskWords.AreUsual(name));

    [Theory]
    [InlineData("V=1", true)]
    [InlineData("VERBOSE=", true)]
    [InlineData("Q=0", true)]
    [InlineData("CI=true", true)]
    [InlineData("DEBUG=1", true)]
    [InlineData("NO_COLOR=1", true)]
    [InlineData("SHELL=sh", false)]
    [InlineData("V=$(rm)", false)]
    [InlineData("test=1", false)]
    [InlineData(":app:deploy", false)]
    [InlineData(":deploy:test", true)]
    [InlineData("deploy:test", false)]
    [InlineData(":", false)]
    public void A_setting_that_only_makes_the_runner_talk_is_usual(string word, bool isUsual) =>
        Assert.Equal(isUsual, TaskWords.IsUsualOperand(word));

    [Theory]
    [InlineData("", "")]
    [InlineData("delete", "delete")]
    [InlineData("forceDelete", "force delete")]
    [InlineData("HTTPDelete", "http delete")]
    [InlineData("deleteHTTP", "delete http")]
    [InlineData("mcp__a-b.c2d", "mcp a b c d")]
    [InlineData("ABC", "abc")]
    [InlineData("AbC", "ab c")]
    [InlineData("aB", "a b")]
    [InlineData("2delete2", "delete")]
    [InlineData("élanDépôt", "élan dépôt")]
    public void A_name_has_words(string name, string words) => Assert.Equal(words, string.Join(' ', ToolNameWords.Split(name)));

    [Theory]
    [InlineData("drop", "drop drops dropes droped droping dropped dropping")]
    [InlineData("delete", "delete deletes deleted deleter deleting")]
    [InlineData("copy", "copy copys copies copied copying")]
    [InlineData("rm", "rm rms")]
    [InlineData("RMD", "rmd rmds rmdes rmded rmding rmdded rmdding")]
    public void A_verb_has_forms(string verb, string forms) => Assert.Equal(forms, string.Join(' ', ToolNameWords.Inflect(verb)));

    [Theory]
    [InlineData("mcp__files__delete_all_rows", "delete_all", true)]
    [InlineData("deleteAllRows", "all rows", true)]
    [InlineData("delete_rows_all", "delete_all", false)]
    [InlineData("undelete_all", "delete_all", false)]
    [InlineData("delete", "", false)]
    [InlineData("", "delete", false)]
    public void A_phrase_stands_in_a_name_word_by_word(string name, string phrase, bool stands) =>
        Assert.Equal(stands, ToolNameWords.Contains(name, phrase));

    [Theory]
    [InlineData("cd /a && f", "/a")]
    [InlineData("cd /a/../b && f", "/b")]
    [InlineData("pushd /a && f", "/a")]
    [InlineData("cd /a && cd b && f", "/a/b")]
    [InlineData("cd /a && cd .. && f", "/")]
    [InlineData("cd /a && ls | f", "/a")]
    [InlineData("cd /a && ls && f", "/a")]
    [InlineData("cd /a && $(g) && f", "/a")]
    [InlineData("cd /a && bash -c f && g", "/a")]
    [InlineData("cd /a; f", null)]
    [InlineData("cd /a || f", null)]
    [InlineData("cd /a && ls; f", null)]
    [InlineData("cd /a && ls || f", null)]
    [InlineData("cd /a & f", null)]
    [InlineData("cd a && f", null)]
    [InlineData("cd && f", null)]
    [InlineData("cd - && f", null)]
    [InlineData("cd ~ && f", null)]
    [InlineData("cd $a && f", null)]
    [InlineData("cd /a /b && f", null)]
    [InlineData("cd /a && cd b* && f", null)]
    [InlineData("cd /a && cd ~ && f", null)]
    [InlineData("cd /a && cd b? && f", null)]
    [InlineData("cd /a && cd [b] && f", null)]
    [InlineData("cd /a && popd && f", null)]
    [InlineData("(cd /a && g) && f", null)]
    [InlineData("cd /a && (f)", null)]
    [InlineData("f && cd /a", null)]
    public void A_command_runs_in_the_folder_that_was_surely_gone_to(string text, string? folder)
    {
        var working = new WorkingFolder();
        string? found = null;
        foreach (var segment in ShellReader.Read(text, ShellDialect.Posix).Segments)
        {
            var here = working.At(segment);
            found = segment.Program == "f" ? here : found;
        }

        Assert.Equal(folder, found);
    }
}
