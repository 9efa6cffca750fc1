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
        { Export-PatternWorkflow $id -Database $database -Format Skill -Path $TestDrive -ErrorAction Stop } |
            Should -Throw -ErrorId 'PatternNotApproved,*'
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

    It 'writes a skill when no format is given and the kind asks for no other' {
        $file = Export-PatternWorkflow $id -Database $database -Path (New-Item -ItemType Directory (Join-Path $TestDrive kind))
        $file.Name | Should -Be SKILL.md
    }

    It 'overwrites nothing' {
        $null = Export-PatternWorkflow $id -Database $database -Format SlashCommand -Path (Join-Path $TestDrive once.md)
        { Export-PatternWorkflow $id -Database $database -Format SlashCommand -Path (Join-Path $TestDrive once.md) -ErrorAction Stop } |
            Should -Throw -ErrorId 'WorkflowExists,*'
    }
}

Describe 'Export-PatternWorkflow of other kinds' {
    BeforeAll {
        $kinds = Join-Path $TestDrive kinds.db
        Invoke-TestSql $kinds 'CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)'
        foreach ($i in 1..20) {
            # Of sessions of their own: what always stands together is one routine.
            $calls = @(
                @{ Session = "a$i"; Tool = 'Edit'; Input = @{ file_path = "f$i.cs" } }
                @{ Session = "a$i"; Tool = 'Bash'; Input = @{ command = 'go vet ./...' } }
                @{ Session = "b$i"; Tool = 'PowerShell'; Input = @{ command = 'Get-Location' } }
                @{ Session = "b$i"; Tool = 'PowerShell'; Input = @{ command = "Get-Date -Year $(2000 + $i)" } }
                @{ Session = "c$i"; Tool = 'PowerShell'; Input = @{ command = 'git status' } }
                @{ Session = "c$i"; Tool = 'PowerShell'; Input = @{ command = 'Get-Host' } }
            )
            foreach ($call in $calls) {
                $payload = @{ tool_input = $call.Input } | ConvertTo-Json -Compress
                Invoke-TestSql $kinds ("INSERT INTO hook_events VALUES ('$($call.Session)', 'PreToolUse', '$($call.Tool)', " +
                    "datetime('now', '-1 hour'), '$payload')")
            }
        }
        $null = Invoke-PatternAnalysis -Database $kinds
        $hook = Get-PatternApproval -Database $kinds | Where-Object ToolSequence -Like 'Edit(.cs)→Bash(go vet ./...)'
        $script = Get-PatternApproval -Database $kinds | Where-Object ToolSequence -Like 'PowerShell(Get-Location)→PowerShell*'
        $failing = Get-PatternApproval -Database $kinds | Where-Object ToolSequence -Like 'PowerShell(git status)→PowerShell*'
        $hook, $script, $failing | ForEach-Object { Approve-Pattern $_.PatternId -Database $kinds }
    }

    It 'writes an entry that the schema of settings takes' {
        $file = Export-PatternWorkflow $hook.PatternId -Database $kinds -Format Hook -Path $TestDrive
        $file.Name | Should -BeLike '*.hooks.json'
        Get-Content $file -Raw | Test-Json -SchemaFile (Join-Path $PSScriptRoot data/settings-hooks.schema.json) | Should -BeTrue
    }

    It 'chooses a hook for what is one' {
        $hook.Kind | Should -Be Hook
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive chosen)
        (Export-PatternWorkflow $hook.PatternId -Database $kinds -Path $folder).Name | Should -BeLike '*.hooks.json'
    }

    It 'writes a script that PowerShell reads without an error, shows itself and runs' {
        $file = Export-PatternWorkflow $script.PatternId -Database $kinds -Format Script -Path $TestDrive
        $file.Extension | Should -Be .ps1
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
        (& $file.FullName) -join "`n" | Should -Be (Get-Content $file -Raw).TrimEnd("`n")
        (& $file.FullName -step2_value1 2024 -Run)[-1].Year | Should -Be 2024
        { & $file.FullName -Run } | Should -Throw '*step2_value1 is missing*'
    }

    It 'writes a script that ends where a program fails' {
        $file = Export-PatternWorkflow $failing.PatternId -Database $kinds -Format Script -Path $TestDrive
        $before = $env:GIT_DIR
        $env:GIT_DIR = Join-Path $TestDrive nowhere
        try {
            { & $file.FullName -Run } | Should -Throw 'step 1 failed: *'
        } finally {
            $env:GIT_DIR = $before
        }
    }

    It 'takes approved parts as a parameter of a script' {
        $second = ($script.ToolSequence -split '→')[1]
        $of = "FROM pattern_approvals WHERE pattern_id = '$($script.PatternId)'"
        $columns = 'confidence_score, occurrence_count, estimated_savings_usd, example_sessions'
        $into = "pattern_approvals (pattern_id, status, tool_sequence, $columns)"
        Invoke-TestSql $kinds "INSERT INTO $into SELECT 'part', 'approved', '$second', $columns $of"
        $columns = 'kind, rank, saved_turns, hit_share, worth_usd, saved_wait_ms, is_assumed, steps'
        $of = "FROM pattern_worth WHERE pattern_id = '$($script.PatternId)'"
        $into = "pattern_worth (pattern_id, part_of, $columns)"
        Invoke-TestSql $kinds "INSERT INTO $into SELECT 'part', '$($script.PatternId)', $columns $of"
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive parts)
        $file = Export-PatternWorkflow $script.PatternId -Database $kinds -Format Script -Path $folder
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
        @(& $file.FullName -Part part1 -part1_step1_value1 2024 -Run).Year | Should -Be 2024
        { & $file.FullName -Part part1 -Run } | Should -Throw '*part1_step1_value1 is missing*'
        { & $file.FullName -Part part2 -Run } | Should -Throw '*ValidateSet*'
    }

    It 'refuses a hook of what varies' {
        { Export-PatternWorkflow $script.PatternId -Database $kinds -Format Hook -Path $TestDrive -ErrorAction Stop } |
            Should -Throw -ErrorId 'WorkflowUnfit,*'
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
