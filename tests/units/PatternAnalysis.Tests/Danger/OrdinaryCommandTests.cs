using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Danger;

public class OrdinaryCommandTests
{
    [Theory]
    [InlineData("ls -la src | head -5")]
    [InlineData("cd app && env A=1 uv run pytest tests/ -v 2>&1 | tail -20")]
    [InlineData("git status && git diff --stat && git log --oneline -5")]
    [InlineData("git add -A && git commit -m 'x' && git push -u origin main")]
    [InlineData("git pull --rebase && git stash list")]
    [InlineData("git worktree list")]
    [InlineData("git stash && git stash pop")]
    [InlineData("npm ci && npm test && npm run build && npm run lint:fix")]
    [InlineData("bun run test:run | tail -3")]
    [InlineData("npx tsc --noEmit")]
    [InlineData("npx -y prettier --write .")]
    [InlineData("python3 -m pytest -q")]
    [InlineData("cat a.json | python3 -m json.tool")]
    [InlineData(".venv/bin/pytest -k x")]
    [InlineData("ruff check . && mypy src")]
    [InlineData("dotnet build -c Release && dotnet test --no-build")]
    [InlineData("cargo clippy && cargo test")]
    [InlineData("go build ./... && go vet ./... && go test ./...")]
    [InlineData("make test")]
    [InlineData("mise run test")]
    [InlineData("docker ps && docker compose logs -f web")]
    [InlineData("kubectl get pods -n x")]
    [InlineData("gh pr view 3 --json title | jq .title")]
    [InlineData("curl -s http://localhost:8000/health")]
    [InlineData("ps aux | grep server | grep -v grep | awk '{print $2}'")]
    [InlineData("find . -name '*.py' -type f | xargs wc -l | sort -n")]
    [InlineData("sed -n '1,20p' x")]
    [InlineData("mkdir -p a/b && touch a/b/c && cp a b && mv b c")]
    [InlineData("chmod +x run.sh")]
    [InlineData("for f in a b; do echo $f; cat \"$f\"; done")]
    [InlineData("X=$(git rev-parse HEAD); echo \"$X\"")]
    [InlineData("python --version; node --version")]
    [InlineData("source .venv/bin/activate && pytest")]
    [InlineData("greet() { echo hi; }; greet")]
    [InlineData("")]
    [InlineData("   \n# only a comment\n")]
    public void An_everyday_command_is_safe(string command) => Assert.Equal(DangerVerdict.Safe, DangerTests.Bash(command));

    [Theory]
    [InlineData("Get-ChildItem -Recurse -Filter *.cs | Select-String foo")]
    [InlineData("$x = Get-Content a.json | ConvertFrom-Json; $x.name.Trim()")]
    [InlineData("if (Test-Path x) { Write-Host 'Remove-Item x' }")]
    [InlineData("Set-Location app; dotnet test; git status")]
    [InlineData("Get-Process | Where-Object { $_.CPU -gt 10 } | Sort-Object CPU -Descending")]
    [InlineData("@'\nRemove-Item -Recurse C:\\\n'@ | Set-Content notes.txt")]
    [InlineData("<# rm -rf / #> Get-Date # Remove-Item x")]
    [InlineData("Remove-Item x -WhatIf")]
    public void An_everyday_PowerShell_command_is_safe(string command) => Assert.Equal(DangerVerdict.Safe, DangerTests.PowerShell(command));

    [Theory]
    [InlineData("[IO.File]::Delete('x')")]
    [InlineData("$f.Delete()")]
    [InlineData("Write-Host $f.Delete()")]
    [InlineData("& $tool x")]
    [InlineData("Start-Process notepad")]
    [InlineData("Invoke-Expression $code")]
    [InlineData(". ./setup.ps1")]
    [InlineData("Invoke-Something -Now")]
    public void What_PowerShell_text_does_not_show_is_unknown(string command) =>
        Assert.Equal(DangerLevel.Unknown, DangerTests.PowerShell(command).Level);

    [Theory]
    [InlineData("./test")]
    [InlineData("scripts/time ls")]
    [InlineData("./git status")]
    [InlineData("~/bin/ls")]
    public void A_script_is_not_the_program_whose_name_it_has(string command) =>
        Assert.Equal("unknown.program", DangerTests.Bash(command).RuleId);

    [Theory]
    [InlineData("/usr/bin/git status")]
    [InlineData("./gradlew test")]
    [InlineData("app/node_modules/.bin/vitest run")]
    public void A_program_in_a_folder_for_programs_is_what_its_name_says(string command) =>
        Assert.Equal(DangerVerdict.Safe, DangerTests.Bash(command));

    [Theory]
    [InlineData("cat .env", "secrets.read")]
    [InlineData("grep KEY ./app/.env.local", "secrets.read")]
    [InlineData("cat ~/.ssh/id_rsa", "secrets.read")]
    [InlineData("env > all.txt", "secrets.environment")]
    [InlineData("cp -r ~/.aws/config /x", "secrets.folder")]
    public void Reading_secrets_is_left_to_a_person(string command, string rule)
    {
        var verdict = DangerTests.Bash(command);

        Assert.Equal((DangerLevel.Unknown, rule), (verdict.Level, verdict.RuleId));
    }

    [Theory]
    [InlineData("ls -la .env*")]
    [InlineData("cat .env.example")]
    [InlineData("grep -n '\\.env' src/a.py")]
    public void Speaking_of_secrets_is_not_reading_them(string command) => Assert.Equal(DangerVerdict.Safe, DangerTests.Bash(command));
}
