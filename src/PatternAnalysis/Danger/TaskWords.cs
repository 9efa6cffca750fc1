using System.Collections.Frozen;

namespace PatternAnalysis.Danger;

/// <summary>
/// The usual names of tasks that build, test and check a project. A name is usual when every word of it is: <c>build:prod</c> is,
/// <c>build:deploy</c> is not.
/// </summary>
internal static class TaskWords
{
    private static readonly BoundedRegex s_talking = new("^(V|VERBOSE|Q|CI|DEBUG|NO_COLOR)=[A-Za-z0-9]*$");

    private static readonly FrozenSet<string> s_words = (
        "all build builds rebuild compile compiled compilation test tests "
        + "testing spec specs check checks checking lint linter lints linting fmt "
        + "format formatting formatter fix typecheck type types typing tsc "
        + "verify verification validate validation analyze analyse analysis doc "
        + "docs javadoc documentation help list tasks projects properties "
        + "dependencies dependency tree classes resources process assemble coverage "
        + "cov unit units bench benchmark benchmarks query info version pub "
        + "get dialyzer credo hex audit deps integration functional smoke "
        + "regression acceptance snapshot jest vitest mocha eslint prettier biome "
        + "mypy pyright ruff black pytest flake isort stylelint rubocop rspec "
        + "clippy phpstan phpunit detekt ktlint spotless checkstyle pmd shellcheck "
        + "ui api web app apps server client frontend backend core lib libs "
        + "common shared packages package src main prod production dev development "
        + "debug local ci quick fast slow full watch run only dry report "
        + "html xml json js jsx ts tsx css scss esm cjs umd node browser ios "
        + "android linux windows macos mac darwin wasm x arm amd every each changed "
        + "affected parallel serial silent verbose strict no and or with without "
        + "the for of to py python go rust java kotlin swift c cpp cs dotnet "
        + "net cargo jar war dist bundle effective pom"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word among tasks is a usual task, or a setting that only makes the runner talk: <c>V=1</c>.</summary>
    public static bool IsUsualOperand(string word) =>
        s_talking.IsMatch(word) || (word.IndexOf('=', StringComparison.Ordinal) < 0 && AreUsual(LastPart(word)));

    // A module's task: of ":app:core:test" the last part is the task, the others name the module.
    private static string LastPart(string word) => word.StartsWith(':') ? word[(word.LastIndexOf(':') + 1)..] : word;

    /// <summary>Whether every word of a task's name is a usual one; digits do not count, and an empty name is none.</summary>
    public static bool AreUsual(string name)
    {
        var any = false;
        // "e2e", from one end to the other, is no two letters.
        foreach (var word in ToolNameWords.Split(name.Replace("e2e", "test", StringComparison.OrdinalIgnoreCase)))
        {
            any = true;
            if (!s_words.Contains(word))
                return false;
        }

        return any;
    }
}
