# Register- and Unregister-HookRecorder on settings files of their own.
BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $recorder = Join-Path $TestDrive ($IsWindows ? 'pattern-analysis.exe' : 'pattern-analysis')
    Set-Content -LiteralPath $recorder ''
}

Describe 'The hook recorder' {
    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $env:CLAUDE_CONFIG_DIR = $folder
        $settings = Join-Path $folder settings.json
        $arguments = @{ Database = Join-Path $TestDrive 'my events.db'; RecorderPath = $recorder }
    }

    AfterEach {
        $env:CLAUDE_CONFIG_DIR = $null
    }

    It 'is registered for every event, in a file that is made when it is missing' {
        Register-HookRecorder @arguments
        $hooks = (Get-Content -Raw $settings | ConvertFrom-Json).hooks
        $hooks.PreToolUse[0].hooks[0].command | Should -Match "record --database '.*my events\.db'$"
        $hooks.PSObject.Properties.Name | Should -Contain 'PostToolUseFailure'
    }

    It 'comes and goes without another change, and keeps a copy' {
        $before = "{`n    `"model`": `"opus`",   `"x`": [1, 2.0]`n}`n"
        [System.IO.File]::WriteAllText($settings, $before)
        Register-HookRecorder @arguments
        Register-HookRecorder @arguments
        (Get-ChildItem $folder -Filter *.bak).Count | Should -Be 1
        Get-Content -Raw (Get-ChildItem $folder -Filter *.bak) | Should -BeExactly $before
        Unregister-HookRecorder
        Unregister-HookRecorder
        [System.IO.File]::ReadAllText($settings) | Should -BeExactly $before
    }

    It 'with -WhatIf writes nothing' {
        Register-HookRecorder @arguments -WhatIf
        $settings | Should -Not -Exist
    }

    It 'refuses settings with comments and leaves them as they are' {
        Set-Content -LiteralPath $settings '{ /* mine */ }'
        { Register-HookRecorder @arguments } | Should -Throw -ErrorId 'SettingsNotPlain,*'
        Get-Content $settings | Should -BeExactly '{ /* mine */ }'
        (Get-ChildItem $folder).Count | Should -Be 1
    }

    It 'registers for the project in the current location' {
        Push-Location $folder
        try {
            (Register-HookRecorder @arguments -Scope Project -PassThru).FullName | Should -Be (Join-Path $folder .claude settings.json)
        } finally {
            Pop-Location
        }
    }

    It 'needs nothing but the module, and loses nothing that it is handed before an analysis takes it' -Skip:$IsWindows `
        -Tag 'needs a shell of Unix' {
        Register-HookRecorder -Database (Join-Path $folder 'its events.db')
        $hook = (Get-Content -Raw $settings | ConvertFrom-Json).hooks.PreToolUse[0].hooks[0].command
        $hook | Should -Match '# pattern-analysis record$'
        foreach ($number in 1..3) {
            $call = @{ session_id = 's'; hook_event_name = 'PreToolUse'; tool_name = 'Read'; tool_use_id = "toolu_00000000000$number" } |
                ConvertTo-Json -Compress
            $call | & sh -c $hook | Should -BeNullOrEmpty
            $LASTEXITCODE | Should -Be 0
        }
        { Get-ToolSequence -Database (Join-Path $folder 'its events.db') -WarningVariable script:told -WarningAction SilentlyContinue } |
            Should -Throw -ErrorId 'DatabaseNotFound,*'
        $told[0] | Should -Match '^3 recorded events wait in '
        (Invoke-PatternAnalysis -Database (Join-Path $folder 'its events.db')).EventCount | Should -Be 3
        Unregister-HookRecorder
        Get-Content -Raw $settings | Should -Not -Match 'pattern-analysis'
    }

    It 'says when there is no recorder' {
        { Register-HookRecorder -Database x.db -RecorderPath (Join-Path $TestDrive none) } | Should -Throw -ErrorId 'RecorderNotFound,*'
    }
}
