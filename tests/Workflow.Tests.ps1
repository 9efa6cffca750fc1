BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $database = Join-Path $TestDrive workflow.db
    Invoke-TestSql $database 'CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)'
    foreach ($i in 1..20) {
        foreach ($command in 'git status', "git log --author person$i") {
            $payload = @{ tool_input = @{ command = $command } } | ConvertTo-Json -Compress
            Invoke-TestSql $database "INSERT INTO hook_events VALUES ('s$i', 'PreToolUse', 'Bash', datetime('now', '-1 hour'), '$payload')"
        }
    }
    $null = Invoke-PatternAnalysis -Database $database
    $id = (Get-PatternApproval -Database $database -First 1).PatternId
}

Describe 'Export-PatternWorkflow' {
    It 'takes only what is approved' {
        { Export-PatternWorkflow $id -Database $database -Format Skill -Path $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'PatternNotApproved,*'
        Approve-Pattern $id -Database $database
    }

    It 'writes what varies as a parameter' {
        $file = Export-PatternWorkflow $id -Database $database -Format Skill -Path $TestDrive
        $file.Name | Should -Be SKILL.md
        $text = Get-Content $file -Raw
        $text | Should -Match '(?s)^---\nname: git-status.*\n---\n'
        $text | Should -Match 'git log --author {{step2_value1}}'
        $text | Should -Match '10 values seen'
        $text | Should -Match 'This is a draft'
    }

    It 'writes a script that shows itself and does nothing without --run' -Skip:$IsWindows -Tag 'needs a shell of Unix' {
        $file = Export-PatternWorkflow $id -Database $database -Format Script -Path $TestDrive
        bash -n $file.FullName
        $LASTEXITCODE | Should -Be 0
        (bash $file.FullName) -join "`n" | Should -Be (Get-Content $file -Raw).TrimEnd("`n")
    }

    It 'overwrites nothing' {
        $null = Export-PatternWorkflow $id -Database $database -Format SlashCommand -Path (Join-Path $TestDrive once.md)
        { Export-PatternWorkflow $id -Database $database -Format SlashCommand -Path (Join-Path $TestDrive once.md) -ErrorAction Stop } |
            Should -Throw -ErrorId 'WorkflowExists,*'
    }
}

Describe 'Export-PatternReport' {
    It 'writes <Extension>' -ForEach @(
        @{ Extension = 'html'; Match = 'Content-Security-Policy' }
        @{ Extension = 'csv'; Match = 'pattern_id,status' }
        @{ Extension = 'json'; Match = '"patterns_found"' }
    ) {
        $file = Invoke-PatternAnalysis -Database $database -DryRun | Export-PatternReport (Join-Path $TestDrive "report.$Extension")
        Get-Content $file -Raw | Should -Match $Match
    }

    It 'refuses a format that it does not know before any work' {
        { Invoke-PatternAnalysis -Database no-such.db -ReportPath report.pdf } | Should -Throw -ErrorId 'UnknownReportFormat,*'
    }
}
