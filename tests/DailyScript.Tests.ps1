BeforeAll {
    . (Join-Path $PSScriptRoot common.ps1)
    $daily = Join-Path $ModulePath scripts Invoke-DailyPatternAnalysis.ps1

    $routine = 'Read', 'Edit', 'Write'
    $database = New-EventDatabase (Join-Path $TestDrive events.db) ([ordered]@{ a = $routine; b = $routine; c = $routine })

    # As cron runs it; $logs belongs to the single test.
    function Invoke-Daily {
        [CmdletBinding(PositionalBinding = $false)]
        param (
            [string] $From = $database,
            [string] $To = $logs,
            [Parameter(ValueFromRemainingArguments)] [string[]] $Rest = @()
        )
        Invoke-ChildFile $daily (@('-Database', $From, '-LogDirectory', $To) + $Rest)
    }
}

Describe 'Invoke-DailyPatternAnalysis.ps1' {
    BeforeEach {
        $logs = Join-Path $TestDrive "logs-$([guid]::NewGuid())"
        $hash = [System.Security.Cryptography.SHA256]::HashData([System.Text.Encoding]::UTF8.GetBytes($database))
        $name = "events-$([Convert]::ToHexString($hash).Substring(0, 6).ToLower())"
        $log = Join-Path $logs "pattern_analysis_${name}_*.log"
    }

    It 'logs start, steps, summary and end, and leaves a report' {
        $result = Invoke-Daily
        $result.Text | Should -BeNullOrEmpty -Because 'cron sends a mail for every line'
        $result.ExitCode | Should -Be 0

        $text = Get-Content $log -Raw
        $text | Should -Match '(?s)Started\n.*={80}.*Total Sessions Analyzed: 3.*Ended with exit code 0\n$'
        @(Get-Content $log).Count | Should -BeGreaterThan 12 -Because 'the verbose steps belong into the log'
        Get-Content (Join-Path $logs "pattern_analysis_${name}_*.md") -Raw | Should -Match 'Read→Edit→Write'
    }

    It 'appends a second run of the day' {
        1..2 | ForEach-Object { (Invoke-Daily).ExitCode | Should -Be 0 }
        @(Get-Content $log | Select-String -Pattern 'Ended with exit code 0').Count | Should -Be 2
    }

    It 'hands the other arguments on' {
        $result = Invoke-Daily -MinOccurrences 4
        $result.ExitCode | Should -Be 0
        Get-Content $log -Raw | Should -Match 'Patterns Discovered: 0'
    }

    It 'fails with 1 when there is no such database, and says so in the log' {
        $result = Invoke-Daily -From (Join-Path $TestDrive missing.db)
        $result.ExitCode | Should -Be 1
        $result.Text | Should -Match 'missing\.db'
        Get-Content (Join-Path $logs 'pattern_analysis_missing-*.log') -Raw |
            Should -Match '(?s)FAILED: .*missing\.db.*Ended with exit code 1\n$'
        Join-Path $TestDrive missing.db | Should -Not -Exist
    }

    It 'ends with 2 for bad arguments: <Arguments>' -ForEach @(
        @{ Arguments = @('-Hours', 'many') }
        @{ Arguments = @('-RetentionDays', '0') }
        @{ Arguments = @('-NoSuchParameter', '1') }
        @{ Arguments = @('stray') }
    ) {
        $result = Invoke-Daily @Arguments
        $result.ExitCode | Should -Be 2
        $result.Text | Should -Not -BeNullOrEmpty
    }

    It 'ends with 1 when the log directory cannot be made' {
        $file = New-Item -ItemType File (Join-Path $TestDrive "file-$([guid]::NewGuid())")
        $result = Invoke-Daily -To (Join-Path $file.FullName logs)
        $result.ExitCode | Should -Be 1
        $result.Text | Should -Match 'log directory'
    }

    It 'ends with 3 while another run is at work, and works again when that one is killed' {
        $null = New-Item -ItemType Directory $logs
        $lock = Join-Path $logs "pattern_analysis_$name.lock"
        $hold = "`$null = [System.IO.File]::Open('$lock', 'OpenOrCreate', 'ReadWrite', 'None'); 'held'; Start-Sleep 3600"
        $program, $arguments = @(Get-PowerShellCommand) + '-NoProfile', '-Command', $hold
        $start = [System.Diagnostics.ProcessStartInfo]::new($program, [string[]]$arguments)
        $start.RedirectStandardOutput = $true
        $holder = [System.Diagnostics.Process]::Start($start)
        try {
            $holder.StandardOutput.ReadLine() | Should -Be held
            (Invoke-Daily).ExitCode | Should -Be 3
            Get-Content $log -Raw | Should -Match 'another run is at work'

            $other = Copy-Item $database (Join-Path $TestDrive other.db) -PassThru
            (Invoke-Daily -From $other.FullName).ExitCode | Should -Be 0 -Because 'it is another database'
            (Invoke-Daily -TaskName Second).ExitCode | Should -Be 0 -Because 'it is another task'
            @(Get-ChildItem $logs -Filter '*.md').Count | Should -Be 2
        } finally {
            $holder.Kill()
            $holder.WaitForExit()
        }
        (Invoke-Daily).ExitCode | Should -Be 0
    }

    It 'removes its own old files and nothing else' {
        $null = New-Item -ItemType Directory $logs
        $day = { param ($ago) (Get-Date).AddDays(-$ago).ToString('yyyyMMdd') }
        $old = "pattern_analysis_${name}_$(& $day 31).log", "pattern_analysis_$(& $day 400).md"
        $kept = "pattern_analysis_${name}_$(& $day 29).log", "pattern_analysis_$(& $day 28).md", 'pattern_analysis_20200101.db',
            'pattern_analysis_other-123456_20200101.log',
            'my_pattern_analysis_20200101.log', 'pattern_analysis_20200101.log.bak', 'pattern_notifications.log'
        foreach ($name in $old + $kept) {
            (New-Item -ItemType File (Join-Path $logs $name)).LastWriteTime = [datetime]'2020-01-01'
        }
        (Invoke-Daily).ExitCode | Should -Be 0
        $old | Where-Object { Test-Path (Join-Path $logs $_) } | Should -BeNullOrEmpty
        $kept | Where-Object { -not (Test-Path (Join-Path $logs $_)) } | Should -BeNullOrEmpty
    }
}
