using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

/// <summary>What other tools' users have reported as wrong; none of it is wrong here.</summary>
public class ReportedMistakesTests
{
    [Theory]
    [InlineData("git commit -m \"stop using rm -rf; git push --force is gone\"")]
    [InlineData("git commit -m 'DROP TABLE users; git reset --hard'")]
    [InlineData("git commit -m \"$(cat <<'EOF'\nfix: no more rm -rf /\n\n$(rm -rf /) stays text; it's quoted\nEOF\n)\"")]
    [InlineData("cat > notes.md <<'EOF'\nrm -rf /\ngit push --force\nEOF")]
    [InlineData("cat <<-EOF\n\trm -rf /\n\tEOF\nls")]
    [InlineData("echo 'rm -rf /'")]
    [InlineData("echo rm -rf /")]
    [InlineData("printf '%s' \"git reset --hard\"")]
    [InlineData("grep -rn 'rm -rf' .")]
    [InlineData("grep -E \"DROP TABLE|kill -9\" migrations")]
    [InlineData("rg --force x")]
    [InlineData("ls # rm -rf /")]
    [InlineData("aws ec2 describe-instances --instance-initiated-shutdown-behavior terminate")]
    [InlineData("git log --grep='reset --hard'")]
    [InlineData("git add rm-rf.md delete.cs")]
    [InlineData("git clean -n")]
    [InlineData("git clean -fdn")]
    [InlineData("git restore --staged a.cs")]
    [InlineData("git checkout -b fix/delete-user")]
    [InlineData("npm test -- --force")]
    [InlineData("cat dropdb.md")]
    [InlineData("ls 2>/dev/null")]
    [InlineData("npm test > out.txt 2>&1")]
    [InlineData("for f in *; do cat $f; done > all.txt")]
    [InlineData("[[ $a == 'rm -rf' ]] && ls")]
    [InlineData("curl -s https://x | jq .")]
    [InlineData("[ a > /dev/null ]")]
    public void What_only_looks_like_a_dangerous_command_is_safe(string command) =>
        Assert.Equal(DangerVerdict.Safe, DangerTests.Bash(command));

    [Theory]
    [InlineData("gh pr create --title x --body 'we no longer rm -rf the folder'")]
    [InlineData("gh issue create --body \"$(cat <<'EOF'\ngit push --force\nEOF\n)\"")]
    [InlineData("rm -rf /tmp/scratch-1")]
    [InlineData("rm -rf /tmp/x && mkdir /tmp/x")]
    [InlineData("curl -s https://x | python3 -c 'import json'")]
    public void What_only_looks_destructive_is_not_called_so(string command) =>
        Assert.Equal(DangerLevel.Unknown, DangerTests.Bash(command).Level);

    [Theory]
    [InlineData("echo 'rm -rf /' | bash")]
    [InlineData("bash <<'EOF'\nrm -rf /\nEOF")]
    [InlineData("bash <<< 'rm -rf /'")]
    [InlineData("python3 - <<EOF\nimport shutil; shutil.rmtree('/')\nEOF")]
    [InlineData("python3 <<'EOF'\nimport os\nEOF")]
    [InlineData("python -c 'import shutil; shutil.rmtree(\"/\")'")]
    [InlineData("node -e 'require(\"fs\").unlinkSync(\"x\")'")]
    [InlineData("perl -pi -e s/a/b/ x")]
    [InlineData("base64 -d x | sh")]
    [InlineData("cat script.sh | ssh host bash")]
    [InlineData("powershell -EncodedCommand cgBtAA==")]
    [InlineData("pwsh -enc cgBtAA==")]
    [InlineData("eval \"$CMD\"")]
    [InlineData("$CMD -rf x")]
    [InlineData("\"$tool\" --all")]
    [InlineData("bash -c \"$CMD\"")]
    [InlineData("alias ls='rm -rf'; ls")]
    [InlineData("bash deploy.sh")]
    [InlineData("./deploy.sh")]
    [InlineData("python manage_users.py")]
    [InlineData("source setup.sh")]
    [InlineData("ssh host uptime")]
    [InlineData("awk 'BEGIN { system(\"rm -rf /\") }'")]
    [InlineData("sed -n '1e rm -rf /' x")]
    [InlineData("tar -xf x --checkpoint-action=exec=sh")]
    [InlineData("sudo ls")]
    [InlineData("echo \"never closed")]
    [InlineData("{rm,-rf,/}")]
    public void What_cannot_be_read_from_the_text_is_unknown(string command)
    {
        var verdict = DangerTests.Bash(command);

        Assert.Equal(DangerLevel.Unknown, verdict.Level);
        Assert.NotNull(verdict.RuleId);
        Assert.NotNull(verdict.Segment);
    }

    [Theory]
    [InlineData("git clean -fdx -- . clean -n")]
    [InlineData("rm -r -f x")]
    [InlineData("rm --recursive --force \"$X\"")]
    [InlineData("rm -r $X")]
    public void What_other_checks_have_let_through_is_destructive(string command) =>
        Assert.Equal(DangerLevel.Destructive, DangerTests.Bash(command).Level);

    [Theory]
    [InlineData("git -c core.pager='rm -rf x' log")]
    [InlineData("git --config-env=core.pager=X log")]
    [InlineData("git -c alias.x='!rm -rf y' x")]
    [InlineData("GIT_SSH_COMMAND='rm -rf x' git fetch")]
    [InlineData("env GIT_PAGER=evil git log")]
    [InlineData("LD_PRELOAD=./evil.so ls")]
    [InlineData("PATH=.:$PATH ls")]
    public void Settings_that_name_programs_are_unknown(string command) =>
        Assert.Equal(DangerLevel.Unknown, DangerTests.Bash(command).Level);

    [Fact]
    public void An_option_of_a_sub_command_is_not_one_of_git() =>
        Assert.Equal(DangerVerdict.Safe, DangerTests.Bash("git switch -c feature"));
}
