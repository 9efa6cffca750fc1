# Import-HookEvent in a real pwsh: paths, -WhatIf, what it says.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)

    function Add-Log([string] $Name, [string[]] $Tool = @('Read', 'Edit', 'Write')) {
        $path = Join-Path $TestDrive $Name
        $null = New-Item -ItemType Directory -Force (Split-Path $path)
        $second = 0
        $Tool | ForEach-Object {
            @{ session_id = $Name; hook_event_name = 'PreToolUse'; tool_name = $_; timestamp = "2026-03-02T10:00:0$(($second++))Z" } |
                ConvertTo-Json -Compress
        } | Set-Content -LiteralPath $path
        $path
    }
}

Describe 'Import-HookEvent' {
    It 'creates the database and reports what it did' {
        $null = Add-Log 'a/one.jsonl'
        $null = Add-Log 'a/b/two.jsonl'
        $result = Import-HookEvent (Join-Path $TestDrive a) -Database (Join-Path $TestDrive a.db) -PassThru
        $result | Should -BeOfType PatternAnalysis.ImportResult
        $result.NewCount | Should -Be 6
        $result.SessionCount | Should -Be 2
        $result.FirstSeen.UtcDateTime | Should -Be ([datetime]'2026-03-02T10:00:00')
        (Get-ToolSequence -Database (Join-Path $TestDrive a.db) -Since 2026-03-02).Text | Should -Be 'Read→Edit→Write', 'Read→Edit→Write'
    }

    It 'gives steps that know what became of their calls' {
        $path = Join-Path $TestDrive calls.jsonl
        $lines = @'
{"session_id":"s","hook_event_name":"PreToolUse","timestamp":"2026-03-02T10:00:01Z",
    "tool_name":"Read","tool_use_id":"toolu_00000000000001","tool_input":{"file_path":"/r/a.cs"}}
{"session_id":"s","hook_event_name":"PostToolUse","timestamp":"2026-03-02T10:00:02Z",
    "tool_name":"Read","tool_use_id":"toolu_00000000000001","duration_ms":40}
{"session_id":"s","hook_event_name":"PreToolUse","timestamp":"2026-03-02T10:00:03Z",
    "tool_name":"Bash","tool_use_id":"toolu_00000000000002","tool_input":{"command":"dotnet test"}}
{"session_id":"s","hook_event_name":"PostToolUseFailure","timestamp":"2026-03-02T10:00:09Z",
    "tool_name":"Bash","tool_use_id":"toolu_00000000000002","error":"Exit code 1"}
{"session_id":"s","hook_event_name":"PreToolUse","timestamp":"2026-03-02T10:00:10Z",
    "tool_name":"Bash","tool_use_id":"toolu_00000000000003","tool_input":{"command":"git push"}}
{"session_id":"s","hook_event_name":"PermissionDenied","timestamp":"2026-03-02T10:00:11Z",
    "tool_name":"Bash","tool_use_id":"toolu_00000000000003","reason":"no"}
{"session_id":"s","hook_event_name":"PreToolUse","timestamp":"2026-03-02T10:00:20Z",
    "tool_name":"Grep","tool_use_id":"toolu_00000000000004","tool_input":{}}
'@
        Set-Content -LiteralPath $path ($lines -replace '\r?\n +')
        Import-HookEvent $path -Database (Join-Path $TestDrive calls.db)

        $sequence = Get-ToolSequence -Database (Join-Path $TestDrive calls.db) -Since 2026-03-02
        $sequence.Text | Should -Be 'Read(.cs)→Bash(dotnet test)→Grep'
        $sequence.Calls.Outcome | Should -Be 'Ok', 'Failed', 'Orphan'
        $sequence.Calls.Duration.TotalSeconds | Should -Be 0.04, 6
        $sequence.EventCount | Should -Be 3
    }

    It 'adds nothing the second time' {
        $path = Add-Log 'again.jsonl'
        Import-HookEvent $path -Database (Join-Path $TestDrive again.db)
        $result = Import-HookEvent $path -Database (Join-Path $TestDrive again.db) -PassThru
        $result.NewCount, $result.DuplicateCount | Should -Be 0, 3
    }

    It 'takes files from the pipeline and resolves wildcards, but not in -LiteralPath' {
        $null = Add-Log 'p/[1].jsonl'
        $null = Add-Log 'p/1.jsonl'
        $database = Join-Path $TestDrive p.db
        (Import-HookEvent (Join-Path $TestDrive p '[1].jsonl') -Database $database -PassThru).FileCount | Should -Be 1
        (Import-HookEvent -LiteralPath (Join-Path $TestDrive p '[1].jsonl') -Database $database -PassThru).NewCount | Should -Be 3
        (Get-ChildItem (Join-Path $TestDrive p) | Import-HookEvent -Database $database -PassThru).FileCount | Should -Be 2
    }

    It 'with -WhatIf says what would come and creates no file' {
        $path = Add-Log 'whatif.jsonl'
        (Import-HookEvent $path -Database (Join-Path $TestDrive whatif.db) -WhatIf).NewCount | Should -Be 3
        Join-Path $TestDrive whatif.db | Should -Not -Exist
    }

    It 'warns of what it skipped, with the place' {
        $path = Add-Log 'broken.jsonl'
        Add-Content -LiteralPath $path '{"session_id":'
        Import-HookEvent $path -Database (Join-Path $TestDrive broken.db) -WarningVariable warning -WarningAction SilentlyContinue
        $warning | Should -Match 'Skipped 1: .*broken\.jsonl:4'
    }

    It 'warns when nothing was imported, and says what was seen' -ForEach @(
        @{ Name = 'empty'; Text = $null; Seen = 'no event lies in 0 files' }
        @{ Name = 'notes/a.md'; Text = '# notes'; Seen = 'a file whose name is none of one with events \(1\).*a\.md' }
        @{ Name = 'droid/d.jsonl'; Text = '{"type":"session_start","id":"d","cwd":"/r"}'; Seen = 'a session of Droid' }
        @{ Name = 'words/w.jsonl'; Text = 'words and no JSON'; Seen = 'no JSON object' }
    ) {
        $path = Join-Path $TestDrive $Name
        if ($Text) {
            $null = New-Item -ItemType Directory -Force (Split-Path $path)
            Set-Content -LiteralPath $path $Text
            $path = Split-Path $path
        }
        else {
            $null = New-Item -ItemType Directory $path
        }
        Import-HookEvent $path -Database (Join-Path $TestDrive nothing.db) -WarningVariable warning -WarningAction SilentlyContinue
        "$($warning[-1])" | Should -Match "^Nothing was imported.*$Seen"
        Join-Path $TestDrive nothing.db | Should -Not -Exist
    }

    It 'refuses what it can not do before any work' {
        { Import-HookEvent (Join-Path $TestDrive missing) -Database x.db } |
            Should -Throw -ErrorId 'PathNotFound,PatternAnalysis.Commands.ImportHookEventCommand'
        { Import-HookEvent (Join-Path $TestDrive 'no[1]*.jsonl') -Database x.db } | Should -Throw -ErrorId 'PathNotFound,*'
        { Import-HookEvent $TestDrive -Database x.db -Format Guess } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}
