using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>What programs are for, as far as naming and worth ask: setting the scene, cutting output, looking, writing messages.</summary>
internal static class CommandVocabulary
{
    /// <summary>These set the scene for the command that matters, or speak about it.</summary>
    public static FrozenSet<string> Preparations { get; } =
        Set(
            "cd pushd popd export set unset source . echo printf sleep true false "
                + ": test [ [[ shopt setopt local declare typeset readonly read trap "
                + "ulimit umask wait exit return break continue Set-Location sl Push-Location "
                + "Pop-Location Write-Host Write-Output Start-Sleep Set-StrictMode"
        );

    /// <summary>These change the folder.</summary>
    public static FrozenSet<string> FolderChanges { get; } = Set("cd pushd popd Set-Location sl Push-Location Pop-Location chdir");

    /// <summary>Behind a pipe these cut what a model gets to read, and change nothing of what is done.</summary>
    public static FrozenSet<string> OutputFilters { get; } =
        Set(
            "tail head grep egrep fgrep rg ag cat less more wc sort uniq cut tr column "
                + "nl fold Select-Object Select-String Out-String Out-Host Measure-Object"
        );

    /// <summary>These say that something is about to come or is done.</summary>
    public static FrozenSet<string> Remarks { get; } = Set("echo printf true : Write-Host Write-Output");

    private static readonly FrozenSet<string> s_looks = Set(
        "ls dir tree cat bat less more head tail nl wc find fd fdfind locate grep "
            + "egrep fgrep rg ag ack stat file du df which whereis type pwd env printenv "
            + "whoami id hostname uname date ps top lsof diff cmp jq yq xxd hexdump "
            + "strings md5sum sha256sum readlink realpath basename dirname man help "
            + "sed gsed awk gawk Get-Content Get-ChildItem Get-Item Get-Location Get-Command Get-Process Select-String Test-Path gc gci"
    );

    // With other arguments they show something else each time.
    private static readonly FrozenSet<string> s_gitLooks = Set(
        "diff log show blame grep ls-files rev-parse cat-file ls-tree reflog shortlog"
    );

    // Sub-commands that show something, whatever the program.
    private static readonly FrozenSet<string> s_shows = Set("status list ls ps view show log logs diff info version checks");

    // Without a name these list what there is; with one they make it.
    private static readonly FrozenSet<string> s_listsAlone = Set("git branch|git remote|git tag", '|');

    private static readonly FrozenSet<string> s_messages = Set(
        "git commit|git tag|git merge|git stash push|git notes add|gh pr create|gh pr "
            + "comment|gh pr edit|gh pr close|gh issue close|gh pr review|gh issue create|gh issue comment|gh issue edit|"
            + "gh release create|glab mr create|glab mr note|glab issue create|glab issue note|jj commit|jj describe|hg commit|svn commit",
        '|'
    );

    private static readonly FrozenSet<string> s_messageOptions = Set(
        "-m --message -b --body -t --title -n --notes --description -d -am -F --file --body-file --notes-file -c --comment"
    );

    /// <summary>Whether a command only shows something.</summary>
    public static bool Looks(string program, string subCommand) => s_looks.Contains(program) || Inspects(program, subCommand);

    /// <summary>Whether a command shows the state of the work.</summary>
    public static bool Inspects(string program, string subCommand) =>
        program.Equals("git", StringComparison.OrdinalIgnoreCase) && s_gitLooks.Contains(subCommand);

    /// <summary>Whether a command that shows differences is asked for its exit code: it is a check, and nothing to be read.</summary>
    public static bool IsCheck(ShellSegment segment) => segment.Arguments.Any(word => IsAnswer(word.Value));

    private static bool IsAnswer(string option) => option is "--check" or "--exit-code";

    /// <summary>Whether a command, told by its form, only shows something and leaves what to do about it to its reader.</summary>
    public static bool Shows(TemplatePart part)
    {
        var words = part.Program.Split(' ');
        return !part.Options.Any(IsAnswer)
            && (
                Looks(words[0], words.Length > 1 ? words[1] : "")
                || (words.Length > 1 && s_shows.Contains(words[^1]))
                || (s_listsAlone.Contains(part.Program) && part.Words.Count == 0)
            );
    }

    /// <summary>Whether a command's free text is a message for people.</summary>
    public static bool TakesMessage(string program, string subCommand) => s_messages.Contains($"{program} {subCommand}");

    /// <summary>Whether an option's value is that message.</summary>
    public static bool IsMessageOption(string option) =>
        s_messageOptions.Contains(option) || (option is ['-', not '-', .., 'm'] && option.Length <= 4);

    /// <summary>Whether a segment only cuts what another one writes.</summary>
    public static bool IsOutputFilter(ShellSegment segment) =>
        segment is { Upstream: not null, Program: { } program }
        && OutputFilters.Contains(program)
        && !segment.Redirections.Any(redirection => redirection.Writes && !IsNowhere(redirection.Target.Value));

    /// <summary>Whether a redirection goes to no file.</summary>
    public static bool IsNowhere(string target) =>
        target.Length == 0 || target is "/dev/null" or "NUL" or "$null" || target[0] == '&' || target.All(char.IsAsciiDigit);

    private static FrozenSet<string> Set(string words, char separator = ' ') =>
        words.Split(separator).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
